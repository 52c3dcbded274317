"""Pages of layouts that the seeds do not show, written for these tests: what a reader sees must be what is parsed."""

from __future__ import annotations

from textwrap import dedent

from index.parsing import parse_page
from index.schema import CONTINUATION_MISSING, JOINED, START_MISSING, Article, Issue, Page


def parse(text: str, **metadata: object) -> Issue:
    return parse_page(Page("test", dedent(text).strip("\n"), metadata))


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def headlines(issue: Issue) -> list[str | None]:
    return [article.headline for article in issue.articles]


def test_plain_file_title_and_paragraphs() -> None:
    issue = parse("""
        乡村振兴看东坪：一棵树带富一个村

        走进老湖镇，满山的核桃树挂满果实。村民们正忙着采收。

        “今年一棵树能卖三百块。”村民张大爷笑着说。
        """)
    assert headlines(issue) == ["乡村振兴看东坪：一棵树带富一个村"]
    assert len(issue.articles[0].paragraphs) == 2
    assert (issue.newspaper, issue.date, issue.page) == (None, None, None)


def test_paragraphs_without_any_headline() -> None:
    issue = parse("""
        昨天下午，记者来到城南菜市场，只见摊位前人头攒动。

        市场管理员赵师傅说，预计价格还会再降。
        """)
    assert headlines(issue) == [None]
    assert len(issue.articles[0].paragraphs) == 2


def test_one_line_masthead_and_wire_story() -> None:
    issue = parse("""
        人民日报 2021年6月8日 星期二 第1版

        全国夏粮收购工作会议在京召开
        李某某主持会议并讲话

        新华社北京6月7日电（记者张三、李四）全国夏粮收购工作会议7日在北京召开。

        粮食安全是“国之大者”
        本报评论员

        民为国基，谷为民命。
        """)
    assert (issue.newspaper, issue.date, issue.weekday, issue.page) == ("人民日报", "2021-06-08", "星期二", "1")
    assert "page_inferred" not in issue.metadata
    assert headlines(issue) == ["全国夏粮收购工作会议在京召开", "粮食安全是“国之大者”"]
    assert issue.articles[0].subtitle == "李某某主持会议并讲话"
    assert issue.articles[0].author_roles == {"张三": "记者", "李四": "记者"}
    assert issue.articles[1].authors == ("本报评论员",)


def test_page_line_editors_dateline_credits_and_caption() -> None:
    issue = parse("""
        第3版：要闻

        2023年5月4日 星期四
        责任编辑：王五 校对：赵六

        我县召开春季防火工作会议

        本报讯（记者 王五 通讯员 赵六）5月3日，我县召开春季森林防火工作会议。

        全县设立防火检查站三十六处，巡护人员四百二十人。

        千亩油菜花开 引来八方游客

        本报6月4日讯 连日来，石桥镇千亩油菜花竞相绽放。五一假期，该镇接待游客3.2万人次。（李七）

        图为游客在花海中拍照。 本报记者 孙八 摄
        """)
    assert (issue.newspaper, issue.date, issue.page) == (None, "2023-05-04", "3")
    assert issue.metadata["editors"] == {"责任编辑": "王五", "校对": "赵六"}
    assert headlines(issue) == ["我县召开春季防火工作会议", "千亩油菜花开 引来八方游客"]
    assert issue.articles[0].author_roles == {"王五": "记者", "赵六": "通讯员"}
    assert issue.articles[1].authors == ("李七",)
    assert [caption.text for caption in issue.articles[1].captions] == ["图为游客在花海中拍照。 本报记者 孙八 摄"]


def test_lines_wrapped_at_a_fixed_width_with_indents() -> None:
    issue = parse("""
        清河村的小书屋
        本报记者 张三 李四

        　　傍晚时分，清河村的小书屋里亮起了灯。二十多个孩子围坐在长桌旁，翻看着刚刚
        送来的新书。“这里的书比我家里的多多了。”九岁的王小雨说，她最喜欢的是讲恐龙的
        那一本。
        　　书屋是去年秋天建起来的。村支书刘大海介绍，当时村里腾出了两间旧仓库，县图书
        馆送来三千册图书，志愿者们又捐了桌椅。如今每个周末，书屋都坐得满满当当。
        """)
    [article] = issue.articles
    assert article.authors == ("张三", "李四")
    assert [paragraph.lines for paragraph in article.paragraphs] == [(4, 5, 6), (7, 8)]
    assert article.paragraphs[0].text.startswith("傍晚时分，")
    assert "刚刚送来的新书" in article.paragraphs[0].text
    assert "县图书馆送来" in article.paragraphs[1].text
    for paragraph in article.paragraphs:
        assert JOINED not in paragraph.flags
    assert article.paragraphs[1].text[article.paragraphs[1].joins[0] :].startswith("馆送来")


def test_narrow_columns_with_lines_that_hold_no_stop() -> None:
    issue = parse("""
        市政府召开常务会议

        6月4日上午，市政府召开第36次常务
        会议研究部署防汛抗旱安全生产工作
        和夏季供水等工作。市长张伟主持会
        议并讲话。

        会议强调，安全生产责任重于泰山。
        要聚焦重点行业领域，深入开展专项
        整治，坚决防范各类事故发生。

        我市新增两处市民公园

        本报讯 记者昨日从市园林局获悉，我
        市今年新增两处市民公园，总面积达
        12万平方米，预计国庆前开放。
        """)
    assert headlines(issue) == ["市政府召开常务会议", "我市新增两处市民公园"]
    assert [len(article.paragraphs) for article in issue.articles] == [2, 1]
    assert "常务会议研究部署防汛抗旱安全生产工作和夏季供水" in issue.articles[0].paragraphs[0].text
    assert issue.articles[0].paragraphs[1].lines == (8, 9, 10)


def test_wrapped_lines_with_an_empty_line_after_each() -> None:
    lines = [
        "6月10日上午，全县教育工作会议在县",
        "委礼堂召开。县委副书记陈立新出席会",
        "议并讲话副县长吴敏主持会议。会议要",
        "求新增学位四千二百个。",
    ]
    issue = parse("全县教育工作会议召开\n\n" + "\n\n".join(lines))
    assert texts(issue.articles[0]) == ["".join(lines)]


def test_traditional_characters_of_the_republican_era() -> None:
    issue = parse("""
        國府明令公布新度量衡法
        中華民國二十三年五月六日

        【本報南京六日電】國民政府今日明令公布度量衡法，自本年七月一日起施行。

        工商部發言人稱，新制以萬國公制為標準，並設市用制為輔制。
        """)
    assert issue.date == "1934-05-06"
    assert headlines(issue) == ["國府明令公布新度量衡法"]
    assert "萬國公制" in issue.articles[0].paragraphs[1].text


def test_poem_keeps_its_lines_and_a_letter_its_close() -> None:
    issue = parse("""
        故乡的河
        李小雨

        我从远方归来
        带着一身的尘土
        河水还是那样清
        照见我童年的影子

        给编辑的一封信

        编辑同志：
        您好！近来我们小区的路灯坏了三盏，夜里老人出行很不方便。
        此致
        敬礼
        读者 王建国
        2020年3月12日
        """)
    poem, letter = issue.articles
    assert poem.authors == ("李小雨",)
    assert texts(poem) == ["我从远方归来\n带着一身的尘土\n河水还是那样清\n照见我童年的影子"]
    assert letter.headline == "给编辑的一封信"
    assert letter.author_roles == {"王建国": "读者"}
    assert texts(letter)[-3:] == ["此致", "敬礼", "2020年3月12日"]
    assert issue.date is None  # the day of a letter is not the day of the paper


def test_notice_with_numbered_subheads_is_one_article() -> None:
    issue = parse("""
        关于做好城乡供水工作的通知

        各乡镇人民政府，县直各有关单位：

        为保障夏季用水，现就有关事项通知如下。

        一、提高思想认识

        各单位要充分认识做好夏季供水工作的重要性。

        二、加强设施巡查

        （一）对老旧管网开展全面排查，6月底前完成整改。

        某县人民政府办公室
        2022年5月30日
        """)
    [article] = issue.articles
    assert article.subheads == ("一、提高思想认识", "二、加强设施巡查")
    assert [paragraph.subhead for paragraph in article.paragraphs][3] == "二、加强设施巡查"
    assert issue.date is None


def test_markdown_of_other_levels() -> None:
    issue = parse("""
        # 光明周报

        2022年3月5日 第218期 今日八版

        ## 谁来守护“舌尖上的安全”？

        近日，市民李女士在超市买到一盒过期牛奶。

        ### 检查发现三个问题

        检查人员发现，该超市进货台账不全。

        ## 老街换新颜：三百户居民住进新房

        3月1日，南门老街改造工程完工。（本报记者 陈一 文/图）
        """)
    assert (issue.newspaper, issue.date, issue.issue_number, issue.page) == ("光明周报", "2022-03-05", 218, "1")
    assert issue.metadata["pages_today"] == 8
    assert headlines(issue) == ["谁来守护“舌尖上的安全”？", "老街换新颜：三百户居民住进新房"]
    assert issue.articles[0].subheads == ("检查发现三个问题",)
    assert issue.articles[1].authors == ("陈一",)


def test_articles_without_signs_are_told_from_subheads_by_their_topic() -> None:
    issue = parse("""
        市人大常委会会议闭幕
        　　本报讯 市十七届人大常委会第三十次会议昨日闭幕。会议表决通过了饮用水水源保护条例。
        科技特派员下乡忙
        　　春耕时节，全市312名科技特派员奔赴田间地头，为农民送去良种和技术。
        春茶开采
        　　3月18日，南山茶园开采今年第一批春茶，比去年提早五天。
        """)
    assert headlines(issue) == ["市人大常委会会议闭幕", "科技特派员下乡忙", "春茶开采"]


def test_continued_from_and_to_other_pages() -> None:
    issue = parse("""
        推进城市更新

        （上接第一版）

        改造，让老小区焕发新生。今年全市改造老旧小区86个。

        绿色出行成时尚

        记者了解到，全市新增共享单车2万辆。（下转第四版）
        """)
    first, second = issue.articles
    assert first.jump == "（上接第一版）"
    assert START_MISSING in first.paragraphs[0].flags
    assert CONTINUATION_MISSING not in first.flags
    assert second.jump == "（下转第四版）"
    assert CONTINUATION_MISSING in second.flags


def test_line_that_web_pages_put_under_a_headline() -> None:
    issue = parse("""
        一棵树带富一个村
        2024年10月12日 来源：东平日报 作者：周丽

        走进老湖镇，满山的核桃树挂满果实。
        """)
    assert (issue.newspaper, issue.date) == ("东平日报", "2024-10-12")
    assert issue.articles[0].authors == ("周丽",)


def test_markdown_quotes_and_bold_labels_hold_names_and_facts() -> None:
    issue = parse("""
        # 临江日报
        > 日期：2006-10-18　版次：5

        ## 把课堂搬到田野里

        > 记者：刘晨文、陈敏

        课程表由学生自己选，期末用展示代替考试。

        ## 城南书房免费开放

        **作者：** 郑文曦 高磊国

        城南书房分为三层，地下一层是古籍修复室。
        """)
    assert (issue.newspaper, issue.date, issue.page) == ("临江日报", "2006-10-18", "5")
    assert [article.authors for article in issue.articles] == [("刘晨文", "陈敏"), ("郑文曦", "高磊国")]
    assert [len(article.paragraphs) for article in issue.articles] == [1, 1]


def test_sheet_and_page_of_an_old_paper() -> None:
    issue = parse("""
        申江日報
        民國二十三年五月十四日　星期一
        第一張　第四版

        南屏水庫重新開閘放水、壩體滲漏問題得到根治
        本報訊　南屏水庫昨日重新開閘放水，各鄉農民額手稱慶。
        """)
    assert (issue.date, issue.page, issue.metadata["sheet"]) == ("1934-05-14", "4", "1")
    assert issue.articles[0].headline == "南屏水庫重新開閘放水、壩體滲漏問題得到根治"


def test_a_reader_signs_and_a_photographer_does_not() -> None:
    issue = parse("""
        夜里的路灯又亮了

        编辑同志：

        小区里坏了半年的路灯昨天修好了，大家都很高兴。

        石桥镇读者 王建国

        湖边跑出新活力

        本报讯（记者 张三）6月5日，环湖长跑开跑，五百人参加。

        ▲ 参赛者从起点出发。

        本报记者 李四 摄影报道
        """)
    assert [article.authors for article in issue.articles] == [("王建国",), ("张三",)]
    assert [caption.text for caption in issue.articles[1].captions] == ["▲ 参赛者从起点出发。", "本报记者 李四 摄影报道"]


def test_a_dateline_alone_is_text() -> None:
    issue = parse("""
        夏收全面展开

        新华社临江6月8日电

        （记者张三、李四）全市夏收全面展开，一天收割三千亩。
        """)
    assert issue.articles[0].headline == "夏收全面展开"
    assert issue.articles[0].subtitle is None
