"""Ask an archive with the Gradio client. Needs: pip install gradio_client

python examples/gradio_chat.py http://127.0.0.1:7860
"""

import sys

from gradio_client import Client

client = Client(sys.argv[1], verbose=False, analytics_enabled=False)
answer = client.predict("智汇谷产业基地计划新增多少个就业岗位？", api_name="/ask")
for citation in answer["citations"]:
    print(citation["quote"], citation["label"], sep="\n  ")
