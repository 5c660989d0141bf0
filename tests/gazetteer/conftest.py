from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from gazetteer.geoparse import geoparse
from gazetteer.toponyms import Resolution


@pytest.fixture
def found(parse, place_store) -> Callable[[str], Mapping[str, Resolution]]:
    """Return the mentions of a text by their words, with what each was resolved to."""

    def by_surface(text: str) -> Mapping[str, Resolution]:
        resolutions = geoparse(text, doc=parse(text), store=place_store).resolutions
        return {r.mention.surface: r for r in resolutions}

    return by_surface
