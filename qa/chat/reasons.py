"""Why something cannot be read or asked, in Chinese: archive and question say it in English, for programs and command lines.

A reason that has no counterpart here is shown as it stands.
"""

from __future__ import annotations

import re

_SUFFIX = r"(\.\w+)"
_REASONS: tuple[tuple[str, str], ...] = (
    (rf"files of kind {_SUFFIX} cannot be read; save the text as one of (.+)", r"\1 文件读不了；请把文字另存为下列格式之一：\2"),
    (r"files without a suffix cannot be read; .* one of (.+)", r"文件名没有后缀，读不了；请把文字另存为下列格式之一：\1"),
    (r"is empty; there is nothing to read", "是空文件，没有可读的内容"),
    (r"holds nothing but front matter; there is nothing to read", "只有说明，没有正文"),
    (r"holds facts about other files; give the files that it stands beside", "是别的文件的说明；请连同它所说明的文件一起添加"),
    (r"is binary, not text; .*", "不是文字文件；请另存为 UTF-8 编码的文字文件"),
    (r"is (.+), not text; .*", r"不是文字文件（\1）；请另存为 UTF-8 编码的文字文件"),
    (r"has an unknown encoding; .*", "认不出文字编码；请另存为 UTF-8 编码的文字文件"),
    (r"is damaged UTF-8 at byte (\d+); copy it again", r"文字编码损坏（第 \1 字节）；请重新复制"),
    (r"is incomplete: it ends inside a character; copy it again", "文件不完整，最后一个字只有一半；请重新复制"),
    (r"is larger than (\d+) MB; .*", r"超过 \1 MB；请拆成小一些的文件"),
    (r"is larger than (\d+) million dots; .*", r"图片超过 \1 百万像素；请按每英寸 300 点扫描，或拆开"),
    (r"has more than (\d+) pages; .*", r"超过 \1 页；请按期拆开"),
    (r"holds more than (\d+) pages; .*", r"超过 \1 页；请按期拆开"),
    (r"holds more than (\d+) files; .*", r"压缩包里的文件超过 \1 个；请解开后再添加"),
    (r"grows too large when unpacked; .*", "压缩包解开后太大；请解开后再添加"),
    (r"is a zip inside a zip; .*", "压缩包里还有压缩包；请单独添加里面那个"),
    (r"is no whole zip .*", "压缩包不完整；请重新复制"),
    (r"is damaged in the zip .*", "在压缩包里已损坏；请重新复制压缩包"),
    (r"is packed in a way that cannot be read; .*", "压缩方式读不了；请重新打成普通的 zip"),
    (r"is packed in another way; .*", "是别的压缩格式；请解开，或改打成 .zip"),
    (r"is encrypted; .*", "加了密码；请去掉密码再添加"),
    (r"is encrypted or in the old \.doc format; .*", "加了密码，或是旧的 .doc 格式；请打开后另存为不带密码的 .docx"),
    (r"is an office file of another kind; .*", "是别的文档格式；请用文字处理软件打开，另存为 .docx"),
    (r"is no whole \.docx; .*", "这份 .docx 不完整；请重新复制，或打开后另存一份"),
    (r"is no \.docx: .*", "不是 .docx 文档；请用文字处理软件打开后另存"),
    (r"is a picture of another kind; save it as \.png", "是别的图片格式；请另存为 .png"),
    (r"is no picture that can be read; save it as \.png", "这张图片打不开；请另存为 .png"),
    (r"is too small a picture for a page; .*", "图片太小，不像报纸版面；请按每英寸 200 点以上重新扫描"),
    (r"is an e-book; .*", "是电子书；请把各页另存为 .html 或 .txt"),
    (r"is a table; .*", "是表格；请另存为 .jsonl，一行一篇文章"),
    (r"is no PDF; copy it again", "不是 PDF 文件；请重新复制"),
    (r"holds no text; pictures of text must go through text recognition \(OCR\) first", "里面没有文字，只有图片；请先做文字识别"),
    (r"holds no text that can be recognised.*", "没有认得出的文字；请按每英寸 200 至 400 点重新扫描"),
    (r"holds no text.*", "里面没有文字"),
    (r"cannot be recognised: .*", "文字识别没有成功"),
    (r"is a page of links, not an article; .*", "是一页链接，不是文章；请添加链接所指的网页"),
    (r"is no JSON .*", "不是完整的 JSON；请重新复制或导出"),
    (r"holds no article; .*", "里面没有文章；每条记录要有标题和正文"),
    (r"is no whole XML.*", "XML 不完整；请重新复制"),
    (r"is XML of another kind .*", "是别的 XML；能读的是 ALTO 和 PAGE-XML"),
    (r"is damaged or incomplete; copy it again", "文件损坏或不完整；请重新复制"),
    (r".*needs the package (\S+), which is not installed; run: (.+)", r"这台机器还没有装读这种文件要用的 \1；请运行：\2"),
    (r"(?:.*: )?another update is running.*", "另一批报纸正在收入，请稍候再试"),
    # of questions and of the archive
    (r"words to look for may be (\d+) characters at most; .*", r"要查的字句最多 \1 个字，请少写一些"),
    (r"there are no words to look for; .*", "没有要查的字句，请写上一个或几个字"),
    (r"these are (\d+) words or phrases, (\d+) at most .*", r"一次最多查 \2 个字句，这里有 \1 个"),
    (r"(.+): is only marks; .*", r"“\1”只是标点，请写上汉字、字母或数字"),
    (r"what the page sent along with this question cannot be read; .*", "这一问没有送全，请刷新本页再问"),
    (r"the archive was closed; open it again", "档案刚刚关上了，请稍候再问"),
    (r".*: there is no archive here; .*", "这里还没有档案"),
    (r"too many are asking at this moment; .*", "这会儿提问的人太多，请稍候再问"),
)  # fmt: skip
_COMPILED = tuple((re.compile(english), chinese) for english, chinese in _REASONS)


def in_chinese(reason: str) -> str:
    """Return a reason in Chinese, or as it stands where there is no counterpart."""
    for english, chinese in _COMPILED:
        found = english.fullmatch(reason)
        if found:
            return found.expand(chinese)
    return reason
