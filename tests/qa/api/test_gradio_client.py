from __future__ import annotations

from tests.browser.conftest import serving
from tests.qa.chat.fake_assistant import FakeAssistant


def test_the_gradio_client_asks_through_the_gate_and_sees_one_function_only() -> None:
    from gradio_client import Client  # type: ignore[import-untyped]

    with serving(FakeAssistant()) as address:
        client = Client(address, verbose=False, analytics_enabled=False)
        try:
            answer = client.predict("智汇谷产业基地计划新增多少个就业岗位？", api_name="/ask")
            functions = client.view_api(return_format="dict", print_info=False)
        finally:
            client.close()
    assert answer["found"] is True
    assert "5万余个" in answer["citations"][0]["quote"]
    assert list(functions["named_endpoints"]) == ["/ask"]
    assert functions["unnamed_endpoints"] == {}
