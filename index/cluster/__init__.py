"""Files read, parsed, cut into words and encoded by the machines of a Ray cluster, in place of this one's processors.

    joining   finding the cluster, or saying in one line why there is none
    feeding   the bytes of files, read on this machine and sent in blocks
    nodes     what runs on the other machines
    pipeline  the blocks through the pool of actors and back, in their order
    remembered  what was read of slow files, so that a scan is recognised once

``Cluster`` is a ``Workers``: the archive is written by this process alone, source by source, as in any update. Ray is imported
when a cluster is joined, not before. Knows nothing of archives.
"""

from __future__ import annotations

from index.cluster.joining import join
from index.cluster.pipeline import Cluster

__all__ = ["Cluster", "join"]
