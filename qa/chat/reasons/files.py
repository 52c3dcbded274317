"""Why a file cannot be read: what the readers say in English, and its counterpart in Chinese."""

from __future__ import annotations

_AS_TEXT = "请另存为 UTF-8 编码的文字文件"

FILES: dict[str, str] = {
    # kinds of files
    "files of kind {} cannot be read; save the text as one of {}": "{0} 文件读不了；请把文字另存为下列格式之一：{1}",
    "files without a suffix cannot be read; save the text as one of {}": (
        "文件名没有后缀，读不了；请把文字另存为下列格式之一：{0}"
    ),
    "{} cannot be read; save the text as one of {}": "{0} 读不了；请把文字另存为下列格式之一：{1}",
    "holds facts about other files; give the files that it stands beside": "是别的文件的说明；请连同它所说明的文件一起添加",
    "is an office file of another kind; {}": "是别的文档格式；请用文字处理软件打开，另存为 .docx",
    "is packed in another way; {}": "是别的压缩格式；请解开，或改打成 .zip",
    "is a picture of another kind; save it as .png": "是别的图片格式；请另存为 .png",
    "is an e-book; save its pages as .html or .txt": "是电子书；请把各页另存为 .html 或 .txt",
    "is a table; save it as .jsonl, one article a line": "是表格；请另存为 .jsonl，一行一篇文章",
    "is a picture of a saved web page; give it by itself if it is a scan": "是所存网页里的图片；如果是扫描件，请单独添加",
    # text
    "is empty; there is nothing to read": "是空文件，没有可读的内容",
    "holds nothing but front matter; there is nothing to read": "只有说明，没有正文",
    "is binary, not text; {}": f"不是文字文件；{_AS_TEXT}",
    "is {}, not text; {}": f"不是文字文件，而是{{0:zh}}；{_AS_TEXT}",
    "has an unknown encoding; {}": f"认不出文字编码；{_AS_TEXT}",
    "is damaged UTF-8 at byte {}; copy it again": "文字编码损坏（第 {0} 字节）；请重新复制",
    "is incomplete or damaged {} at byte {}; copy it again": "文字不完整或编码损坏（{0}，第 {1} 字节）；请重新复制",
    "is incomplete: it ends inside a character; copy it again": "文件不完整，最后一个字只有一半；请重新复制",
    "no text on this page; give a page with text": "这一版没有文字；请添加有文字的版面",
    "holds no text to search in": "里面没有可查的文字",
    "belongs to no article: {}": "这一行没有归入任何文章：{0}",
    # opening and size
    "is a link that leads out of its folder; give the file itself": "是指向别处的链接；请添加文件本身",
    "is a link that leads out of the folder; give the file itself": "是指向别处的链接；请添加文件本身",
    "link to a folder is not followed; give the folder itself": "是文件夹的链接；请添加文件夹本身",
    "does not exist; check the path": "没有这个文件；请核对位置",
    "cannot be opened ({}); check that it is a readable file": "打不开{0:why}；请确认是可以读取的文件",
    "cannot be read ({}); check the disk": "读取失败{0:why}；请检查磁盘",
    "cannot be read ({}); give the file itself": "读取失败{0:why}；请添加文件本身",
    "cannot be looked at ({}); check the path": "查看不了{0:why}；请核对位置",
    "folder cannot be read ({})": "文件夹读不了{0:why}",
    "is not a regular file": "不是普通文件",
    "is not a regular file; give a text file": "不是普通文件；请添加文字文件",
    "is larger than {} MB; split it into pages": "超过 {0} MB；请拆成单个版面",
    "is larger than {} MB; give one page a file": "超过 {0} MB；请一个版面一个文件",
    "is larger than {} kB; a sidecar holds a few lines": "超过 {0} kB；说明文件只需几行",
    "is larger than {} kB": "超过 {0} kB，太大了",
    "it was changed while the update ran; run the update again": "收入期间被改动了；请再添加一次",
    "its reader ended with status {}; the file may be damaged": "读到一半停住了，文件可能已损坏",
    "could not be taken in ({}: {})": "没有收成：处理这个文件时出了差错，详情已记入日志",
    # zip
    "holds more than {} files; unpack it and give the folder": "压缩包里的文件超过 {0} 个；请解开后再添加",
    "is packed in a way that cannot be read; pack it again as an ordinary zip": "压缩方式读不了；请重新打成普通的 zip",
    "is encrypted; unpack it with its password and give the folder": "加了密码；请用密码解开后再添加",
    "is damaged in the zip ({}); copy the zip again": "在压缩包里已损坏；请重新复制压缩包",
    "grows too large when unpacked; unpack it yourself and give the folder": "压缩包解开后太大；请解开后再添加",
    "is no whole zip ({}); copy it again": "压缩包不完整；请重新复制",
    "is a zip inside a zip; unpack it and give it by itself": "压缩包里还有压缩包；请单独添加里面那个",
    "has a path that leads out of the zip; pack it again without": "压缩包里这个文件的位置不对；请重新打包",
    "is a link; pack the file itself": "是链接；请把文件本身打进压缩包",
    "holds nothing that can be read{}": "里面没有读得了的文件",
    "holds nothing that can be read: {}": "里面没有读得了的文件：{0:zh}",
    # documents
    "is encrypted or in the old .doc format; open it and save it as .docx without a password": (
        "加了密码，或是旧的 .doc 格式；请打开后另存为不带密码的 .docx"
    ),
    "is no whole .docx; copy it again, or open it and save it again": "这份 .docx 不完整；请重新复制，或打开后另存一份",
    "is no .docx: it holds no document; open it in a word processor and save it again": (
        "不是 .docx 文档；请用文字处理软件打开后另存"
    ),
    "holds no text; pictures of text must go through text recognition (OCR) first": "里面没有文字，只有图片；请先做文字识别",
    "is encrypted; open it with its password and save it without": "加了密码；请去掉密码再添加",
    "is no PDF; copy it again": "不是 PDF 文件；请重新复制",
    "is damaged or incomplete; copy it again": "文件损坏或不完整；请重新复制",
    "holds no pages; copy it again": "里面一页也没有；请重新复制",
    "has more than {} pages; split it into issues": "超过 {0} 页；请按期拆开",
    "holds more than {} pages; split it into issues": "超过 {0} 页；请按期拆开",
    "page {} holds more than {} characters; no newspaper page does": "第 {0} 页超过 {1} 字，不像报纸版面",
    "is one of more than {} scans in this file; split it": "这个文件里的扫描页超过 {0} 页；请拆开",
    "holds no text; scan it anew": "里面没有文字；请重新扫描",
    "holds no text": "里面没有文字",
    # scans
    "is no picture that can be read; save it as .png": "这张图片打不开；请另存为 .png",
    "is larger than {} million dots; scan it at 300 dots an inch or split it": (
        "图片超过 {0} 百万像素；请按每英寸 300 点扫描，或拆开"
    ),
    "is too small a picture for a page; scan it at 200 dots an inch or more": (
        "图片太小，不像报纸版面；请按每英寸 200 点以上重新扫描"
    ),
    "holds no text that can be recognised; scan the page anew at 200 to 400 dots an inch": (
        "没有认得出的文字；请按每英寸 200 至 400 点重新扫描"
    ),
    "holds no text that can be recognised": "没有认得出的文字",
    "cannot be recognised: {}": "文字识别没有成功：{0:zh}",
    'the package rapidocr lacks its model {}; run: pip install --force-reinstall "wenbao[ocr]"': (
        'rapidocr 缺少模型 {0}；请运行：pip install --force-reinstall "wenbao[ocr]"'
    ),
    '{}needs the package {}, which is not installed; run: pip install "wenbao[{}]"': (
        '这台机器还没有装读这种文件要用的 {1}；请运行：pip install "wenbao[{2}]"'
    ),
    # marked-up pages
    "holds no text; recognise the text of the page first": "里面没有文字；请先识别版面上的文字",
    "is too large for a recognised page; give one page a file": "太大，不像一个识别过的版面；请一个版面一个文件",
    "is no hOCR: no page is marked in it; recognise the page again": "不是 hOCR：里面没有标出版面；请重新识别",
    "is too large for a web page of a newspaper; save its articles one by one": "网页太大；请一篇一篇地另存",
    "holds no text; save the page with its text from a browser": "里面没有文字；请在浏览器里连同文字一起另存",
    "is a page of links, not an article; give the pages it leads to": "是一页链接，不是文章；请添加链接所指的网页",
    "is no HTML that can be read; open it in a browser and save it again": "网页读不了；请用浏览器打开后另存",
    "none of its layouts has its body on this page, which is read by its headings and paragraphs instead: {}": (
        "所写的版式都不合这一页，改按标题和段落来读"
    ),
    "is nested more than {} deep; no newspaper is": "层次超过 {0} 层，不像报纸",
    "is no whole XML ({}); copy it again": "XML 不完整；请重新复制",
    "is no whole XML; copy it again": "XML 不完整；请重新复制",
    "declares entities, which are not read; save it without a DTD": "XML 里定义了实体，读不了；请去掉 DTD 后另存",
    "is METS, read together with the ALTO or PAGE-XML files it names": "是 METS，要和它所列的 ALTO 或 PAGE-XML 文件一起添加",
    "is XML of another kind (<{}>); ALTO and PAGE-XML can be read": "是别的 XML；能读的是 ALTO 和 PAGE-XML",
}
WORDS: dict[str, str] = {
    # what a file is instead
    "a PDF": " PDF",
    "a zip or office file": "压缩包或办公文档",
    "an image": "图片",
    "an old office file": "旧格式的办公文档",
    "a compressed file": "压缩文件",
    "a program": "程序",
    "a database": "数据库",
    # what the system says
    "permission denied": "没有权限",
    "no such file or directory": "文件不存在",
    "too many levels of symbolic links": "链接绕成了圈",
    "input/output error": "磁盘读写出错",
    "is a directory": "是文件夹",
    "file name too long": "文件名太长",
    "stale file handle": "网络磁盘断开了",
}
