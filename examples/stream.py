"""See an answer come, step by step, as Server-Sent Events. Needs: pip install httpx

python examples/stream.py http://127.0.0.1:7860
"""

import json
import sys

import httpx

question = {"question": "智汇谷产业基地计划新增多少个就业岗位？"}
with httpx.stream("GET", f"{sys.argv[1].rstrip('/')}/api/ask/stream", params=question, timeout=30) as response:
    for line in response.iter_lines():
        if line.startswith("event: "):
            event = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data = json.loads(line.removeprefix("data: "))
            print(event, data["quote"] if event == "quote" else "")
