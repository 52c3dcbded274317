"""Retrieve passages with LlamaIndex. Needs: pip install "wenbao[llamaindex]"

python examples/llamaindex_retriever.py data/archive
"""

import sys

from qa.integrations.llamaindex import WenbaoRetriever

retriever = WenbaoRetriever.open(sys.argv[1], limit=3)
for found in retriever.retrieve("新增多少个就业岗位"):
    print(found.node.metadata["quote"], found.node.metadata["gbt7714"], sep="\n  ")
