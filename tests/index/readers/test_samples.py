"""One real file a format, read to its articles. How each was made stands in samples/MADE.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import ReadError
from index.parsing import parse_page
from index.readers import find_sources, read_file
from index.schema import Article, Issue

SAMPLES = Path(__file__).parent / "samples"


def issues(name: str) -> list[Issue]:
    return [parse_page(page) for page in read_file(SAMPLES / name).pages]


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def test_pdf_of_chromium_with_three_columns_under_a_headline() -> None:
    [issue] = issues("chromium_three_columns.pdf")
    bridge, school = issue.articles[-2:]
    assert bridge.headline == "Flood Takes the Old Bridge at Harlow Ferry"
    assert [text[:14] for text in texts(bridge)] == ["HARLOW FERRY, ", "No lives were ", "The county com", "Merchants of t"]
    assert "stopped a milk wagon that was about to cross" in texts(bridge)[1]
    assert "the state may pay a third" in texts(bridge)[2]
    assert school.headline == "School Roof Repaired"
    assert texts(school)[0].endswith("whose trustees asked no rent.")
    assert texts(school)[1].startswith("Miss Clara Whitcomb")


def test_pdf_of_libreoffice_in_chinese_with_two_columns() -> None:
    [issue] = issues("libreoffice_two_columns.pdf")
    assert (issue.newspaper, issue.date, issue.page, issue.weekday) == ("清河日报", "2023-03-16", "2", "星期四")
    canals, river = issue.articles
    assert (canals.headline, canals.authors) == ("三条干渠放水", ("林书远",))
    assert texts(canals) == [
        "本报讯（记者 林书远）3月15日，清河县三条干渠同时放水，八万亩麦田开始浇水，二十天内浇完第一遍。"
        "县里的机井四百一十处，也同时开始放水，每天浇水三千亩。",
        "县里说，三条干渠放水，每天来水九十万方，八万亩麦田都能浇上水。二十天内，县里每天都有人在田里看水，"
        "不能有一亩麦田浇不上水。",
        "在小河村，林长河在田里看水。“三亩麦田，第一天就浇上了水，水来得同上一年一样，不早也不晚。”",
    ]
    assert (river.headline, river.authors) == ("河水清了", ("方同",))


@pytest.mark.parametrize(
    ("name", "reason"),
    [("libreoffice_encrypted.pdf", "is encrypted.*without")],
)
def test_pdf_that_is_refused(name: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_file(SAMPLES / name)


def test_docx_of_libreoffice() -> None:
    [issue] = issues("libreoffice.docx")
    assert (issue.newspaper, issue.date, issue.page) == ("清河日报", "2023-03-16", "3")
    store, bus = issue.articles
    assert (store.headline, store.subheads, store.authors) == ("老粮仓变成社区图书馆", ("木梁与通风窗都留着",), ("江一舟",))
    assert texts(store)[2:] == [
        "| 阅览区 | 座位 | 开放时间 |",
        "| 儿童 | 六十 | 八点到十八点 |",
        "| 老年人 | 四十 | 七点到十七点 |",
    ]
    assert (bus.headline, len(bus.paragraphs)) == ("山路通了公交车", 2)


def test_alto_with_articles_from_mets() -> None:
    [issue] = issues("issue/alto/0001.xml")
    assert (issue.newspaper, issue.date, issue.page, issue.weekday) == ("The Millbrook Gazette", "1926-05-04", "3", "Tuesday")
    assert 0.9 < issue.metadata["ocr_confidence"] < 0.95
    bridge, school = issue.articles
    assert bridge.headline == "Flood Takes Old Bridge"
    assert texts(bridge) == [
        "The wooden bridge over the Teller River was swept away before dawn on Sunday, when the water rose eleven feet "
        "in a single night.",
        "No lives were lost, for the ferryman stopped a milk wagon that was about to cross.",
    ]
    assert (school.headline, texts(school)) == ("School Roof Repaired", ["Classes return to Oak Street on Monday."])


def test_mets_is_read_with_its_pages_only() -> None:
    found, skipped = find_sources([SAMPLES / "issue"])
    assert [path.name for path in found] == ["0001.xml"]
    assert skipped == []
    with pytest.raises(ReadError, match="holds facts about other files"):
        read_file(SAMPLES / "issue" / "gazette_mets.xml")


@pytest.mark.parametrize("name", ["tesseract_alto.xml", "tesseract.hocr"])
def test_what_tesseract_writes(name: str) -> None:
    [issue] = issues(name)
    assert issue.metadata["ocr_confidence"] == pytest.approx(0.954, abs=0.002)
    pennant, fire = issue.articles
    assert (pennant.headline, fire.headline) == ("Home Run Gives Ashford the Pennant", "Fire Destroys Cotton Mill")
    assert texts(pennant)[0] == "Manager Ellen Bowen said that his outfield had won the game with its throwing."
    assert [text.split(",")[0][:36] for text in texts(pennant)[1:]] == [
        "The pitcher struck out 8 batters and",
        "The visitors scored twice in the fou",
    ]
    assert all(0.9 < (paragraph.quality or 0) < 1.0 for article in issue.articles for paragraph in article.paragraphs)


def test_hocr_under_the_name_of_a_web_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes((SAMPLES / "tesseract.hocr").read_bytes())
    [page] = read_file(tmp_path / "a.html").pages
    assert page.text == read_file(SAMPLES / "tesseract.hocr").pages[0].text


def test_zip_of_info_zip_with_names_in_gbk() -> None:
    leisure, news = issues("infozip_gbk.zip")
    assert (news.newspaper, news.date, news.page) == ("清河日报", "2023-03-16", "2")
    assert (leisure.newspaper, leisure.date, leisure.page) == ("清河日报", "2023-03-16", "4")
    [article] = news.articles
    assert (article.headline, article.authors) == ("三条干渠同时放水", ("林书远",))
    assert texts(article) == ["本报讯（记者 林书远）3月15日，清河县三条干渠同时放水，八万亩麦田开始浇水。"]


def test_page_xml_in_its_reading_order() -> None:
    [issue] = issues("page.xml")
    [article] = issue.articles
    assert (article.headline, article.authors) == ("三条干渠同时放水", ("林书远",))
    assert texts(article) == [
        "本报讯（记者 林书远）3月15日，南干渠的闸门缓缓升起，春灌开始。",
        "渠水浇到田头，比去年早了五天，也省了一半的水。",
    ]


def test_web_page_with_ozoom() -> None:
    [issue] = issues("2013-01/12/nw.D110000qhrb_20130112_2-04.htm")
    assert (issue.newspaper, issue.date, issue.page) == ("清河日报", "2013-01-12", "4")
    [article] = issue.articles
    assert article.kicker == "县里召开春灌工作会议"
    assert article.headline == "三条干渠同时放水 八万亩麦田喝上返青水"
    assert article.subtitle == "二十天内浇完第一遍"
    assert article.authors == ("林书远", "江一舟")
    assert article.subheads == ("节水",)
    assert texts(article) == [
        "1月11日清晨，清河县南干渠的闸门缓缓升起，渠水流进沿线村庄，今年的春灌工作开始了。",
        "种粮大户宋长岭承包的六百亩麦田装上了喷灌设备，水省下一半 & 工也省了。",
    ]


def test_web_page_with_founder_content() -> None:
    [issue] = issues("founder.html")
    [article] = issue.articles
    assert (article.headline, article.authors) == ("老粮仓变成图书馆", ("江一舟",))
    assert texts(article) == ["老粮仓经过半年改造，对外开放。", "馆内藏书两万三千册。", "每天开放十个小时。"]
    assert issue.metadata["source_url"] == "http://dcf.example.cn/content/2021-06/08/content_12.html"


def test_web_page_with_enpcontent_and_properties() -> None:
    [issue] = issues("enp.html")
    [article] = issue.articles
    assert (article.kicker, article.headline, article.subtitle) == ("石门乡告别摩托车", "山路通了公交车", "票价五元")
    assert article.authors == ("裴若兰",)
    assert len(article.paragraphs) == 2


def test_american_stories() -> None:
    reading = read_file(SAMPLES / "american_stories.jsonl")
    third, fourth = [parse_page(page) for page in reading.pages]
    assert (third.newspaper, third.date, third.page) == ("The Millbrook gazette", "1926-05-04", "3")
    assert [article.headline for article in third.articles] == ["Flood Takes Old Bridge", "School Roof Repaired"]
    assert third.articles[0].authors == ("Amos Keene",)
    assert texts(third.articles[0]) == [
        "HARLOW FERRY, May 3. - The wooden bridge over the Teller River was swept away before dawn on Sunday, when the "
        "water rose eleven feet in a single night."
    ]
    assert (fourth.page, fourth.articles[0].headline) == ("4", None)
    assert [(item.line, item.reason.split(";")[0]) for item in reading.skipped] == [
        (3, "is no JSON (expecting value)"),
        (5, "date is not understood: someday"),
        (5, "has no text"),
    ]


def test_json_lines_of_pandas() -> None:
    second, first = issues("pandas.jsonl")
    assert (second.newspaper, second.date, second.page) == ("清河日报", "2023-03-16", "2")
    assert (first.newspaper, first.date, first.page) == ("清河日报", "2023-03-17", "1")
    assert [(article.headline, article.authors) for article in second.articles] == [
        ("三条干渠同时放水", ("林书远",)),
        ("河水清了", ()),
    ]
    assert texts(second.articles[0]) == [
        "本报讯（记者 林书远）3月15日，南干渠的闸门缓缓升起，春灌开始。",
        "渠水浇到田头，比去年早了五天，也省了一半的水。",
    ]


def test_web_page_as_chromium_writes_it_down() -> None:
    [issue] = issues("chromium_dom.html")
    assert (issue.newspaper, issue.date, issue.page) == ("清河日报", "2023-03-16", "2")
    [article] = issue.articles
    assert (article.kicker, article.headline) == ("县里召开春灌工作会议", "三条干渠同时放水 八万亩麦田喝上返青水")
    assert (article.subtitle, article.authors) == ("二十天内浇完第一遍", ("林书远", "江一舟"))
    assert texts(article) == [
        "1月11日清晨，清河县南干渠的闸门缓缓升起，渠水流进沿线村庄。",
        "种粮大户宋长岭承包的六百亩麦田装上了喷灌设备，水省下一半 & 工也省了。",
    ]


@pytest.mark.parametrize("group", ["PAGE", "ALTO"])
def test_a_workspace_of_ocr_d_with_its_mets(group: str) -> None:
    [issue] = issues(f"ocrd/OCR-D-{group}/OCR-D-{group}_PHYS_0003.xml")
    assert (issue.newspaper, issue.date, issue.page) == ("The Millbrook Gazette", "1926-05-04", "3")  # the page: METS
    trains, fair = issue.articles
    assert (trains.headline, fair.headline) == ("Railroad to Drop Two Trains", "County Fair Draws Record Crowd")
    assert texts(trains) == [
        "Commuters say that the time table leaves no _ train between five and eight.",  # the mark: Tesseract
        "The locomotive left the track at a broken rail and rolled down the bank, according to Edith Quimby.",
    ]
    assert texts(fair) == [
        "Horses from four counties ran in the trotting races before a full grand stand, Edith Whitcomb told those who asked "
        "about the county fair.",
        "The merry-go-round broke down on Monday with 9 children on it; none was hurt, as all who know the county fair will "
        "remember. A pumpkin that weighed 4 pounds was shown in the hall of vegetables, Edith Whitcomb told those who asked "
        "about the county fair. The prize for the best bull went to Edith Whitcomb, whose herd of Guernseys is well known.",
    ]
    if group == "PAGE":  # its ALTO leaves out how sure Tesseract was
        assert 0.9 < issue.metadata["ocr_confidence"] < 0.97
        assert all(0.9 < (paragraph.quality or 0) < 0.97 for paragraph in fair.paragraphs)


def test_page_xml_with_articles_from_mets(tmp_path: Path) -> None:
    folder = SAMPLES / "ocrd"
    page = folder / "OCR-D-PAGE" / "OCR-D-PAGE_PHYS_0003.xml"
    (tmp_path / page.name).write_bytes(page.read_bytes())
    area = '<mets:div TYPE="{}"><mets:fptr><mets:area FILEID="OCR-D-PAGE_PHYS_0003" BEGIN="{}"/></mets:fptr></mets:div>'
    parts = "".join(area.format(*each) for each in (("Heading", "region0004"), ("Body", "region0005"), ("Body", "region0007")))
    told = f'<mets:structMap TYPE="LOGICAL"><mets:div TYPE="Article">{parts}</mets:div></mets:structMap></mets:mets>'
    text = (folder / "mets.xml").read_text(encoding="utf-8").replace("</mets:mets>", told)
    (tmp_path / "mets.xml").write_text(text, encoding="utf-8")
    [found] = read_file(tmp_path / page.name).pages
    [article] = [each for each in parse_page(found).articles if each.headline == "County Fair Draws Record Crowd"]
    assert texts(article)[0].startswith("Horses from four") and texts(article)[-1].endswith("is well known.")


def test_a_date_of_the_site_is_not_the_day_of_the_paper(tmp_path: Path) -> None:
    page = "<div class=date>今天是2030年1月2日</div><table><tr><td><h1>河水清了</h1><div id=ozoom><p>鱼多了。</p></div></table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    [found] = read_file(tmp_path / "a.html").pages
    assert parse_page(found).date is None
