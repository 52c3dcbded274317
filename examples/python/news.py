"""What news has beside single answers: offices by date, the course of a story, the contents of an issue, reprints.

python examples/python/news.py data/archive
"""

import asyncio
import sys

from qa import Assistant

with Assistant.open(sys.argv[1]) as assistant:
    # Who holds an office: all whom the archive names, the newest first, each line after the day of its issue.
    print(assistant.ask("聊城市市长是谁？").text)

    # How a matter went on: articles a day, month or year, and one quote a date.
    line = assistant.timeline("第六届中国智能建筑节")
    for moment in line.moments if line else ():
        print(moment.date, moment.articles, moment.citation.quote)

    # What an issue prints, page by page; what the archive lacks comes with the nearest days.
    for page in assistant.contents("2021-06-08").pages:
        for article in page.articles:
            print(page.page, article.headline or article.quote)
    print("nearest:", assistant.contents("2021-06-30").nearest)

    # Reprints travel with the citation of the earliest printing.
    for hit in assistant.search("智能建筑节"):
        for printing in hit.citation.also_printed_in:
            print(hit.citation.label, "=", printing.label, printing.differs)

    # From an event loop; cancelled, a question stops after the step under way.
    print(asyncio.run(assistant.aask("智汇谷产业基地计划新增多少个就业岗位？")).text)
