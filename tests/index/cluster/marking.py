"""The hash encoder as the machines of a test cluster load it: each notes in a folder which node works, and how often."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from index.schema import Vectors
from tests.index.storage.sample import HashEncoder

FOLDER = "WENBAO_TEST_MARKS"


def load() -> HashEncoder:
    """Return an encoder that takes a little while and leaves a mark for each file."""
    return Marking()


class Marking(HashEncoder):
    """The hash encoder with marks. Knows the node by Ray, so it works on machines of a cluster only."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        import ray

        context = ray.get_runtime_context()
        mark = f"{context.get_node_id()}.{len(context.get_accelerator_ids().get('GPU', []))}.{uuid.uuid4().hex}"
        (Path(os.environ[FOLDER]) / mark).touch()
        time.sleep(0.02)
        return super().encode_passages(texts)


def marks(folder: Path) -> dict[str, int]:
    """Return how many files each node has encoded."""
    counts: dict[str, int] = {}
    for path in folder.iterdir():
        node = path.name.split(".")[0]
        counts[node] = counts.get(node, 0) + 1
    return counts


def used_gpu(folder: Path) -> bool:
    """Tell whether every file was encoded where Ray had given a GPU."""
    return all(path.name.split(".")[1] == "1" for path in folder.iterdir())
