"""Pages of three invented papers: a story over three years, officials who change, reprints that differ, a jump to a lost page.

All text is made up for these tests.
"""

from __future__ import annotations

from pathlib import Path


def _page(paper: str, day: str, number: int, page: str, *articles: str) -> str:
    return "\n\n".join((f"{paper}", f"{day} 总第{number}期 第{page}版", *articles)) + "\n"


_START = (
    "本报讯 3月11日，江口大桥在临江市东岸新区正式开工。大桥全长1860米，双向六车道，概算投资9.6亿元，计划工期三年。"
    "市长周明远出席开工仪式并宣布开工。"
)
_MOVED = "大桥建设需要搬迁沿江居民{0}户，市交通局局长何志刚介绍，搬迁工作将在年底前完成，搬迁户可就近选择安置小区。"
_BRIDGE = f"# 江口大桥开工建设\n\n□王晓东\n\n{_START}\n\n{_MOVED.format(32)}"
_BRIDGE_AGAIN = f"# 江口大桥开工 工期三年\n\n□刘敏\n\n{_START}\n\n{_MOVED.format(23)}"

_PRICES = """# 今日菜价

据市物价监测中心消息，今日城区农贸市场黄瓜每公斤{0}元，西红柿每公斤{1}元，土豆每公斤{2}元，鸡蛋每公斤{3}元，总体运行平稳。"""

PAGES: dict[str, str] = {
    "linjiang-20180312-1.txt": _page(
        "临江日报", "2018年3月12日", 5201, "1", _BRIDGE,
        """# 春季河道清淤全面展开

□赵莉

本报讯 连日来，市水利局组织力量对城区十二条河道进行清淤，预计清淤土方八万立方米，汛前全部完成。""",
    ),
    "linjiang-20180312-2.txt": _page(
        "临江日报", "2018年3月12日", 5201, "2",
        """# 城南小学新校舍启用

□孙倩

本报讯 3月9日，城南小学新校舍正式启用，一千二百名学生搬进新教室。校长郑海燕说，新校舍增加了图书室和科学实验室。""",
        """# 老街茶馆见闻

□钱勇

西门老街上的三家茶馆近来生意红火，茶客多是附近的退休工人，一壶清茶可以坐上半天。""",
    ),
    "wanbao-20180313-1.txt": _page("江城晚报", "2018年3月13日", 1877, "1", _BRIDGE_AGAIN),
    "linjiang-20180905-1.txt": _page(
        "临江日报", "2018年9月5日", 5378, "1",
        """# 江口大桥首个主墩封顶

□王晓东

本报讯 9月4日上午，随着最后一方混凝土浇筑完成，江口大桥首个主墩顺利封顶，为上部结构施工打下基础。""",
        """# 全市中小学平稳开学

□孙倩

本报讯 9月3日，全市中小学平稳开学。临江市教育局局长陈志高检查了三所学校的食堂和校车。""",
        _PRICES.format("3.2", "4.1", "2.6", "9.8"),
    ),
    "linjiang-20190418-1.txt": _page(
        "临江日报", "2019年4月18日", 5603, "1",
        """# 江口大桥主塔突破百米

□王晓东

本报讯 4月17日，江口大桥主塔施工高度突破一百米，建设者在大风天气里连续奋战二十天。""",
        """# 德川市党政代表团来我市考察

□赵莉

本报讯 4月16日，德川市市长高建平率党政代表团来我市考察产业园区，市长周明远陪同考察并介绍情况。""",
        _PRICES.format("4.0", "5.3", "2.9", "10.4"),
    ),
    "linjiang-20191120-1.txt": _page(
        "临江日报", "2019年11月20日", 5819, "1",
        """# 江口大桥顺利合龙

□王晓东

本报讯 11月19日下午，江口大桥主桥顺利合龙，两岸天堑变通途进入倒计时。市委副书记、市长李秀兰到现场看望建设者。""",
        """# 我市举行冬季长跑

□孙倩

本报讯 11月17日，两千名市民沿江堤参加冬季长跑，最年长的选手七十三岁。""",
    ),
    "wanbao-20191121-1.txt": _page(
        "江城晚报", "2019年11月21日", 2490, "1",
        """# 江口大桥合龙

□刘敏

11月19日下午，江口大桥主桥顺利合龙，两岸天堑变通途进入倒计时。市委副书记、市长李秀兰到现场看望建设者。""",
    ),
    "linjiang-20201015-1.txt": _page(
        "临江日报", "2020年10月15日", 6140, "1",
        """# 江口大桥通过荷载试验

□王晓东

本报讯 10月14日，江口大桥完成荷载试验，四十辆重载卡车分批驶上桥面，各项指标均符合设计要求。""",
    ),
    "linjiang-20210506-1.txt": _page(
        "临江日报", "2021年5月6日", 6338, "1",
        """# 江口大桥建成通车

□王晓东

本报讯 5月5日，江口大桥建成通车，东西两岸车程由四十分钟缩短到八分钟。市长李秀兰宣布通车，原市长周明远应邀出席通车仪式。""",
        """# 城市更新三年行动方案出台

□赵莉

本报讯 市政府日前印发城市更新三年行动方案，明确改造老旧小区六十个，新建口袋公园二十五个。

方案提出四项保障措施。一是成立工作专班，由分管副市长牵头，每月调度一次。

（下转第3版）""",
    ),
    "linjiang-20210507-2.txt": _page(
        "临江日报", "2021年5月7日", 6339, "2",
        """# 春耕备耕走访记

□赵莉

本报讯 连日来，记者走访了三个产粮乡镇，农资供应充足，价格平稳，农机手已经全部到位。

（下转第4版）""",
    ),
    "linjiang-20210507-4.txt": _page(
        "临江日报", "2021年5月7日", 6339, "4",
        """# 春耕备耕走访记

（上接第2版）

在柳林镇，合作社负责人介绍，今年计划种植优质水稻一万二千亩，比去年增加三千亩。""",
    ),
    "wanbao-20210506-1.txt": _page(
        "江城晚报", "2021年5月6日", 2960, "1",
        """# 大桥通车首日见闻

□刘敏

5月5日是江口大桥通车的第一天，不少市民专程驾车过江，桥头观景平台挤满了拍照的人。""",
    ),
    "linjiang-20210507-1.txt": _page(
        "临江日报", "2021年5月7日", 6339, "1",
        """# 市人大常委会举行会议

□赵莉

本报讯 5月6日，市人大常委会举行会议，决定任命许文婷为临江市教育局局长，免去陈志高的临江市教育局局长职务。""",
        """# 青年志愿者清理江滩

□孙倩

本报讯 5月5日，二百名青年志愿者来到江滩清理垃圾，两小时装满八十个编织袋。""",
    ),
    "gazette-19980402-1.txt": """Harbour Gazette

2 April 1998  No. 412  Page 1

# Council approves plan for ferry terminal

By Anna Doyle

The town council of Port Ellery approved the plan for a new ferry terminal on Tuesday night. The terminal will cost
14 million dollars and is to be finished within four years.

Mayor Eleanor Whitfield told the council that the old pier could not carry another winter of freight.

# Fish market opens late

By John Marsh

The fish market on Quay Street will open at seven instead of five in the morning from next week, the harbour office said.
""",
    "gazette-20010615-1.txt": """Harbour Gazette

15 June 2001  No. 580  Page 1

# Work on ferry terminal begins

By Anna Doyle

Builders drove the first piles for the new ferry terminal into the harbour bed on Wednesday, a year later than planned.

# New mayor sworn in

By John Marsh

Thomas Okafor was sworn in as mayor of Port Ellery on Thursday. He promised to keep the library open on Sundays.
""",
    "gazette-20031107-1.txt": """Harbour Gazette

7 November 2003  No. 703  Page 1

# Ferry terminal takes first passengers

By Anna Doyle

The ferry terminal took its first passengers on Thursday, five years after the council had approved the plan. Mayor Thomas Okafor
bought the first ticket.
""",
}  # fmt: skip


def write(folder: Path) -> Path:
    """Write one page a file and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
