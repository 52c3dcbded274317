"""Settings of a language model: what is refused and how it is said, what is never printed."""

from __future__ import annotations

import pytest

from index.errors import EndpointError
from qa.llm import Endpoint, endpoint_from

FULL = {"WENBAO_LLM_URL": "https://llm.example/v1/", "WENBAO_LLM_MODEL": "m", "WENBAO_LLM_KEY": "sk-secret"}


def test_the_environment_names_an_endpoint() -> None:
    endpoint = endpoint_from({**FULL, "WENBAO_LLM_PRICE": "0.15,0.6", "WENBAO_LLM_TIMEOUT": "5"})
    assert endpoint == Endpoint("https://llm.example/v1", "m", "sk-secret", (0.15, 0.6), 5.0)
    assert "sk-secret" not in repr(endpoint)


def test_options_come_before_the_environment() -> None:
    endpoint = endpoint_from(FULL, url="http://127.0.0.1:11434/v1/chat/completions", model="other", price="1,2")
    assert (endpoint.url, endpoint.model, endpoint.prices) == ("http://127.0.0.1:11434/v1", "other", (1.0, 2.0))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"WENBAO_LLM_URL": ""}, "no language model is named"),
        ({"WENBAO_LLM_MODEL": ""}, "no model is named"),
        ({"WENBAO_LLM_URL": "file:///etc/passwd"}, "not a web address"),
        ({"WENBAO_LLM_URL": "ftp://a/b"}, "not a web address"),
        ({"WENBAO_LLM_URL": "llm.example/v1"}, "not a web address"),
        ({"WENBAO_LLM_URL": "http://"}, "not a web address"),
        ({"WENBAO_LLM_URL": "http://a:99999"}, "not a web address"),
        ({"WENBAO_LLM_URL": "http://[::1"}, "not a web address"),
        ({"WENBAO_LLM_URL": "https://user:pass@llm.example/v1"}, "without name, password or query"),
        ({"WENBAO_LLM_URL": "https://llm.example/v1?key=pass"}, "without name, password or query"),
        ({"WENBAO_LLM_KEY": "a b"}, "is no key"),
        ({"WENBAO_LLM_KEY": "钥匙"}, "is no key"),
        ({"WENBAO_LLM_PRICE": "cheap"}, "not a price"),
        ({"WENBAO_LLM_PRICE": "1,-2"}, "not a price"),
        ({"WENBAO_LLM_PRICE": "nan,1"}, "not a price"),
        ({"WENBAO_LLM_TIMEOUT": "0"}, "not a number of seconds"),
        ({"WENBAO_LLM_TIMEOUT": "soon"}, "not a number of seconds"),
    ],
)
def test_bad_settings_are_refused_in_one_line(changes: dict[str, str], said: str) -> None:
    with pytest.raises(EndpointError, match=said) as caught:
        endpoint_from({**FULL, **changes})
    assert "\n" not in str(caught.value)
    assert "pass@" not in str(caught.value)
    assert "key=pass" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:1/v1", True),
        ("http://127.0.0.9/v1", True),
        ("http://[::1]:8/v1", True),
        ("http://192.168.1.5/v1", False),
        ("https://localhost.example/v1", False),
    ],
)
def test_this_machine_is_known(url: str, local: bool) -> None:
    assert Endpoint(url, "m").is_local is local
