"""Where a text speaks of: places found in running text and resolved offline, with reasons.

    from gazetteer import geoparse

    for resolution in geoparse("The envoy left Tehran for Ormara, Pakistan.").resolutions:
        print(resolution.mention.surface, resolution.place)

Importing the package is cheap: the language pipeline, the place store and the online
geocoders are loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.build import open_place_store
from gazetteer.cache import CachedAnswer, Correction, GazetteerCache
from gazetteer.errors import GazetteerError
from gazetteer.evaluation import Evaluation, evaluate
from gazetteer.geoparse import geoparse
from gazetteer.language import parse
from gazetteer.places import (
    BoundingBox,
    Coordinates,
    FeatureClass,
    Geometry,
    GeoPrecision,
    Place,
)
from gazetteer.recognition import find_mentions
from gazetteer.resolution import resolve
from gazetteer.store import NameMatch, PlaceStore
from gazetteer.toponyms import Candidate, Geoparse, Mention, MentionKind, Reason, Resolution

if TYPE_CHECKING:
    from gazetteer.online import Geocoder, NominatimGeocoder, geocoder_from_environment

__all__ = [
    "BoundingBox",
    "CachedAnswer",
    "Candidate",
    "Coordinates",
    "Correction",
    "Evaluation",
    "FeatureClass",
    "GazetteerCache",
    "GazetteerError",
    "GeoPrecision",
    "Geocoder",
    "Geometry",
    "Geoparse",
    "Mention",
    "MentionKind",
    "NameMatch",
    "NominatimGeocoder",
    "Place",
    "PlaceStore",
    "Reason",
    "Resolution",
    "evaluate",
    "find_mentions",
    "geocoder_from_environment",
    "geoparse",
    "open_place_store",
    "parse",
    "resolve",
]


def __getattr__(name: str) -> object:
    """Import what needs geopy when it is asked for: most users never do."""
    if name not in {"Geocoder", "NominatimGeocoder", "geocoder_from_environment"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from gazetteer import online

    return getattr(online, name)
