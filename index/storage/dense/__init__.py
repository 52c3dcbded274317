"""The dense leg: nearest passages by inner product, by FAISS.

Exact while an archive is small; past ``EXACT_UP_TO`` passages compact codes choose candidates and the stored vectors
rank them (docs/adr/0009-compact-dense-leg.md). Rows of vectors are L2-normalised, so inner product is cosine. Knows
passages only by their row in the truth.
"""

from index.storage.dense.compact import Compact
from index.storage.dense.exact import Exact
from index.storage.dense.files import Rows, Stored
from index.storage.dense.leg import Dense, create, open_leg, suits

__all__ = ["Compact", "Dense", "Exact", "Rows", "Stored", "create", "open_leg", "suits"]
