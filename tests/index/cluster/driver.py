"""One update over a cluster in a process of its own: the tests of ``index.cluster`` run, stop and question it.

    python -m tests.index.cluster.driver ADDRESS ARCHIVE INBOX REMEMBERED

``ADDRESS`` may be ``two``: a cluster of two nodes is started here, and the other one killed once it has encoded something;
or ``gpu``: a cluster of one node that says it has a GPU.
Prints a JSON object. Every file taken in is printed to stderr.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.cluster import join
from tests.index.cluster.marking import FOLDER, load, marks
from tests.index.storage.sample import HashEncoder


def update(address: str, archive: Path, inbox: Path, remembered: Path, *, when: Any = None) -> dict[str, Any]:
    """Take in an inbox through the cluster at an address; ``when`` is called at each step of progress."""

    def progress(done: int, total: int, source: str) -> None:
        print(source, file=sys.stderr, flush=True)
        if when:
            when()

    with (
        Archive.open(archive, encoder=HashEncoder()) as opened,
        join(address, HashEncoder(), load, remembered=remembered, progress=progress) as workers,
    ):
        return opened.update([inbox], progress=progress, workers=workers).to_dict()


def with_two_nodes(archive: Path, inbox: Path, remembered: Path, folder: Path) -> dict[str, Any]:
    """Update on two nodes and kill one on the way."""
    from ray.cluster_utils import Cluster

    size = 150 * 1024 * 1024
    cluster = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": size, "include_dashboard": False}
    )
    other = cluster.add_node(num_cpus=1, object_store_memory=size)
    before: dict[str, int] = {}

    def kill() -> None:
        if not before and marks(folder).get(other.node_id):
            before.update(marks(folder))
            cluster.remove_node(other, allow_graceful=False)

    try:
        report = update(cluster.address, archive, inbox, remembered, when=kill)
    finally:
        cluster.shutdown()
    after = marks(folder)
    return {**report, "before": before, "after": after, "killed": other.node_id}


def with_a_gpu(archive: Path, inbox: Path, remembered: Path) -> dict[str, Any]:
    """Update on a node with a GPU, by its own word."""
    from ray.cluster_utils import Cluster

    size = 150 * 1024 * 1024
    node = {"num_cpus": 1, "num_gpus": 1, "object_store_memory": size, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=node)
    try:
        return update(cluster.address, archive, inbox, remembered)
    finally:
        cluster.shutdown()


def main() -> None:
    """Run what the arguments say."""
    address, *paths = sys.argv[1:]
    archive, inbox, remembered = map(Path, paths)
    if address == "two":
        print(json.dumps(with_two_nodes(archive, inbox, remembered, Path(os.environ[FOLDER]))))
    elif address == "gpu":
        print(json.dumps(with_a_gpu(archive, inbox, remembered)))
    else:
        print(json.dumps(update(address, archive, inbox, remembered)))


if __name__ == "__main__":
    main()
