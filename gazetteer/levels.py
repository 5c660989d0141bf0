"""A place that is named level by level, as tables name it: town, district, province, country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.countries import countries
from gazetteer.places import GeoPrecision, Place
from gazetteer.resolution import resolve
from gazetteer.store import PlaceStore
from gazetteer.toponyms import Mention, MentionKind

SURE = 0.5
"""A name stands for the place that is likelier than all others together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place with the name that stood for it."""

    place: Place
    name: str


def named_place(
    levels: Sequence[str],
    store: PlaceStore,
    *,
    country_code: str | None = None,
    is_town: bool = False,
) -> NamedPlace | None:
    """Return the place of the first of `levels`, the finest first, that is surely one.

    What is known of a town's province and country tells it from its namesakes; where it stays
    open which of them is meant, the place is the province, or the country. With `country_code`
    no place of another country is meant, with `is_town` the first level is no province.
    """
    country = countries().get(country_code or "")
    names = [*filter(None, map(str.strip, levels)), *([country.name] if country else [])]
    for at, resolution in enumerate(resolve(*_as_text(names), store)):
        may_be = [
            candidate
            for candidate in resolution.candidates
            if not (is_town and at == 0) or candidate.place.precision <= GeoPrecision.NEAR
        ]
        scores = sum(candidate.score for candidate in may_be)
        for best in may_be[:1]:
            if best.score > SURE * scores and _is_in(best.place, country_code):
                return NamedPlace(place=best.place, name=resolution.mention.surface)
    return None


def _as_text(names: Sequence[str]) -> tuple[str, list[Mention]]:
    mentions, start = [], 0
    for name in names:
        end = start + len(name)
        mentions.append(Mention(start=start, end=end, surface=name, kind=MentionKind.LITERAL))
        start = end + len(_BETWEEN)
    return _BETWEEN.join(names), mentions


_BETWEEN = ", "


def _is_in(place: Place, country_code: str | None) -> bool:
    return country_code in {None, place.country_code, *place.countries}
