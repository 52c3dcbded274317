"""Words of a reader's own things: conversations kept, exports, feedback, adding issues. (Chinese, English)."""

from __future__ import annotations

HABITS: dict[str, tuple[str, str]] = {
    # adding newspapers: the plan
    "plan_new": ("{n} 个新文件，将收入档案", "{n} new files, to be added"),
    "plan_new_one": ("1 个新文件，将收入档案", "1 new file, to be added"),
    "plan_replaces": ("{n} 个文件，将替换先前的同名文件", "{n} files, replacing earlier ones of the same name"),
    "plan_replaces_one": ("1 个文件，将替换先前的同名文件", "1 file, replacing an earlier one of the same name"),
    "plan_held": ("{n} 个文件，档案里已有", "{n} files, already in the archive"),
    "plan_held_one": ("1 个文件，档案里已有", "1 file, already in the archive"),
    "plan_refused": ("{n} 个文件读不了", "{n} files cannot be read"),
    "plan_refused_one": ("1 个文件读不了", "1 file cannot be read"),
    "plan_more_pages": ("还有 {n} 个版面", "and {n} more pages"),
    "plan_more_pages_one": ("还有 1 个版面", "and 1 more page"),
    "plan_more_reasons": ("另有 {n} 处问题", "and {n} more problems"),
    "plan_more_reasons_one": ("另有 1 处问题", "and 1 more problem"),
    "plan_line": ("第 {n} 行：", "line {n}: "),
    # adding newspapers: what comes of it
    "adding_now": ("正在收入第 {done} 个文件，共 {total} 个……", "Adding file {done} of {total}…"),
    "adding_done": ("已收入档案，现在就可以问。", "In the archive now. You can ask about it."),
    "adding_nothing": ("没有收入新的内容。", "Nothing new was added."),
    "adding_failed": ("没有收成，档案还是原来的样子。", "Nothing was added; the archive is as it was."),
    "added": ("新收 {n} 个文件", "{n} files added"),
    "added_one": ("新收 1 个文件", "1 file added"),
    "replaced": ("替换 {n} 个文件", "{n} files replaced"),
    "replaced_one": ("替换 1 个文件", "1 file replaced"),
    "held_already": ("{n} 个文件原已收有", "{n} files were there already"),
    "held_already_one": ("1 个文件原已收有", "1 file was there already"),
    "empty_add": (
        "把报纸文件拖到这一页上，或点下面的按钮选取：文字、网页、Word、PDF、扫描件都可以。",
        "Drop newspaper files on this page, or choose them below: text, web pages, Word, PDF or scans.",
    ),
    "add_first": ("添加第一版报纸", "Add a first newspaper page"),
}

# Of these too, but said by the scripts of the page.
HABITS_SCRIPT: dict[str, tuple[str, str]] = {
    # the menu
    "menu_add": ("添加报纸", "Add newspapers"),
    "menu_talks": ("对话记录", "Conversations"),
    "menu_export": ("导出这次对话", "Export this conversation"),
    "menu_settings": ("设置", "Settings"),
    "menu_keys": ("键盘用法", "Keyboard"),
    "skip": ("跳到提问", "Skip to the question"),
    # adding newspapers
    "add_how": (
        "把报纸文件拖到这里，或点下面的按钮选取。文字、网页、Word、PDF、扫描件或整包 zip 都可以。先看会收入什么，确认后才收。",
        "Drop newspaper files here, or choose them below: text, web pages, Word, PDF, scans or a whole zip. "
        "You will see what they bring before anything is added.",
    ),
    "add_choose": ("选取文件", "Choose files"),
    "add_other": ("换别的文件", "Choose other files"),
    "add_take": ("收入档案", "Add to the archive"),
    "add_cancel": ("不收了", "Do not add"),
    "add_again": ("再添加", "Add more"),
    "add_ask": ("去提问", "Ask about them"),
    "add_sending": ("正在查看文件……", "Looking at the files…"),
    "add_nothing": ("这些文件里没有可以新收的内容。", "There is nothing new to add in these files."),
    "add_drop": ("松开即可查看", "Drop to look at them"),
    "add_closed": (
        "这里的档案只供查阅，不能从网页添加报纸。",
        "This archive can only be read here; newspapers cannot be added from the page.",
    ),
    "add_key": ("添加报纸需要管理口令。", "Adding newspapers needs the keeper’s key."),
    "add_key_label": ("管理口令", "Key"),
    "add_key_go": ("继续", "Continue"),
    "add_key_wrong": ("口令不对，请再试一次。", "That is not the key. Please try again."),
    "add_too_large": ("文件太大了，一次最多 {n} MB。", "These files are too large; at most {n} MB at a time."),
    "add_too_many": ("文件太多了，一次最多 {n} 个。", "These are too many files; at most {n} at a time."),
    "add_name": (
        "有的文件名不能用，请改成普通文件名后再试。",
        "A file name cannot be used; please give it a plain name and try again.",
    ),
    "add_twice": ("有两个文件同名，请改名后再试。", "Two files have the same name; please rename one and try again."),
    "add_failed": ("文件没有送到，请再试一次。", "The files did not arrive. Please try again."),
    # conversations
    "talks_none": (
        "还没有对话。提过的问题会留在这里，只存在这个浏览器里。",
        "No conversations yet. What you ask is kept here, in this browser alone.",
    ),
    "talks_where": ("只存在这个浏览器里。", "Kept in this browser alone."),
    "talks_off": ("现在不保留对话。", "Conversations are not being kept."),
    "talks_new": ("新对话", "New conversation"),
    "talks_here": ("当前", "current"),
    "talks_rename": ("改名", "Rename"),
    "talks_name": ("对话名称", "Name of the conversation"),
    "talks_delete": ("删除", "Delete"),
    "talks_clear": ("全部清除", "Clear all"),
    "talks_sure": ("确定？", "Sure?"),
    "talks_questions": ("{n} 问", "{n} questions"),
    "talks_questions_one": ("1 问", "1 question"),
    # export
    "export_how": (
        "导出的引文都从档案重新取出，与报纸原文一字不差。",
        "Every quotation is taken from the archive anew, word for word as printed.",
    ),
    "export_markdown": ("Markdown 文本", "Markdown"),
    "export_markdown_how": ("问题、引文和出处，纯文本", "questions, quotations and sources as plain text"),
    "export_docx": ("Word 文档", "Word document"),
    "export_docx_how": ("排好版，可继续编辑", "laid out, ready to edit"),
    "export_bibtex": ("BibTeX 文献", "BibTeX"),
    "export_bibtex_how": ("只含出处，供 LaTeX 使用", "sources only, for LaTeX"),
    "export_ris": ("RIS 文献", "RIS"),
    "export_ris_how": ("只含出处，供 EndNote、Zotero 使用", "sources only, for EndNote or Zotero"),
    "export_nothing": ("还没有可以导出的问答。", "There is nothing to export yet."),
    "export_done": ("已导出", "Exported"),
    "export_failed": ("没有导出成功，请再试一次。", "The export did not work. Please try again."),
    # feedback
    "said_right": ("出处无误", "Right source"),
    "said_wrong": ("出处有误", "Wrong source"),
    "said_is_answer": ("这就是答案", "This is the answer"),
    "said_thanks": ("已经记下，谢谢。", "Noted. Thank you."),
    "said_failed": ("没有记下来，请再试一次。", "This could not be noted. Please try again."),
    # settings
    "set_language": ("语言", "Language"),
    "set_theme": ("明暗", "Appearance"),
    "set_system": ("随系统", "Same as the system"),
    "set_light": ("浅色", "Light"),
    "set_dark": ("深色", "Dark"),
    "set_keep": ("对话记录", "Conversations"),
    "set_keep_yes": ("留在这个浏览器里", "Keep in this browser"),
    "set_keep_no": ("不保留", "Keep nothing"),
    "set_keep_how": (
        "公用电脑请选“不保留”：已存的对话会立即清除，关闭网页后什么也不留下。",
        "On a shared computer choose “Keep nothing”: what is kept is cleared at once, and nothing stays once the page is closed.",
    ),
    # keyboard
    "key_ask": ("写问题", "write a question"),
    "key_send": ("提问", "ask"),
    "key_sources": ("下一个、上一个出处", "next, previous source"),
    "key_open": ("打开所选出处的原文", "open the article of the source"),
    "key_copy": ("复制所选出处的引文", "copy the citation of the source"),
    "key_back": ("关闭打开的内容，或停止查找", "close what is open, or stop the search"),
    "key_articles": ("上一篇、下一篇文章", "previous, next article"),
    "key_help": ("键盘用法", "this list"),
    # read aloud
    "live_answer": ("查到了，出自 {n} 处报道：", "Found in {n} sources: "),
    "live_answer_one": ("查到了，出自 1 处报道：", "Found in 1 source: "),
    "live_none": ("档案里没有找到答案。", "There is no answer in this archive."),
}
