"""Keeps the columns of a large store in a file, so that the next start need not read them anew.

The file is only a copy: it names the state of the store that it holds, and is used while the
store can tell what was written since. Numbers and words, nothing that could run when it is read.
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

from dashboard.store.revisions import State
from gazetteer.paths import cache_folder

if TYPE_CHECKING:
    from dashboard.store.reading import Columns

_FORM = 6


def column_file(url: str) -> Path:
    """Return where the columns of the store at this address are kept."""
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    return cache_folder() / f"columns-{name}.npz"


def load_columns(path: Path) -> tuple[State | None, Columns]:
    """Return the columns that the file holds, and the state of the store that they are of.

    None, and no columns, when it holds none.
    """
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes())
            if head["form"] != _FORM:
                return None, {}
            words = {name: tuple(values) for name, values in head["words"].items()}
            return State(*head["state"]), {name: file[name] for name in head["arrays"]} | words
    except (OSError, EOFError, BadZipFile, ValueError, KeyError):
        return None, {}


def save_columns(path: Path, state: State, columns: Columns) -> None:
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
