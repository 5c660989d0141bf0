"""The places that bear a name, or the name that it is a spelling of: the ranker's options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.countries import country_by_name
from gazetteer.features import (
    Option,
    is_inside,
    kind_of_place,
    usual_population,
)
from gazetteer.geodesy import distance_km
from gazetteer.lookup import Names
from gazetteer.names import is_spelling_of, name_key
from gazetteer.places import FeatureClass, Place
from gazetteer.rules import table

if TYPE_CHECKING:
    from gazetteer.store import NameMatch


MOST_OPTIONS = 40
"""Bearers of a name that are weighed: the largest, and those that context may ask for."""

_LONGEST_CODE = 3
_NAMED_FOR_KIND = 10
"""A bare name means "X Province" as seldom as if it had this part of its people."""
_LESS_USUAL = 2
"""The others that share a name with a usual bearer, the best known, are as little known as if they
were so small."""
_LARGE_TOWN = 300_000
_FAR_LARGER = 10
_SHORTEST_OTHER_NAME = 5
"""What is shorter may be the code of an airport."""
_SAME_PLACE_KM = 50.0
_TOWNS = frozenset({"town", "seat", "capital"})
_OWNER_POPULATION = 100_000
"""A town of so many, and of half as many as another has, keeps its own name to itself."""
_BORROWED = 20
"""Amman is meant by "Philadelphia" as seldom as if it had this part of its people."""
_NAMESAKE_POPULATION = 20_000

_METROPOLIS_POPULATION = 1_000_000
"""From this size on a town is also known by a short name: New York, for New York City."""

_DIVISION_WORDS = frozenset(
    {"province", "state", "governorate", "oblast", "krai", "prefecture", "canton", "emirate",
     "region", "area", "district", "county", "parish", "township", "municipality", "city", "town",
     "village"}
)  # fmt: skip
"""Type words that a name may be looked up without; a river is not the town of that name."""

_PREFIXES = (
    "city of ", "town of ", "village of ", "state of ", "province of ", "republic of ",
    "greater ", "downtown ", "county ",
)  # fmt: skip


def options_of(matches: Sequence[NameMatch], names: Names) -> list[Option]:
    """Return what the ranker weighs of a name's bearers, the most populous first."""
    best: dict[str, NameMatch] = {}
    for match in matches:
        known = best.get(match.place.place_id)
        if known is None or (match.is_primary and not known.is_primary):
            best[match.place.place_id] = match
    chosen = sorted(best.values(), key=lambda m: (-usual_population(m.place), m.place.place_id))[
        :MOST_OPTIONS
    ]
    populations = _populations(chosen)
    usual = populations.keys() & {_usual_bearers().get(name_key(match.matched)) for match in chosen}
    if usual:
        largest = max(populations.values())
        for place_id in populations:
            populations[place_id] //= _LESS_USUAL
        populations |= dict.fromkeys(usual, largest)
        chosen.sort(key=lambda m: -populations[m.place.place_id])
    largest = max(populations.values(), default=0)
    unrivalled = _unrivalled(chosen, populations)
    return [
        Option(
            place=m.place,
            is_primary=m.place.place_id in usual or _is_own_name(m),
            rank=rank,
            largest_population=largest,
            kind=kind_of_place(m.place),
            population=populations[m.place.place_id],
            countries=names.countries_of(m.place),
            shore_countries=names.shore_countries_of(m.place),
            is_unrivalled=m.place is unrivalled,
            is_usual=m.place.place_id in usual,
            holds_namesake=bool(_namesake_towns(m.place, chosen)),
            is_in_namesake_country=_is_in_namesake_country(m.place, chosen),
            holds_owner=not m.is_primary and _holds_owner(m.place, chosen),
        )
        for rank, m in enumerate(chosen)
    ]


def _populations(bearers: Sequence[NameMatch]) -> dict[str, int]:
    """Return by id how many people speak for a place being what the name means."""
    populations = {m.place.place_id: usual_population(m.place) for m in bearers}
    for match in bearers:
        towns = _namesake_towns(match.place, bearers)
        if towns:
            # A division that is called after its town is no better known than the town.
            populations[match.place.place_id] = max(usual_population(town) for town in towns)
    for match in bearers:
        if _is_named_for_its_kind(match):
            populations[match.place.place_id] //= _NAMED_FOR_KIND
    owner = max(map(_people_of_own_town, bearers), default=0)
    for match in bearers:
        if owner >= max(_OWNER_POPULATION, (match.place.population or 0) // 2) and _borrows(match):
            populations[match.place.place_id] //= _BORROWED
    return populations


def _unrivalled(bearers: Sequence[NameMatch], populations: Mapping[str, int]) -> Place | None:
    """Return the large town whose name it is, in full or in short, if no other is near its size.

    And the one that alone goes by a name which is not its own: Hodeidah.
    """
    towns = [m for m in bearers if kind_of_place(m.place) in _TOWNS]
    own = [match for match in towns if _starts_with(match)]
    named = own or [match for match in towns if len(match.matched) >= _SHORTEST_OTHER_NAME]
    match = max(named, key=lambda match: match.place.population or 0, default=None)
    if match is None or (match.place.population or 0) < _LARGE_TOWN:
        return None
    town = match.place
    is_its_name = _starts_with(match)
    others = (other.place for other in bearers if other.place is not town)
    has_rival = any(
        (populations[other.place_id] * _FAR_LARGER > (town.population or 0) or not is_its_name)
        and distance_km(other.coordinates, town.coordinates) > _SAME_PLACE_KM
        and not (kind_of_place(other) == "admin1" and is_inside(town, other))
        for other in others
    )
    return None if has_rival else town


def _starts_with(match: NameMatch) -> bool:
    return f"{name_key(match.place.name)} ".startswith(f"{name_key(match.matched)} ")


@cache
def _usual_bearers() -> Mapping[str, str]:
    """Return what world news mean by a name that places of a kind share, by the name's key."""
    return {name_key(name): place_id for name, place_id, _ in table("usual_bearers", 3)}


def variants(surface: str) -> list[str]:
    """Return the spellings under which a surface is looked up, the likeliest first."""
    name = " ".join(surface.split())
    found = [name]
    lower = name.lower()
    found.extend(name[len(prefix) :] for prefix in _PREFIXES if lower.startswith(prefix))
    first, _, last = name.rpartition(" ")
    if first and last.lower() in _DIVISION_WORDS:
        found.append(first)
    if "." in name:
        found.append(name.replace(".", ""))
    if "-" in name:
        found.append(name.replace("-", " "))
    return found


def is_country_code(name: str, match: NameMatch) -> bool:
    """Say whether a country would go by letters that no text means it by: "SEN", "GNB"."""
    is_short = (
        len(name) <= _LONGEST_CODE and name.isascii() and match.place.feature_code.startswith("PCL")
    )
    return is_short and country_by_name(name) is None


def _is_own_name(match: NameMatch) -> bool:
    """Say whether the place goes by the name: its own, in another script, or without "City"."""
    is_short = name_key(f"{match.matched} City") == name_key(match.place.name)
    return (
        match.is_primary
        or is_short
        or not _is_latin(match.matched)
        or (
            match.place.feature_class is FeatureClass.POPULATED
            and is_spelling_of(match.matched, match.place.name)
        )
    )


def _people_of_own_town(match: NameMatch) -> int:
    is_town = match.place.feature_class is FeatureClass.POPULATED
    return (match.place.population or 0) if is_town and match.is_primary else 0


def _borrows(match: NameMatch) -> bool:
    """Say whether a town goes by a name that is not its own."""
    return match.place.feature_class is FeatureClass.POPULATED and not _is_own_name(match)


def _is_named_for_its_kind(match: NameMatch) -> bool:
    """Say whether a division's own name adds its kind, as in "Gaza Province": seldom left out."""
    if match.is_primary or not match.place.feature_code.startswith("ADM"):
        return False
    return match.place.name.rpartition(" ")[2].lower() in _DIVISION_WORDS


def _is_latin(name: str) -> bool:
    """Say whether a name is in Latin letters; in others it is the place's own in a language."""
    return any(character < "\u0250" and character.isalpha() for character in name)


def _namesake_towns(place: Place, matches: Sequence[NameMatch]) -> list[Place]:
    """Return the towns of the same name that lie in a division."""
    if place.feature_class is not FeatureClass.ADMIN or kind_of_place(place) == "country":
        return []
    return [
        other.place
        for other in matches
        if other.place.feature_class is FeatureClass.POPULATED
        and (other.place.population or 0)
        >= (_NAMESAKE_POPULATION if other.is_primary else _METROPOLIS_POPULATION)
        and is_inside(other.place, place)
    ]


def _is_in_namesake_country(place: Place, matches: Sequence[NameMatch]) -> bool:
    return any(
        other.is_primary
        and kind_of_place(other.place) == "country"
        and is_inside(place, other.place)
        for other in matches
    )


def _holds_owner(place: Place, matches: Sequence[NameMatch]) -> bool:
    return kind_of_place(place) == "country" and any(
        other.is_primary
        and kind_of_place(other.place) == "admin1"
        and is_inside(other.place, place)
        for other in matches
    )
