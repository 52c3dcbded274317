"""The collections of an archive on Milvus: their fields, their indexes, and what a server can that Milvus Lite cannot.

    state     one row that says which change is the last; writing it is what commits; and the writer's lease
    sources   one row a source as taken in once (an edition): born and died are the changes it came and went with
    issues, articles   records as JSON, cut into parts where a column is too short
    passages  text, what filters ask for, the dense vector, the sparse vector that BM25 is computed by
    counts    in how many passages each token stands

Writes and reads no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from index.errors import ArchiveError
from index.storage.milvus.address import INDEX, Address, require_library

STATE, SOURCES, ISSUES, ARTICLES, COUNTS = "state", "sources", "issues", "articles", "counts"
_TEXT = 65_535
_KEY = 256
_AUTHORS = 1_024
_BANDS = 16
_PARTITIONS = 64


@dataclass(frozen=True, slots=True)
class DenseIndex:
    """How dense vectors are indexed, and how widely a search looks."""

    kind: str
    building: dict[str, Any]
    searching: dict[str, Any]


# Parameters and memory for one million passages to a thousand millions: docs/scale-out.md.
DENSE: dict[str, DenseIndex] = {
    "flat": DenseIndex("FLAT", {}, {}),
    "hnsw": DenseIndex("HNSW", {"M": 24, "efConstruction": 300}, {"ef": 512}),
    "rabitq": DenseIndex(
        "IVF_RABITQ",
        {"nlist": 4_096, "refine": True, "refine_type": "SQ8"},
        {"nprobe": 256, "rbq_query_bits": 0, "refine_k": 10},
    ),
    "diskann": DenseIndex("DISKANN", {}, {"search_list": 512}),
}


def passages(epoch: int) -> str:
    """Return the collection of passages of an epoch: another model or other tokens begin a new one."""
    return f"passages_{epoch}"


def dense_index(address: Address) -> DenseIndex:
    """Return how dense vectors are indexed at an address. Raises ArchiveError for a kind that is not known."""
    if address.lite:
        return DENSE["flat"]
    kind = address.index or "hnsw"
    if kind not in DENSE:
        raise ArchiveError(f"{INDEX}={kind}: there is no such index; say one of {', '.join(DENSE)}")
    return DENSE[kind]


def partitions(table: str, address: Address) -> int | None:
    """Return into how many partitions papers are spread, None for collections that are not."""
    return _PARTITIONS if table.startswith("passages_") and not address.lite else None


def build(table: str, address: Address, *, dimensions: int = 0) -> tuple[Any, Any]:
    """Return schema and indexes of a collection, as pymilvus takes them."""
    require_library()
    from pymilvus import DataType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    indexes = MilvusClient.prepare_index_params()
    texts: tuple[str, ...]
    numbers: tuple[str, ...]
    indexed: tuple[str, ...]
    if table == STATE:
        schema.add_field("key", DataType.VARCHAR, max_length=_KEY, is_primary=True)
        texts, numbers, indexed = ("value",), (), ()
    elif table == SOURCES:
        schema.add_field("born", DataType.INT64, is_primary=True)
        texts = ("name", "content", "digest")
        numbers = ("died", "ended", "place", "reading", "issues", "articles", "passages")
        indexed = ("died",)
    elif table == COUNTS:
        schema.add_field("key", DataType.VARCHAR, max_length=_KEY, is_primary=True)
        texts, numbers, indexed = ("data",), ("first", "last"), ("first",)
    elif table == ISSUES:
        texts = ("id", "newspaper", "record")
        numbers = ("born", "number", "part", "id_number", "name_number", "day", "paper", "articles")
        indexed = ("born", "id_number", "name_number", "day")
    elif table == ARTICLES:
        texts = ("id", "record")
        numbers = ("born", "number", "part", "id_number", "issue_number", "ordinal", "place")
        indexed = ("born", "id_number", "issue_number", "place")
    else:
        texts = ("id", "record", "words", "sketch")
        numbers = ("born", "number", "id_number", "article_number", "day", "page", "word_count", "gram_count")
        indexed = ("born", "id_number", "article_number", "day", "page")
        schema.add_field("paper", DataType.INT64, is_partition_key=True)
        schema.add_field("authors", DataType.ARRAY, element_type=DataType.INT64, max_capacity=_AUTHORS)
        schema.add_field("bands", DataType.ARRAY, element_type=DataType.INT64, max_capacity=_BANDS)
    if table not in (STATE, SOURCES, COUNTS):
        schema.add_field("key", DataType.VARCHAR, max_length=_KEY, is_primary=True)
    for name in texts:
        schema.add_field(name, DataType.VARCHAR, max_length=_TEXT)
    for name in numbers:
        schema.add_field(name, DataType.INT64)
    for name in indexed:
        indexes.add_index(name, index_type="INVERTED")
    _add_vectors(schema, indexes, table, address, dimensions)
    return schema, indexes


def _add_vectors(schema: Any, indexes: Any, table: str, address: Address, dimensions: int) -> None:
    from pymilvus import DataType

    if not table.startswith("passages_"):
        # Milvus wants a vector in every collection; this one is never searched.
        schema.add_field("none", DataType.FLOAT_VECTOR, dim=2)
        indexes.add_index("none", index_type="FLAT", metric_type="L2")
        return
    kind = DataType.FLOAT_VECTOR if address.lite else DataType.FLOAT16_VECTOR
    schema.add_field("dense", kind, dim=dimensions)
    schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
    index = dense_index(address)
    indexes.add_index("dense", index_type=index.kind, metric_type="IP", params=index.building)
    indexes.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
