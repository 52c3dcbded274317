"""A LangChain retriever over an archive. Needs ``pip install "wenbao[langchain]"``."""

from __future__ import annotations

from typing import Any

from index.errors import WenbaoError
from index.schema import Filter
from qa.assistant import Assistant
from qa.integrations.records import facts

try:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
    from pydantic import ConfigDict, Field
except ImportError as error:
    raise WenbaoError('the LangChain retriever needs one more package: pip install "wenbao[langchain]"') from error


class WenbaoRetriever(BaseRetriever):
    """Returns the passages nearest to a query as documents, best first; their metadata holds quote and citation."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Any = Field(description="An open qa.Assistant")
    limit: int = Field(default=5, ge=1, le=100)
    filter: Filter | None = None

    @classmethod
    def open(cls, archive: str, *, model: str | None = None, limit: int = 5, filter: Filter | None = None) -> WenbaoRetriever:
        """Open an archive for retrieval. Raises as ``Assistant.open``."""
        return cls(assistant=Assistant.open(archive, model=model), limit=limit, filter=filter)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.assistant.search(query, self.limit, filter=self.filter)
        return [Document(id=hit.citation.passage_id, page_content=hit.citation.passage_text, metadata=facts(hit)) for hit in hits]
