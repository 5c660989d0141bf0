"""Where a text speaks of: places found in running text and resolved offline, with reasons.

    from gazetteer import geoparse

    for resolution in geoparse("The envoy left Tehran for Ormara, Pakistan.").resolutions:
        print(resolution.mention.surface, resolution.place)

Importing the package is cheap: the language pipeline, the place store, the rules and the online
geocoders are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from gazetteer.added import new_place, read_area
from gazetteer.build import open_place_store
from gazetteer.cache import CachedAnswer, GazetteerCache
from gazetteer.corrections import AddedPlace, Correction, CorrectionScope
from gazetteer.errors import GazetteerError
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
from gazetteer.store import NameMatch, NearbyPlace, PlaceStore, Suggestion
from gazetteer.toponyms import Candidate, Geoparse, Mention, MentionKind, Reason, Resolution

if TYPE_CHECKING:
    from gazetteer.evaluation import Evaluation, evaluate
    from gazetteer.online import (
        Geocoder,
        GeoNamesGeocoder,
        NominatimGeocoder,
        PhotonGeocoder,
        geocoder_from_environment,
    )
    from gazetteer.recognition import find_mentions
    from gazetteer.resolution import resolve

__all__ = [
    "AddedPlace",
    "BoundingBox",
    "CachedAnswer",
    "Candidate",
    "Coordinates",
    "Correction",
    "CorrectionScope",
    "Evaluation",
    "FeatureClass",
    "GazetteerCache",
    "GazetteerError",
    "GeoNamesGeocoder",
    "GeoPrecision",
    "Geocoder",
    "Geometry",
    "Geoparse",
    "Mention",
    "MentionKind",
    "NameMatch",
    "NearbyPlace",
    "NominatimGeocoder",
    "PhotonGeocoder",
    "Place",
    "PlaceStore",
    "Reason",
    "Resolution",
    "Suggestion",
    "evaluate",
    "find_mentions",
    "geocoder_from_environment",
    "geoparse",
    "new_place",
    "open_place_store",
    "parse",
    "read_area",
    "resolve",
]

_WHEN_ASKED = {
    "Evaluation": "evaluation",
    "GeoNamesGeocoder": "online",
    "Geocoder": "online",
    "NominatimGeocoder": "online",
    "PhotonGeocoder": "online",
    "evaluate": "evaluation",
    "find_mentions": "recognition",
    "geocoder_from_environment": "online",
    "resolve": "resolution",
}


def __getattr__(name: str) -> object:
    """Import what needs geopy or all of the rules, and what measures, when it is asked for."""
    if name not in _WHEN_ASKED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"gazetteer.{_WHEN_ASKED[name]}"), name)
