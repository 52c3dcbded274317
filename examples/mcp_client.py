"""Use an archive as an agent does, over standard input and output or over HTTP. Needs: pip install "wenbao[mcp]"

python examples/mcp_client.py data/archive
python examples/mcp_client.py http://127.0.0.1:7860/mcp
"""

import sys

import anyio
from mcp import Client, StdioServerParameters, stdio_client


async def main(place: str) -> None:
    if place.startswith("http"):
        server = place
    else:
        server = stdio_client(StdioServerParameters(command=sys.executable, args=["-m", "qa.main", "mcp", "--archive", place]))
    async with Client(server) as client:
        print(", ".join(tool.name for tool in (await client.list_tools()).tools))

        answer = (await client.call_tool("ask", {"question": "智汇谷产业基地计划新增多少个就业岗位？"})).structured_content
        for citation in answer["citations"]:
            print(citation["quote"], citation["label"], sep="\n  ")

        lines = (await client.call_tool("snippets", {"words": "就业岗位", "width": 10})).structured_content
        for line in lines["lines"]:
            print(line["left"], line["words"], line["right"], sep="|")


anyio.run(main, sys.argv[1])
