"""Ask an archive with the OpenAI client, whole and streamed. Needs: pip install openai

python examples/openai_client.py http://127.0.0.1:7860
"""

import os
import sys

from openai import OpenAI

# Without a key on the server any word will do; the client insists on one.
client = OpenAI(base_url=f"{sys.argv[1].rstrip('/')}/v1", api_key=os.environ.get("WENBAO_KEY", "none"))
question = {"role": "user", "content": "智汇谷产业基地计划新增多少个就业岗位？"}

reply = client.chat.completions.create(model="wenbao", messages=[question])
print(reply.choices[0].message.content)
for citation in reply.citations:  # the same as those of /api/ask
    print(citation["number"], citation["gbt7714"])

for piece in client.chat.completions.create(model="wenbao", messages=[question], stream=True):
    print(piece.choices[0].delta.content or "", end="")
print()
