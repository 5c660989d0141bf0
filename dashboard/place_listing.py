"""Places as the gazetteer page shows them: rows of a table, and layers of the map."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import filterfalse, zip_longest
from typing import TYPE_CHECKING

from dashboard.articles import ArticleSummary
from dashboard.credits import PLACE_SOURCES
from dashboard.events import Event, EventLocation, EventReport
from dashboard.layers import Layers, map_layers
from gazetteer.countries import countries
from gazetteer.demonyms import place_id_of_demonym
from gazetteer.records import DATA_FOLDER, feature_types
from gazetteer.store import MOST_BEARERS, NameMatch
from gazetteer.toponyms import Mention, MentionKind

if TYPE_CHECKING:
    from gazetteer.places import Place
    from gazetteer.store import PlaceStore

MOST_NAMES = 12
"""Names of a place that a row shows."""

_OWN_LIST = {
    "Package": "Dateline's own list",
    "Taken": "Regions, straits, disputed lines, ranges, sites, crossings and further names, "
    "each with what it was placed by",
    "Licence": "Apache-2.0, as Dateline",
}
_FURTHER_SOURCES = {
    "adm1": "outline: Natural Earth; people: an estimate from its towns",
    "adm2": "outline: Natural Earth; people: an estimate from its towns",
    "border": "those too short for its map: Dateline's own list",
}


def kind_words(place: Place) -> str:
    """Return what kind of place it is, in a reader's words."""
    kind = feature_types().get(place.feature_code)
    return kind.meaning if kind else place.feature_code


def country_words(place: Place) -> str:
    """Return the names of the countries that it lies in or touches; empty on the high seas."""
    known = countries()
    return ", ".join(known[c].name if c in known else c for c in place.all_countries)


def place_words(place: Place, store: PlaceStore) -> str:
    """Return a place with its division, its country and its kind, to tell it from namesakes."""
    division = store.by_id(f"adm1:{place.country_code}.{place.admin1_code}")
    lies_in = division.name if division and division.place_id != place.place_id else ""
    where = ", ".join(filter(None, dict.fromkeys((place.name, lies_in, country_words(place)))))
    return f"{where} ({kind_words(place)})"


def bearers(name: str, store: PlaceStore, *, limit: int = MOST_BEARERS) -> tuple[NameMatch, ...]:
    """Return the places of that name; of a word of origin that nobody bears, its place."""
    place = _of_demonym(name, store)
    found = store.by_name(name, limit=limit)
    if found or not place:
        return found
    return (NameMatch(place=place, matched=name, is_primary=False),)


def demonym_words(word: str, store: PlaceStore) -> str:
    """Return what is to be said of a word of origin ("Iranian"); empty for another word."""
    place = _of_demonym(word, store)
    return (
        f"“{word}” is a word of origin (a demonym): of {place_words(place, store)}" if place else ""
    )


def _of_demonym(word: str, store: PlaceStore) -> Place | None:
    place_id = place_id_of_demonym(word)
    return store.by_id(place_id) if place_id else None


def source_words(place: Place) -> str:
    """Return whose data the place is, with the licence."""
    prefix = place.place_id.partition(":")[0]
    words = (PLACE_SOURCES.get(prefix, "unknown"), _FURTHER_SOURCES.get(prefix))
    return "; ".join(filter(None, words))


def names_words(names: Sequence[str]) -> str:
    """Return some of a place's names: its own, then those of one script and another in turn.

    Transcriptions in small letters ("ao er ma la"), which nobody writes, come last.
    """
    by_script: dict[str, list[str]] = {}
    for name in filterfalse(str.islower, names[1:]):
        by_script.setdefault(_script(name), []).append(name)
    in_turn = [name for turn in zip_longest(*by_script.values()) for name in turn if name]
    last = filter(str.islower, names[1:])
    return ", ".join([*names[:1], *in_turn, *last][:MOST_NAMES])


def _script(name: str) -> str:
    letter = next(filter(str.isalpha, name), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def place_rows(matches: Sequence[NameMatch], store: PlaceStore) -> list[dict[str, object]]:
    """Return a row for each match: what it is, where, how large, its names and its source."""
    return [
        {
            "Place": match.place.name,
            "Found by": match.matched,
            "Kind": kind_words(match.place),
            "Country": country_words(match.place),
            "People": match.place.population,
            "Names": names_words(store.names_of(match.place.place_id)),
            "Disputed": match.place.is_disputed,
            "Source": source_words(match.place),
            "Id": match.place.place_id,
        }
        for match in matches
    ]


def place_layers(matches: Sequence[NameMatch], store: PlaceStore) -> Layers:
    """Return what the map draws for the matches: each as exactly as it is known."""
    return map_layers([_as_report(match, store) for match in matches], store)


def data_sources() -> list[dict[str, str]]:
    """Return what the shipped place data was made of: package, what was taken, licence.

    The hand-written rows come last.
    """
    lines = (DATA_FOLDER / "SOURCES.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    inputs = [row for row in rows if len(row) == 6 and "-" * 3 not in row]
    shipped = [{"Package": row[0], "Taken": row[1], "Licence": row[2]} for row in inputs[1:]]
    return [*shipped, _OWN_LIST]


def _as_report(match: NameMatch, store: PlaceStore) -> EventReport:
    # The map draws reports; a place is one whose quote are its names.
    place = match.place
    names = names_words(store.names_of(place.place_id))
    mention = Mention(start=0, end=len(place.name), surface=place.name, kind=MentionKind.LITERAL)
    location = EventLocation(
        place=place, precision=place.precision, mention=mention, reason=source_words(place)
    )
    event = Event(
        event_id=place.place_id,
        event_type=kind_words(place),
        locations=(location,),
        quote=names,
        article_id=place.place_id,
        start=0,
        end=len(names),
        trigger_start=0,
        trigger_end=0,
        confidence=1.0,
        coder="gazetteer",
    )
    article = ArticleSummary(article_id=place.place_id, title=source_words(place))
    return EventReport(event=event, article=article)
