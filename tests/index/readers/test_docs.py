"""The page for users names every kind of file and every fact, and what its examples say is so."""

from __future__ import annotations

import re
from pathlib import Path

from index.readers import READERS, read_file
from index.readers.facts import FACTS
from index.readers.names import facts_of_name

TEXT = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_every_suffix_and_fact_is_named() -> None:
    assert [suffix for suffix in (*READERS, ".zip") if f"`{suffix}`" not in TEXT] == []
    assert [fact for fact in FACTS if fact not in TEXT and fact != "weekday"] == []


def test_the_examples_of_names() -> None:
    assert facts_of_name(Path("2021-06/08/nbs.D110000renmrb_01.htm")) == {"date": "2021-06-08", "page": "1"}
    rows = re.findall(r"^\| `([^`]+\.(?:txt|htm))` \| (.+) \|$", TEXT, re.MULTILINE)
    assert len(rows) == 7
    for name, said in rows:
        facts = facts_of_name(Path(name))
        assert [str(value) for value in facts.values() if str(value) not in said] == []
        assert bool(facts) == (said != "nothing")


def test_the_examples_of_sidecar_and_record(tmp_path: Path) -> None:
    blocks = re.findall(r"```(yaml|json)\n(.*?)```", TEXT, re.DOTALL)
    sidecar, record, selectors = (text for _, text in blocks)
    (tmp_path / "issue.yaml").write_text(sidecar, encoding="utf-8")
    (tmp_path / "selectors.yaml").write_text(selectors, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(record, encoding="utf-8")
    (tmp_path / "a.html").write_text("<h1 class=title>题</h1><div class=article-text><p>河水清了。</p></div>", encoding="utf-8")
    for name in ("a.jsonl", "a.html"):
        reading = read_file(tmp_path / name)
        assert reading.skipped == ()
        assert set(FACTS) - {"weekday"} <= reading.pages[0].metadata.keys()
