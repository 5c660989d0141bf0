"""What every test shares: the real place store and the real language pipeline, made once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from gazetteer.paths import cache_folder

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gazetteer.store import PlaceStore

# The place store may be shared with the user's: it is read-only and made from shipped data.
os.environ.setdefault("DATELINE_CACHE", str(cache_folder()))
os.environ["DATELINE_HOME"] = tempfile.mkdtemp(prefix="dateline-tests-")
for _name in ("DATELINE_GEOCODER", "DATELINE_MODEL", "DATELINE_DATABASE"):
    os.environ.pop(_name, None)


@pytest.fixture(scope="session")
def place_store() -> Iterator[PlaceStore]:
    from gazetteer.build import open_place_store

    with open_place_store() as store:
        yield store


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Doc]:
    from gazetteer.language import parse

    return parse
