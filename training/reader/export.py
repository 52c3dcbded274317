"""Write the reader's weights file, and read a network back from one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

from training.reader.network import Net
from training.reader.tables import Tables


def weights_of(net: Net, tables: Tables, table_size: int) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]:
    """Return what ``qa.reader.Reader`` takes: the network in half precision, the tables as they are."""
    weights: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {
        name: value.detach().numpy().astype(np.float16) for name, value in net.state_dict().items()
    }
    return {
        **weights,
        "rarity": tables.rarity,
        "sign_keys": tables.signs,
        "table_size": np.array([table_size], dtype=np.int64),
    }


def write(net: Net, tables: Tables, table_size: int, path: Path) -> None:
    """Write the weights file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights_of(net, tables, table_size), path)


def restore(net: Net, path: Path) -> None:
    """Give a network the weights of a file."""
    saved = load_file(path)
    net.load_state_dict({name: torch.from_numpy(saved[name].astype(np.float32)) for name in net.state_dict()})


def width_of(path: Path) -> int:
    """Return the width of the network whose weights a file holds."""
    return int(load_file(path)["bias"].shape[0])
