"""A LlamaIndex retriever over an archive. Needs ``pip install "wenbao[llamaindex]"``."""

from __future__ import annotations

from index.errors import WenbaoError
from index.schema import Filter
from qa.assistant import Assistant
from qa.integrations.records import facts

try:
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
except ImportError as error:
    raise WenbaoError('the LlamaIndex retriever needs one more package: pip install "wenbao[llamaindex]"') from error


class WenbaoRetriever(BaseRetriever):
    """Returns the passages nearest to a query as nodes, best first; their metadata holds quote and citation."""

    def __init__(self, assistant: Assistant, *, limit: int = 5, filter: Filter | None = None) -> None:
        self._assistant = assistant
        self._limit = limit
        self._filter = filter
        super().__init__()

    @classmethod
    def open(cls, archive: str, *, model: str | None = None, limit: int = 5, filter: Filter | None = None) -> WenbaoRetriever:
        """Open an archive for retrieval. Raises as ``Assistant.open``."""
        return cls(Assistant.open(archive, model=model), limit=limit, filter=filter)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        nodes: list[NodeWithScore] = []
        for hit in self._assistant.search(query_bundle.query_str, self._limit, filter=self._filter):
            found = facts(hit)
            # What a model is shown of the source is its label; the rest is for the program.
            hidden = [name for name in found if name != "label"]
            node = TextNode(
                id_=hit.citation.passage_id,
                text=hit.citation.passage_text,
                metadata=found,
                excluded_llm_metadata_keys=hidden,
                excluded_embed_metadata_keys=list(found),
            )
            nodes.append(NodeWithScore(node=node, score=hit.score))
        return nodes
