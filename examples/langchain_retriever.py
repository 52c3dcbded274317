"""Retrieve passages with LangChain. Needs: pip install "wenbao[langchain]"

python examples/langchain_retriever.py data/archive
"""

import sys

from qa.integrations.langchain import WenbaoRetriever

retriever = WenbaoRetriever.open(sys.argv[1], limit=3)
for document in retriever.invoke("新增多少个就业岗位"):
    print(document.metadata["quote"], document.metadata["gbt7714"], sep="\n  ")
