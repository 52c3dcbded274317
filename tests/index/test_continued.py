"""Articles that go on in another file of the issue know each other as soon as the archive has both."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.archive import Archive
from index.schema import CONTINUATION_MISSING
from tests.index.storage.sample import HashEncoder

HEAD = "清河日报 2021年6月8日 星期二"
FRONT = f"{HEAD} 第1版\n\n网格化服务管理工作会议召开\n\n本报讯 6月7日，会议召开，市长李四出席会议并讲话。\n（下转第二版）\n"
INSIDE = f"{HEAD} 第2版\n\n网格化会议召开\n\n（上接第1版）会议要求，网格员要走进群众，做好服务。\n"
FIRST, SECOND = "qingheribao-2021-06-08-p1-a01", "qingheribao-2021-06-08-p2-a01"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "front.txt").write_text(FRONT, encoding="utf-8")
    opened = Archive.open(tmp_path / "archive", encoder=HashEncoder())
    opened.update([tmp_path])
    return opened


def flags(archive: Archive) -> list[bool]:
    with archive.view() as view:
        article = view.article(FIRST)
        assert article is not None
        passages = view.article_passages(FIRST)
        held = [article.flags, *(passage.flags for passage in (*passages, *view.passages([passages[0].id]).values()))]
        held += [each.flags for each in view.articles(article.issue_id)]
        return [CONTINUATION_MISSING in each for each in held]


def test_the_second_page_completes_the_first(archive: Archive, tmp_path: Path) -> None:
    with archive.view() as view:
        assert view.continuation(FIRST) is None
    assert all(flags(archive))
    (tmp_path / "inside.txt").write_text(INSIDE, encoding="utf-8")
    archive.update([tmp_path])
    assert not any(flags(archive))
    with archive.view() as view:
        after, before = view.continuation(FIRST), view.beginning(SECOND)
        assert after is not None and after.id == SECOND
        assert before is not None and before.id == FIRST
        assert view.continuation(SECOND) is None and view.beginning(FIRST) is None
        assert view.continuation("nothing") is None
    (tmp_path / "inside.txt").unlink()
    archive.update([tmp_path], prune=True)
    assert all(flags(archive))


def test_another_day_or_page_completes_nothing(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(INSIDE.replace("6月8日 星期二", "6月9日 星期三"), encoding="utf-8")
    (tmp_path / "third.txt").write_text(INSIDE.replace("第2版", "第3版"), encoding="utf-8")
    archive.update([tmp_path])
    assert all(flags(archive))
