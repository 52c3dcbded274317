"""What the machines of a cluster do with a block, without a cluster."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from index.cluster.nodes import Encoding, Preparing, _block, own_code, unpacked
from index.cluster.pipeline import _plainly
from index.errors import ClusterError, ModelError
from index.preparing import Prepared, content_key, prepare
from index.readers import read_file
from index.readers.parcel import pack
from tests.index.storage.sample import HashEncoder, page_text

pytest.importorskip("pyarrow")


def block(inbox: Path, names: Sequence[str]) -> object:
    """Pack files as the feeder does."""
    import pyarrow as pa

    orders = [
        pickle.dumps(
            (pack(inbox / name, base=inbox), content_key(read_file(inbox / name).pages) if name != "broken.docx" else None)
        )
        for name in names
    ]
    return pa.table({"order": pa.array(orders, pa.large_binary())})


def test_a_block_is_prepared_and_encoded_in_its_order(inbox: Path) -> None:
    (inbox / "broken.docx").write_bytes(b"PK\3\4 no")
    names = ["page0003.txt", "broken.docx", "page0001.txt"]
    parcels = block(inbox, names)
    # It was changed after the update had looked at it, or cannot be read: told as a failure, and costs no other file anything.
    (inbox / "page0001.txt").write_text(page_text(77), encoding="utf-8")
    with closing(Preparing(own_code(), partial(Encoding, HashEncoder, HashEncoder().fingerprint))) as preparing:
        first, broken, last = (prepared for _, prepared in unpacked(preparing(parcels)))
    expected = prepare(inbox / names[0])
    assert first.vectors is not None
    assert np.array_equal(first.vectors, HashEncoder().encode_passages(list(expected.words)))
    assert (first.parsed, dict(first.words), first.content) == (expected.parsed, dict(expected.words), expected.content)
    assert list(first.features()) == list(first.words)
    assert broken.failure is not None
    assert broken.failure.source == str(inbox / "broken.docx")
    assert last.failure is None, "a parcel is what it was when it was packed"


def test_a_machine_with_other_code_or_another_model_refuses(inbox: Path) -> None:
    with pytest.raises(ClusterError, match="has another version of Wenbao; install the same one on every machine"):
        Preparing("other", None)
    with pytest.raises(ClusterError, match="has another model under the name hash; put the same one on every machine"):
        Encoding(HashEncoder, "other")


def test_vectors_are_added_to_what_was_prepared_without(inbox: Path) -> None:
    plain = prepare(inbox / "page0002.txt")
    done = _block(iter([("digest", plain)]))
    assert plain.vectors is None
    assert plain.features() == {}
    ((digest, encoded),) = unpacked(Encoding(HashEncoder, HashEncoder().fingerprint)(done))
    assert digest == "digest"
    assert encoded.vectors is not None
    assert encoded.vectors.shape == (len(plain.words), 32)
    assert isinstance(encoded, Prepared)


def test_an_error_of_ours_is_found_within_one_of_rays() -> None:
    ours = ModelError("model m failed")
    outer = RuntimeError("ray")
    outer.__cause__ = ours
    assert _plainly(outer) is ours
    told = _plainly(RuntimeError("died\nTraceback\nindex.errors.ClusterError: the machine a has another version\n\nmore"))
    assert str(told) == "the machine a has another version"
    assert str(_plainly(RuntimeError("x\nlost"))) == "the cluster gave up (lost); run the command again to go on"
