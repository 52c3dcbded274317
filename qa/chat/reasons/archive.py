"""Why the archive or its model cannot be used, and why a question cannot be asked: in English as said, and in Chinese."""

from __future__ import annotations

_MODEL = "请改用自带的模型（不写 --model），或指明本机上存放模型的文件夹"

ARCHIVE: dict[str, str] = {
    "there is no archive here; make one with `python3 run.py update FOLDER` or `wenbao update FOLDER`": (
        "这里还没有档案；请先用 wenbao update 收入报纸"
    ),
    "there is no archive here; make one with `wenbao update FOLDER --archive {}`": (
        "这里还没有档案；请先用 wenbao update 收入报纸"
    ),
    "the archive was closed; open it again": "档案刚刚关上了，请稍候再问",
    "the server is stopping": "服务器正在关闭，请稍候再问",
    "no process that answers questions could be started: {}": "答题的进程无法启动",
    "something went wrong here; the log of the server says what": "这里出了差错，原因记在服务器的日志里",
    "the processes that answer questions end as soon as they are asked; the log of the server says why": (
        "答题的进程一再中断，原因记在服务器的日志里"
    ),
    "the disk is full; the archive is whole as it was, free some space and run the update again": (
        "磁盘满了，档案还是原来的样子；请腾出空间后再添加"
    ),
    "the disk failed ({}); the archive is as it was before": "磁盘出错，档案还是原来的样子",
    "everything was taken in, but the search index could not be written ({}); free some space and run `check --repair`": (
        "报纸都收下了，检索文件没能写好；请腾出空间，再运行 wenbao check --repair"
    ),
    "the database is damaged ({}); {}": "档案的数据库损坏了；请换上备份，或从原文件重新收入",
    "a record is damaged ({}: {}); run `check` for the place": "档案里有一条记录损坏了；请运行 wenbao check 查明是哪一条",
    "lexical index: {}; run `check --repair`": "检索文件损坏了；请运行 wenbao check --repair",
    "dense index: {}; run `check --repair`": "检索文件损坏了；请运行 wenbao check --repair",
    "{}; run `check --repair`": "检索文件损坏了；请运行 wenbao check --repair",
    "the counts of tokens are not complete; run `check --repair`": "检索用的计数不全；请运行 wenbao check --repair",
    "the row that says what the archive holds is damaged; copy it anew from its sources": (
        "档案的目录记录损坏了；请从原文件重新收入"
    ),
    "another program keeps the archive busy; try again": "别的程序正占用着档案，请稍候再试",
    "another update is running ({}); try again when it is done": "另一批报纸正在收入，请稍候再试",
    "another update is running ({}); try again when it is done, or {} seconds after it was killed": (
        "另一批报纸正在收入，请稍候再试"
    ),
    "another update is running; send the files again when it is done": "另一批报纸正在收入，请稍候再试",
    "there is an archive here; restore to another folder, or say --replace": (
        "这里已经有一份档案；请恢复到别的文件夹，或加 --replace"
    ),
    "nothing is being written": "没有正在写入的内容",
    "the archive cannot be opened or written here ({}); check its rights": "档案打不开或写不进去；请检查文件夹的读写权限",
    "this database is no archive of Wenbao; give another --archive folder": "这里的数据库不是问报的档案；请换一个档案文件夹",
    "the archive has format {}, this Wenbao reads formats up to {}; use the Wenbao that made it, "
    "or update a new folder from the sources": "档案是用更新的问报做的（格式 {0}）；请用那一版打开，或从原文件重新收入",
    "the archive has format {}, this Wenbao reads format {}; use the Wenbao that made it, or copy the sources into a new one": (
        "档案是用另一版问报做的（格式 {0}）；请用那一版打开，或从原文件重新收入"
    ),
    "the archive holds no such source; give the path it was taken from": "档案里没有这个文件；请写明它收入时的位置",
    "the archive holds no passage or article of this id; `ask --json` and `search --json` show ids": (
        "档案里没有这一段或这一篇，可能已被移除"
    ),
    "--prune would remove {} of {} sources, {} for one; if their files are really gone, say --yes": (
        "这样会移除 {1} 个文件中的 {0} 个，例如 {2}；确实要移除，请加 --yes"
    ),
    "the archive was made by model {}, not by {} as it is now; use the first one with --model, "
    "or move the archive to the other with `update --reencode`": (
        "档案是用模型 {0} 做的，现在用的是 {1}；请用 --model 指明原来的模型，或运行 wenbao update --reencode"
    ),
    "the archive was made by an earlier state of the model {}; move it on with `update --reencode`": (
        "档案是用模型 {0} 的旧版做的；请运行 wenbao update --reencode"
    ),
    "the archive was made by model {} with {} dimensions, the question has {}; use that model, or run `update --reencode`": (
        "档案是用另一个模型 {0} 做的；请换用那个模型，或运行 wenbao update --reencode"
    ),
    # kept elsewhere
    'an archive on Milvus needs a library that is not installed: pip install "wenbao[milvus]"': (
        '打开 Milvus 上的档案还缺一个组件；请运行：pip install "wenbao[milvus]"'
    ),
    "Milvus could not do it ({}); {}": "存放档案的 Milvus 没有应答，或不让进；请确认它在运行，口令和库名都对",
    "Milvus Lite cannot open it ({}); copy the archive anew": "档案打不开；请重新复制一份",
    "another program has it open, and Milvus Lite allows one; try again when that is done, "
    "or keep the archive on a Milvus server": "别的程序正开着这份档案，请等它用完再试",
    "no archive is kept under {}://; give a folder, or an address that begins with {}": (
        "{0}:// 下不能存放档案；请写文件夹，或以 {1} 开头的地址"
    ),
    "this is no address of an archive on Milvus; write milvus://host:{}/name": (
        "这不是 Milvus 上档案的地址；请写成 milvus://主机:{0}/名称"
    ),
    "the address of the archive cannot be read ({}); write milvus://host:{}/name": (
        "档案的地址读不懂；请写成 milvus://主机:{1}/名称"
    ),
    "an archive on Milvus is named by letters, digits and _, 64 at most; give another name": (
        "Milvus 上档案的名称只能用字母、数字和 _，最多 64 个；请换一个名称"
    ),
    "Milvus Lite keeps an archive in a folder whose name ends in .db; give such a name": (
        "Milvus Lite 的档案要放在名称以 .db 结尾的文件夹里；请换一个名称"
    ),
    "there is no such index; say one of {}": "没有这种索引；可以写 {0}",
    "an archive on Milvus is backed up by Milvus' own milvus-backup, or by `wenbao copy {} FOLDER` "
    "and a backup of that folder": "Milvus 上的档案请用 milvus-backup 备份，或先用 wenbao copy 复制到文件夹",
    "a backup is put back into a folder; do that, then run `wenbao copy FOLDER {}`": (
        "备份只能恢复到文件夹；请先恢复，再用 wenbao copy 复制过来"
    ),
}
MODELS: dict[str, str] = {
    "cannot be loaded ({}); reinstall wenbao or name another model with --model": (
        "模型读不出来；请重新安装问报，或用 --model 换一个"
    ),
    "cannot be loaded ({}); reinstall wenbao": "模型读不出来；请重新安装问报",
    "{} missing; reinstall wenbao or name another model with --model": "模型缺少 {0}；请重新安装问报，或用 --model 换一个",
    "tokenizer and weights do not belong together; reinstall wenbao": "模型的两部分对不上；请重新安装问报",
    "made for another embedded model; reinstall wenbao": "和自带的模型对不上；请重新安装问报",
    "no such model folder; {}": f"没有这个模型文件夹；{_MODEL}",
    "no modules.json, so this is no sentence-transformers model; {}": f"文件夹里没有 modules.json，不是可用的模型；{_MODEL}",
    "modules.json names code outside sentence-transformers ({}); {}": f"模型要运行外来的程序，没有采用；{_MODEL}",
    "{} could run code when loaded, it is refused; {}": f"{{0}} 里可能藏有程序，没有采用；{_MODEL}",
    "cannot be read; {}": f"读不了；{_MODEL}",
    "HF_ENDPOINT={} is no web address; {}": f"HF_ENDPOINT 写的不是网址；{_MODEL}",
    "model {} is not on this machine and HF_HUB_OFFLINE forbids fetching it; {}": (
        f"这台机器上没有模型 {{0}}，又不许下载；{_MODEL}"
    ),
    "model {} is not on this machine and {} cannot be reached ({}); name a mirror with HF_ENDPOINT, or {}": (
        f"这台机器上没有模型 {{0}}，也连不上 {{1}}；{_MODEL}"
    ),
    "sentence-transformers cannot be imported ({}); {}": f"缺少 sentence-transformers；{_MODEL}",
    "model {} cannot be loaded ({}); {}": f"模型 {{0}} 读不出来；{_MODEL}",
    "model {} failed while encoding ({}); {}": "模型 {0} 算到一半停住了，多半是内存不够；请减少每批的数量，或改用处理器",
    "model {} gave vectors of shape {} for {} texts; use another model": "模型 {0} 给出的结果不对；请换一个模型",
    "the device {} cannot be used here ({}); set {} to cpu, or leave it out": "这里用不了 {0}；请把 {2} 设为 cpu，或不设",
    "a batch of {} texts is none; set {} to 1 or more": "每批的数量不能是 {0}；请把 {1} 设为 1 以上",
    "no such backend: {}; set {} to {}": "没有 {0} 这种运行方式；{1} 可以设为 {2}",
    'the backend {} is not installed ({} missing); run: pip install "sentence-transformers[{}]", or set {} to torch': (
        '{0} 还没有安装；请运行：pip install "sentence-transformers[{0}]"，或把 {3} 设为 torch'
    ),
    "{}={} is no whole number; set it to 1 or more": "{0} 不是整数；请设为 1 以上",
}
QUESTIONS: dict[str, str] = {
    "the question is empty: ask something, for example who, when or how many": "问题是空的；请写一句话，例如何人、何时、多少",
    "the question has {} characters, {} at most: ask a shorter one": "问题有 {0} 个字，最多 {1} 个；请写短一些",
    "words to look for may be {} characters at most; leave some out": "要查的字句最多 {0} 个字，请少写一些",
    "there are no words to look for; give one or more, a phrase in quotation marks": "没有要查的字句，请写上一个或几个字",
    "these are {} words or phrases, {} at most can be looked for at once": "一次最多查 {1} 个字句，这里有 {0} 个",
    "is only marks; give a word, a number or a Chinese character": "只有标点，请写上汉字、字母或数字",
    "a date filter needs days like 2021-06-08, not {} to {}": "日期要写成 2021-06-08 这样；“{0}”到“{1}”读不懂",
    "{} is no date: give a day as 2021-06-08, a month as 2021-06 or a year as 2021": (
        "{0} 不是日期；请写成 2021-06-08、2021-06 或 2021"
    ),
    "what the page sent along with this question cannot be read; reload the page and ask again": "这一问没有送全，请刷新本页再问",
    "too many are asking at this moment; please ask again in a moment": "这会儿提问的人太多，请稍候再问",
}
