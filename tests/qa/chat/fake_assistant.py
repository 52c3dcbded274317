"""A stand-in for the assistant that answers by shared pairs of characters, over articles given to it.

It means something (the passage that shares most with the question is quoted), so tests can assert exact words; it
stands for nothing else of the real one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from index.errors import QuestionError
from index.schema import ArticleRecord, Filter, IssueRecord, Paragraph, Passage, PrintedDay, Stats
from qa.cite import Reference, look_up
from qa.compose import SearchHit
from qa.news.calendar import Calendar, calendar_of
from qa.news.issue import LeafedIssue, leaf
from qa.news.surroundings import Surroundings, surroundings
from qa.schema import Answer, Citation, Contents, Interpretation, Language, Moment, Retrieved, Timeline, Turn, Unit
from qa.verbatim import Concordance, Facets, Line

MEETING = ArticleRecord(
    id="dongchangfuxun-2021-06-08-p1-a01",
    issue_id="dongchangfuxun-2021-06-08-p1",
    source="page.txt",
    ordinal=1,
    newspaper="东昌府讯",
    date="2021-06-08",
    issue_number=1345,
    page="01",
    weekday="星期二",
    headline="积极有为 高质高效 推进社会治理网格化服务管理工作",
    kicker="巴海峰在全区网格员入职培训班开班仪式上要求",
    subtitle=None,
    subheads=(),
    authors=("全兴社",),
    captions=("△培训班开班仪式现场",),
    jump="下转二版",
    flags=("后文未收录",),
    paragraphs=(
        Paragraph(
            1,
            "为进一步提升全区基层治理能力，6月7日，我区举办网格员入职培训班，区委副书记、区长巴海峰出席。",
            (1,),
        ),
        Paragraph(
            2,
            "巴海峰要求，要把握“四个环节”，确保社会治理网格化服务管理工作高质量推进。要打造“一张网格”，有效整合各类分散资源。"
            "要组建“一支队伍”，真正打造一支业务精、富有战斗力的网格员队伍。要建立“一套系统”，严格落实事项闭环运行机制。"
            "要建立“一套制度”，不断完善上岗公示、巡查走访制度。",
            (2, 3),
            flags=("已拼接", "位置经推断"),
        ),
    ),
)
VALLEY = ArticleRecord(
    id="seed-a01",
    issue_id="seed",
    source="other.txt",
    ordinal=1,
    newspaper=None,
    date=None,
    issue_number=None,
    page=None,
    weekday=None,
    headline="赋能助力聊城高质量发展",
    kicker="全国最大阿里云创新中心落户智汇谷",
    subtitle=None,
    subheads=("资源整合",),
    authors=("孙亚飞", "王兆锋", "杨成涛"),
    captions=("△2018年9月6日，三方在杭州正式签约",),
    jump=None,
    flags=(),
    paragraphs=(
        Paragraph(1, "山东智汇谷产业发展有限公司总裁高庆民介绍：产业园区对经济社会发展的贡献是全方位的。", (5,)),
        Paragraph(
            2,
            "计划将孵化数千家中小型优质企业，引进100余名国内外顶尖人才，1000余家企业机构进驻，培养2万名以上创业者，"
            "新增5万余个就业岗位，年产值交易额过百亿元，年税收10亿元以上。",
            (9,),
            subhead="资源整合",
            joins=(20,),
            flags=("已拼接",),
        ),
    ),
)
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")


class FakeAssistant:
    """Answers over ``articles``. ``failure`` is raised by every question when given."""

    def __init__(self, articles: Sequence[ArticleRecord] = (MEETING, VALLEY), *, failure: Exception | None = None) -> None:
        self.articles = {article.id: article for article in articles}
        self.failure = failure
        self.histories: list[tuple[Turn, ...]] = []
        self.closed = False

    def ask(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Answer:
        if self.failure is not None:
            raise self.failure
        if not question.strip():
            raise QuestionError("the question is empty")
        self.histories.append(tuple(history))
        return self._answer(question, history, limit, filter)

    def _answer(self, question: str, history: Sequence[Turn], limit: int | None, filter: Filter | None) -> Answer:
        follows = bool(history) and question.startswith(("那", "他"))
        full = f"{history[-1].question} {question}" if follows else question
        ranked = sorted(self._all(), key=lambda passage: -_shared(full, passage.text))
        best = [passage for passage in ranked if _shared(full, passage.text) >= 4][: limit or 5]
        citations = tuple(self._cite(number, passage, full) for number, passage in enumerate(best, 1))
        nearest = () if best else tuple(self._cite(number, passage, full) for number, passage in enumerate(ranked[:2], 1))
        meant = Interpretation(full, filter or Filter())
        text = "".join(citation.quote for citation in citations[:2])
        language: Language = "zh" if re.search("[\u4e00-\u9fff]", question) else "en"
        return Answer(question, language, bool(best), 0.9 if best else 0.1, text, citations, nearest, meant, {"total": 1.0})

    def steps(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Iterator[Interpretation | Retrieved | Answer]:
        answer = self.ask(question, history, limit, filter=filter)
        yield answer.interpretation
        yield Retrieved(len(self._all()), answer.sequence)
        yield answer

    def search(self, question: str, limit: int = 10, *, filter: Filter | None = None) -> Sequence[Any]:
        ranked = sorted(self._all(), key=lambda passage: -_shared(question, passage.text))[:limit]
        cited = (self._cite(number, passage, question) for number, passage in enumerate(ranked, 1))
        return [SearchHit(citation, 1 / citation.number, citation.number) for citation in cited]

    def snippets(self, words: str, *, width: int = 30, limit: int = 20, filter: Filter | None = None) -> Concordance:
        words = words.strip('"')
        if not words.strip():
            raise QuestionError("there are no words to look for; give one or more, a phrase in quotation marks")
        found = [(passage, passage.text.find(words)) for passage in self._all() if words in passage.text]
        lines = tuple(
            Line(
                passage.text[max(0, at - width) : at],
                words,
                passage.text[at + len(words) :][:width],
                self._cite(1, passage, words),
            )
            for passage, at in found[:limit]
        )
        return Concordance((words,), len(found), len(found), True, lines, 0)

    def facets(self, words: str, *, filter: Filter | None = None) -> Facets:
        total = len([passage for passage in self._all() if words in passage.text])
        return Facets((words,), total, True, (), (), (), 0)

    def timeline(
        self, question: str, *, unit: Unit | None = None, limit: int = 50, filter: Filter | None = None
    ) -> Timeline | None:
        answer = self._answer(question, (), None, filter)
        dated = [Moment(citation.date, 1, citation) for citation in answer.citations if citation.date]
        return Timeline(question, unit or "day", (), tuple(dated[:limit])) if dated else None

    def contents(
        self, date: str | None = None, *, newspaper: str | None = None, page: str | None = None, limit: int = 200
    ) -> Contents:
        return Contents(None, ())

    def calendar(self) -> Calendar:
        printed = Counter((article.date, article.newspaper) for article in self.articles.values())
        return calendar_of(PrintedDay(*key, count, count) for key, count in printed.items())

    def issue(self, date: str | None, *, newspaper: str | None = None, any_newspaper: bool = False) -> LeafedIssue:
        return leaf(_Leaves(self), self.calendar(), date, newspaper=newspaper, any_newspaper=any_newspaper)

    def article(self, article_id: str) -> ArticleRecord | None:
        return self.articles.get(article_id)

    def passages(self, article_id: str) -> Sequence[Passage]:
        record = self.articles.get(article_id)
        if record is None:
            return []
        body = [
            Passage(f"{record.id}-s{p.number:02}", record.id, record.issue_id, "paragraph", p.text, "", p.number, p.flags)
            for p in record.paragraphs
        ]
        captions = [
            Passage(f"{record.id}-c{number:02}", record.id, record.issue_id, "caption", text, "")
            for number, text in enumerate(record.captions, 1)
        ]
        return body + captions

    def passage(self, passage_id: str) -> Passage | None:
        return next((passage for passage in self._all() if passage.id == passage_id), None)

    def surroundings(self, article_id: str) -> Surroundings:
        return surroundings(article_id, _Shelf(self))

    def reference(self, id: str, *, quote: str = "") -> Reference:
        return look_up(_Shelf(self), id, quote=quote)

    def issues(self) -> Sequence[IssueRecord]:
        return [
            IssueRecord(a.issue_id, a.source, a.newspaper, a.date, a.issue_number, a.page, a.weekday, 1)
            for a in self.articles.values()
        ]

    words_only: str | None = None

    def stats(self) -> Stats:
        records = list(self.articles.values())
        papers = tuple(sorted({record.newspaper for record in records if record.newspaper}))
        days = sorted(record.date for record in records if record.date)
        undated = sum(record.date is None for record in records)
        n = len(records)
        return Stats(n, n, n, len(self._all()), 1, "none", papers, days[0] if days else None, days[-1] if days else None, undated)

    def examples(self, language: Language, limit: int = 4) -> Sequence[str]:
        if language == "en" or not self.articles:
            return []
        return ["社会治理网格化要把握的“四个环节”是哪四个？", "智汇谷产业基地计划新增多少个就业岗位？"][:limit]

    def close(self) -> None:
        self.closed = True

    def _all(self) -> list[Passage]:
        return [passage for article_id in self.articles for passage in self.passages(article_id)]

    def _cite(self, number: int, passage: Passage, question: str) -> Citation:
        record = self.articles[passage.article_id]
        sentence = max(_SENTENCE.finditer(passage.text), key=lambda match: _shared(question, match.group()))
        start, end = sentence.span()
        digits = [match.span() for match in re.finditer(r"\d+万余?个?|“[^”]+”", passage.text) if start <= match.start() < end]
        names, paper, day = "，".join(record.authors), record.newspaper or "[报名不详]", record.date or "[日期不详]"
        gbt = f"{names}. {record.headline}[N]. {paper}，{day}."
        return replace(
            Citation(
                number, passage.id, record.id, record.issue_id, record.newspaper, record.date, record.issue_number, record.page,
                record.headline, record.authors, passage.paragraph, passage.text[start:end], start, end, passage.text,
                (*passage.flags, *record.flags), f"{record.newspaper} {record.date}", gbt,
            ),
            marks=tuple(digits),
        )  # fmt: skip


class _Leaves:
    """The pages of the stand-in, one an article."""

    def __init__(self, assistant: FakeAssistant) -> None:
        self._assistant = assistant

    def issues_of(self, date: str | None) -> Sequence[IssueRecord]:
        return [issue for issue in self._assistant.issues() if issue.date == date]

    def articles(self, issue_id: str) -> Sequence[ArticleRecord]:
        return [article for article in self._assistant.articles.values() if article.issue_id == issue_id]


class _Shelf:
    """The articles of a stand-in as one state of an archive; those of one page are those with the same ``issue_id``."""

    def __init__(self, assistant: FakeAssistant) -> None:
        self._assistant = assistant

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        return {id: found for id in ids if (found := self._assistant.passage(id)) is not None}

    def article(self, id: str) -> ArticleRecord | None:
        return self._assistant.article(id)

    def articles(self, issue_id: str) -> list[ArticleRecord]:
        return [each for each in self._assistant.articles.values() if each.issue_id == issue_id]

    def issue(self, issue_id: str) -> IssueRecord | None:
        return next((each for each in self._assistant.issues() if each.id == issue_id), None)

    def issues_of(self, date: str | None) -> list[IssueRecord]:
        return list({each.id: each for each in self._assistant.issues() if each.date == date}.values())

    def continuation(self, id: str) -> ArticleRecord | None:
        mine = self.article(id)
        there = (each for each in self._assistant.articles.values() if mine and mine.continues_on and each.date == mine.date)
        return next((each for each in there if mine and (each.page or "").lstrip("0") == mine.continues_on), None)

    def beginning(self, id: str) -> ArticleRecord | None:
        carried_on = ((each, self.continuation(each.id)) for each in self._assistant.articles.values())
        return next((each for each, rest in carried_on if rest is not None and rest.id == id), None)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _shared(question: str, text: str) -> int:
    return len(_pairs(question) & _pairs(text))
