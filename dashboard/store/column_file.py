"""Keeps the columns of a large store in a file, so that the next start need not read them anew.

The file is only a copy: it names the state of the store that it holds, and one of any other
state is not used. Numbers and words, nothing that could run when it is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from gazetteer.paths import cache_folder

if TYPE_CHECKING:
    from dashboard.store.reading import Columns

FEWEST_EVENTS = 20_000
"""A smaller store is read as fast as the file."""

_FORM = 2


def column_file(url: str) -> Path:
    """Return where the columns of the store at this address are kept."""
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    return cache_folder() / f"columns-{name}.npz"


def load_columns(path: Path, state: str) -> Columns | None:
    """Return the columns of this state of the store, or None when the file holds no such."""
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes())
            if head["form"] != _FORM or head["state"] != state:
                return None
            words = {name: tuple(values) for name, values in head["words"].items()}
            return {name: file[name] for name in head["arrays"]} | words
    except (OSError, EOFError, BadZipFile, ValueError, KeyError):
        return None


def save_columns(path: Path, state: str, columns: Columns) -> None:
    """Keep the columns; where that cannot be done, the next start reads the store."""
    arrays = {name: value for name, value in columns.items() if isinstance(value, np.ndarray)}
    words = {name: value for name, value in columns.items() if name not in arrays}
    head = {"form": _FORM, "state": state, "arrays": list(arrays), "words": words}
    packed = np.frombuffer(json.dumps(head).encode(), np.uint8)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as file:
            np.savez(file, allow_pickle=False, head=packed, **arrays)
        Path(file.name).chmod(0o600)
        Path(file.name).replace(path)
