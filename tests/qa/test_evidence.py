"""Sentences, quotes and the judgement over them, on a few made-up passages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.encoder import load_encoder
from index.schema import Encoder, Passage
from qa.evidence import Evidence, weigh
from qa.question import understand
from qa.retrieval import retrieve
from qa.sentences import FEATURES, WEIGHTS, cut, score
from training.evidence import MemoryView

PASSAGES = {
    "bridge": "市里公布计划。今年将在柳园路建设三座过街天桥，总投资两千万元。市民李小山说，盼望早日开工。",
    "links": (
        "镇长要求，要把握“三个重点”，把好事办好。要修好“一条路”，方便出行。要建好“一个站”，方便用电。"
        "要管好“一片林”，方便乘凉。会议到此结束。"
    ),
    "doctors": "市里举行见面会，邀请五位名医。五位名医分别是王志刚、李秀兰、张大海、陈建国、刘红梅。会后合影。",
    "trees": "园林处今年补种树木两万棵。树木都是本地树种。",
    "twice": "区长强调，各部门要树牢“效率为先”意识。会后大家讨论。",
    "again": "书记指出，要坚持“效率为先”。他还谈了别的事。",
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def view(encoder: Encoder) -> MemoryView:
    return MemoryView(
        [Passage(name, f"{name}-article", "i", "paragraph", text, "", 1) for name, text in PASSAGES.items()], encoder
    )


def _weigh(question: str, view: MemoryView, encoder: Encoder) -> Evidence:
    understood = understand(question)
    return weigh(understood, retrieve(understood, view, encoder), view)


def _quotes(evidence: Evidence) -> list[str]:
    return [PASSAGES[quote.passage_id][quote.start : quote.end] for quote in evidence.quotes]


def test_the_answering_sentence_comes_first(view: MemoryView, encoder: Encoder) -> None:
    evidence = _weigh("今年柳园路要建几座过街天桥？", view, encoder)
    assert evidence.sentences[0].text == "今年将在柳园路建设三座过街天桥，总投资两千万元。"
    assert sum(sentence.share for sentence in evidence.sentences) == pytest.approx(1.0)
    assert evidence.judgement.found


def test_the_answering_words_are_marked(view: MemoryView, encoder: Encoder) -> None:
    quote = _weigh("今年柳园路要建几座过街天桥？", view, encoder).quotes[0]
    assert [PASSAGES[quote.passage_id][start:end] for start, end in quote.marks] == ["三座"]


def test_a_list_goes_through_its_parts_and_stops(view: MemoryView, encoder: Encoder) -> None:
    quote = _quotes(_weigh("要把握的“三个重点”是哪三个？", view, encoder))[0]
    assert "一条路" in quote
    assert "一片林" in quote
    assert "会议到此结束" not in quote


def test_a_sentence_that_only_counts_goes_on_with_the_one_that_names(view: MemoryView, encoder: Encoder) -> None:
    quote = next(q for q in _quotes(_weigh("见面会邀请了哪五位名医？", view, encoder)) if "王志刚" in q)
    assert "见面会" in quote
    assert "会后" not in quote


def test_a_contrast_brings_one_quote_of_each_article(view: MemoryView, encoder: Encoder) -> None:
    evidence = _weigh("“效率为先”这个说法在哪两次会议上被强调？", view, encoder)
    assert sorted(quote.passage_id for quote in evidence.quotes) == ["again", "twice"]


def test_adjacent_sentences_become_one_quote(view: MemoryView, encoder: Encoder) -> None:
    spans = [
        (quote.passage_id, quote.start, quote.end) for quote in _weigh("园林处补种了多少树木，是什么树种？", view, encoder).quotes
    ]
    assert len({passage for passage, _, _ in spans}) == len(spans) or all(
        PASSAGES[a][end:start].strip() for a, _, end in spans for b, start, _ in spans if a == b and start > end
    )


@pytest.mark.parametrize(
    "question",
    ["“质量第一”这个说法是谁提的？", "阳谷县要建几座过街天桥？", "2035年柳园路要建几座过街天桥？", "第九届天桥节在哪里举行？"],
)
def test_what_is_named_and_missing_is_said(question: str, view: MemoryView, encoder: Encoder) -> None:
    judgement = _weigh(question, view, encoder).judgement
    assert not judgement.found
    assert len(judgement.missing) == 1
    assert judgement.missing[0] in question


def test_ordinals_match_in_either_numerals(encoder: Encoder) -> None:
    sixth = MemoryView([Passage("p", "a", "i", "paragraph", "第6届读书节在东湖举行。", "", 1)], encoder)
    assert _weigh("第六届读书节在哪里举行？", sixth, encoder).judgement.missing == ()
    assert _weigh("第七届读书节在哪里举行？", sixth, encoder).judgement.missing == ("第七届",)
    first = MemoryView([Passage("p", "a", "i", "paragraph", "首届读书节在东湖举行。", "", 1)], encoder)
    assert _weigh("第一届读书节在哪里举行？", first, encoder).judgement.missing == ()


def test_nothing_retrieved_is_not_found(view: MemoryView, encoder: Encoder) -> None:
    question = understand("今年要建几座天桥？")
    empty = replace(retrieve(question, view, encoder), ranked=())
    evidence = weigh(question, empty, view)
    assert (evidence.quotes, evidence.judgement.found, evidence.judgement.confidence) == ((), False, 0.0)


def test_what_stands_beside_a_likely_sentence_is_read_too(encoder: Encoder) -> None:
    texts = ["柳园路的过街天桥今年动工。前后九个月。", *(f"柳园路的过街天桥今年第{n}次招标。" for n in range(2, 13))]
    printed = MemoryView([Passage(f"p{n}", f"a{n}", "i", "paragraph", t, "", n) for n, t in enumerate(texts)], encoder)
    question = understand("柳园路的过街天桥动工要多久？")
    scored = score(question, retrieve(question, printed, encoder))
    beside = next(sentence for sentence in scored if sentence.text == "前后九个月。")
    assert beside.close
    others = [sentence for sentence in scored if not sentence.close]
    assert others
    assert min(s.score for s in scored if s.close) - max(s.score for s in others) == pytest.approx(3.0)


def test_long_sentences_are_cut_at_semicolons_and_a_masthead_is_whole() -> None:
    long = "一" * 100 + "；" + "二" * 100 + "。"
    assert [long[a:b] for a, b in cut(Passage("p", "a", "i", "paragraph", long, ""))] == ["一" * 100 + "；", "二" * 100 + "。"]
    assert cut(Passage("p", "a", "i", "paragraph", "短；句。", "")) == [(0, 4)]
    assert cut(Passage("p", "a", "i", "masthead", "甲报\n2021年6月8日", "")) == [(0, 12)]


def test_weights_belong_to_features() -> None:
    assert all(len(weights) == len(FEATURES) for weights in WEIGHTS.values())
