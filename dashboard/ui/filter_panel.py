"""The sidebar's filters, and the chips that name what they ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.actors import ANY_COUNTRY, SECTORS, known_actors, leaders
from dashboard.events import Modality, Review
from dashboard.facets import Facets
from dashboard.filters import DEFAULT_MODALITIES, DEFAULT_REVIEWED, EventFilter, Role
from dashboard.ontology import QUAD_CLASSES, event_types
from dashboard.summary import ActorCount, actor_name, group_name, sector_of
from dashboard.ui import session, wording
from dashboard.whereabouts import as_asked, place_named
from gazetteer.countries import countries
from gazetteer.names import name_key
from gazetteer.places import GeoPrecision

if TYPE_CHECKING:
    from gazetteer.places import Place

_ANY = 0
_PRECISIONS = {
    _ANY: "anything, also no place",
    GeoPrecision.WATER: "any place",
    GeoPrecision.COUNTRY: "country or better",
    GeoPrecision.REGION: "region, border or better",
    GeoPrecision.ADMIN1: "province or better",
    GeoPrecision.NEAR: "town or better",
}
_DAYS = {_ANY: "anything", 1: "one day", 7: "a week", 31: "a month", 366: "a year"}
_ROLES = {Role.EITHER: "either", Role.SOURCE: "acting", Role.TARGET: "acted on"}
_CAPITAL = "PPLC"
"""GeoNames' feature code of a country's capital."""

_PAIR_WORDS = (" and ", " & ", " vs ", " / ")
_COUNTED = ("actors", "types", "places", "quads", "sources", "datasets")
"""The fields whose choices are shown with their number of events."""

MOST_LABELS = 4000
"""How many labels of a field are remembered, the latest: the browser may send one of before."""


def filter_panel(wanted: EventFilter) -> None:
    """Show the filters, each choice with its number of events."""
    facets = Facets(store=session.event_store(), wanted=wanted)
    with st.sidebar:
        st.text_input("Search", placeholder="word in a quote or title", **_kept("text"))
        _actor_fields(facets, wanted)
        types = facets.types()
        _choice("Event types", "types", types, lambda key: event_types()[key].label, "All types")
        # Side by side they would be too narrow for a day.
        st.date_input("From", value=None, format="YYYY-MM-DD", **_kept("since"))
        st.date_input("To", value=None, format="YYYY-MM-DD", **_kept("until"))
        if wanted.since and wanted.until and wanted.since > wanted.until:
            st.warning("“From” is after “To”: no event can match.")
        _place_field(facets)
        datasets = facets.datasets()
        if len(datasets) > 1:
            _choice("Data sets", "datasets", datasets, named_dataset, "All data sets")
        further = st.expander("More filters", key="further_filters", on_change="rerun")
        if further.open:
            with further:
                _further_fields(facets)


def chosen_filter() -> EventFilter:
    """Return what the widgets hold; call it before any of them is shown."""
    for name in _COUNTED:
        _read_labels(name)
    state = st.session_state

    def held(name: str) -> Any:  # noqa: ANN401  # each widget has its own kind of value
        return state.get(f"filter_{name}")

    precision = held("precision")
    return EventFilter(
        actors=tuple(held("actors") or ()),
        role=(held("actors") and held("role")) or Role.EITHER,
        pairs=tuple(held("pairs") or ()),
        event_types=tuple(held("types") or ()),
        quad_classes=tuple(held("quads") or ()),
        since=held("since"),
        until=held("until"),
        max_precision=GeoPrecision(precision) if precision else None,
        text=(held("text") or "").strip(),
        box=held("box"),
        polygon=held("polygon") or (),
        places=tuple(held("places") or ()),
        min_confidence=held("confidence") or 0.0,
        sources=tuple(held("sources") or ()),
        articles=tuple(held("articles") or ()),
        datasets=tuple(held("datasets") or ()),
        max_days=held("days") or None,
        modalities=tuple(held("modalities") or ()),
        reviewed=tuple(held("reviewed") or ()),
    )


def show_in_widgets(wanted: EventFilter) -> None:
    """Set every widget to what `wanted` says."""
    values = {
        "text": wanted.text,
        "actors": list(wanted.actors),
        "role": wanted.role,
        "pairs": list(wanted.pairs),
        "types": list(wanted.event_types),
        "quads": list(wanted.quad_classes),
        "since": wanted.since,
        "until": wanted.until,
        "precision": _shown_precision(wanted.max_precision),
        "box": wanted.box,
        "polygon": wanted.polygon,
        "places": list(wanted.places),
        "confidence": wanted.min_confidence,
        "sources": list(wanted.sources),
        "articles": list(wanted.articles),
        "datasets": list(wanted.datasets),
        "days": min((d for d in _DAYS if wanted.max_days and d >= wanted.max_days), default=_ANY),
        "modalities": list(wanted.shown_modalities),
        "reviewed": list(wanted.shown_reviewed),
    }
    for name, value in values.items():
        st.session_state[f"filter_{name}"] = value


def use_drawn_area(corners: str) -> None:
    """Ask for the events within an area that was drawn on the map; none drawn: anywhere."""
    wanted, _ = EventFilter.from_query({"polygon": corners})
    st.session_state["filter_polygon"] = wanted.polygon


def use_played_days(days: Mapping[str, str] | None) -> None:
    """Ask for the days at which playing through time was stopped on the map, if it was."""
    if days is None:
        return
    wanted, _ = EventFilter.from_query(days)
    st.session_state["filter_since"] = wanted.since
    st.session_state["filter_until"] = wanted.until


def clear() -> None:
    """Set every filter back to nothing chosen."""
    show_in_widgets(EventFilter())


def show_only_article(article_id: str) -> None:
    """Filter the map to one article's events."""
    show_in_widgets(EventFilter(articles=(article_id,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One thing that is asked: a value of one of the filter's fields."""

    label: str
    field: str
    value: Any = None
    """Of a field with several values the one meant."""

    def without(self, wanted: EventFilter) -> EventFilter:
        """Return the filter without it."""
        values = getattr(EventFilter(), self.field)
        if self.value is not None:
            values = tuple(v for v in getattr(wanted, self.field) if v != self.value)
        return replace(wanted, **{self.field: values})


def chips(wanted: EventFilter) -> Iterator[Chip]:
    """Yield what `wanted` asks, one thing at a time."""
    labels: dict[str, Callable[[Any], str]] = {
        "actors": named_actor,
        "pairs": lambda pair: " and ".join(map(named_actor, pair.split("~"))),
        "event_types": lambda name: event_types()[name].label,
        "quad_classes": str,
        "places": named_place,
        "sources": str,
        "articles": named_article,
        "datasets": named_dataset,
    }
    for name, label in labels.items():
        for value in getattr(wanted, name):
            yield Chip(label=label(value), field=name, value=value)
    plain = EventFilter()
    single = {
        "role": _ROLES[wanted.role],
        "since": f"from {wanted.since and wording.day(wanted.since)}",
        "until": f"to {wanted.until and wording.day(wanted.until)}",
        "max_precision": _PRECISIONS[_shown_precision(wanted.max_precision)],
        "text": f"“{wanted.text}”",
        "box": "in a box",
        "polygon": "in the drawn area",
        "max_days": f"time known to {_DAYS.get(wanted.max_days or 0, f'{wanted.max_days} days')}",
        "min_confidence": f"confidence {wanted.min_confidence:.2f}+",
        "modalities": f"standing: {', '.join(wanted.modalities)}",
        "reviewed": f"review: {', '.join(wanted.reviewed)}",
    }
    for name, text in single.items():
        if getattr(wanted, name) != getattr(plain, name):
            yield Chip(label=text, field=name)


def chip_bar(wanted: EventFilter) -> None:
    """Show what is asked as chips, each of which takes itself away when it is pressed."""
    found = list(chips(wanted))
    if not found:
        return
    bar = st.container(horizontal=True, gap="small", key="chips")
    for number, chip in enumerate(found):
        bar.button(
            f"{_plain(chip.label)} ✕",
            key=f"chip-{number}-{chip.label}",
            help="Take this filter away",
            on_click=_take_away,
            args=(chip,),
        )
    bar.button("Clear all filters", on_click=clear, type="tertiary")


def _take_away(chip: Chip) -> None:
    """Take a chip out of what is asked now, not of what was asked when it was drawn.

    Until a page has come whole, the browser's widgets still hold what earlier presses took away.
    """
    going = st.session_state.setdefault("chips_going", [])
    going.append(chip)
    wanted = chosen_filter()
    for gone in going:
        wanted = gone.without(wanted)
    show_in_widgets(wanted)


def forget_chips_gone() -> None:
    """Note that the page has come whole, and with it what the pressed chips left."""
    st.session_state.pop("chips_going", None)


def named_actor(actor_id: str) -> str:
    """Return an actor's name."""
    if country := actor_name(actor_id):
        return country
    named = session.event_store().actor_names((actor_id,)).get(actor_id)
    known = known_actors().get(actor_id)
    return named or (known and known.name) or group_name(actor_id) or actor_id


def named_place(asked: str) -> str:
    """Return a place's name, or a country's."""
    if country := countries().get(asked):
        return country.name
    return _name_of(asked, place_named(asked))


def _name_of(asked: str, place: Place | None) -> str:
    if place is None:
        return session.event_store().place_name(asked) or asked
    return f"{place.name} (province)" if place.precision is GeoPrecision.ADMIN1 else place.name


def named_article(article_id: str) -> str:
    """Return an article's title."""
    store = session.event_store()
    return store.summary(article_id).title if store.has(article_id) else article_id


def named_dataset(dataset_id: str) -> str:
    """Return a data set's name."""
    return session.event_store().datasets.name_of(dataset_id)


def find_actor(name: str) -> str | None:
    """Return the id of the actor that `name`, any of its names, means; None when nobody's.

    A country is found by its names in all languages and by its capital. Part of a name stands
    for the actor with most events of those whose names hold it.
    """
    if name in known_actors():
        return name
    if whole := _actor_names().get(name_key(name)):
        return whole
    found = _country_called(name) or _most_told(name)
    if found:
        session.remember_message(f"“{name}” is taken for {named_actor(found)}.")
    return found


def _country_called(name: str) -> str | None:
    places = (match.place for match in session.place_store().by_name(name))
    meant = (p for p in places if p.precision is GeoPrecision.COUNTRY or p.feature_code == _CAPITAL)
    country = countries().get(next((place.country_code or "" for place in meant), ""))
    return country.code3 if country else None


def _most_told(name: str) -> str | None:
    """Return the actor with most events of those that have a name with words that begin so."""
    store = session.event_store()
    told = store.actor_names(store.columns().actor_ids)
    names = (*_actor_names().items(), *((name_key(one), actor) for actor, one in told.items()))
    asked = name_key(name).split()
    found = {
        actor
        for one, actor in names
        if asked and all(any(word.startswith(part) for word in one.split()) for part in asked)
    }
    counts = {
        count.actor_id: count.count
        for count in Facets(store=store, wanted=EventFilter()).actors(found)
    }
    return max(sorted(found), key=counts.__getitem__, default=None)


@st.cache_resource(show_spinner=False)
def _actor_names() -> Mapping[str, str]:
    """Return every name of every known actor, country, leader and sector, with whom it means."""
    names: dict[str, str] = {}
    for country in countries().values():
        for name in (country.name, country.code3, *country.demonyms):
            names.setdefault(name_key(name), country.code3)
    for actor in known_actors().values():
        for name in (actor.name, *actor.aliases):
            names.setdefault(name_key(name), actor.actor_id)
    for leader in leaders():
        for name in leader.names:
            names.setdefault(name_key(name), leader.actor_id)
    for sector, name in SECTORS.items():
        names.setdefault(name_key(name), f"{ANY_COUNTRY}{sector}")
    return names


def _actor_fields(facets: Facets, wanted: EventFilter) -> None:
    mentioned = [*wanted.actors, *(name for pair in wanted.pairs for name in pair.split("~"))]
    counts = {count.actor_id: count for count in facets.actors(mentioned)}
    _choice(
        "Actors",
        "actors",
        {actor_id: count.count for actor_id, count in counts.items()},
        lambda key: _actor_label(counts, key),
        "Everyone: type any name, or “Pakistan and Iran”",
        filter_mode="prefix",  # Enter takes the first: “US” is not to mean Russia
        accept_new_options=True,
        on_change=_read_actors,
        help="A country stands for its government, forces and people. Type any other name that "
        "an actor goes by, or two actors with “and” for what is between them.",
    )
    if wanted.actors:
        st.segmented_control(
            "as",
            list(_ROLES),
            format_func=_ROLES.__getitem__,
            label_visibility="collapsed",
            required=True,
            **_kept("role"),
        )
    if wanted.pairs:
        st.multiselect(
            "Between",
            list(wanted.pairs),
            format_func=lambda pair: " and ".join(map(named_actor, pair.split("~"))),
            select_all=False,
            **_kept("pairs"),
        )


def _read_actors() -> None:
    """Turn what was typed into actors: any alias, or a pair."""
    _read_labels("actors")
    state = st.session_state
    actors, pairs = [], list(state.get("filter_pairs") or [])
    known = set(session.event_store().columns().actor_ids)
    for value in state["filter_actors"]:
        if value in known:
            actors.append(value)
            continue
        words = next((word for word in _PAIR_WORDS if word in value), None)
        names = value.split(words, 1) if words else [value]
        found = [find_actor(name) for name in names]
        if any(actor is None for actor in found):
            session.remember_message(f"No actor is called “{value}”.")
        elif len(found) == 2:
            pairs.append("~".join(map(str, found)))
        else:
            actors.append(found[0])
    state["filter_actors"] = list(dict.fromkeys(actors))
    state["filter_pairs"] = list(dict.fromkeys(pairs))


def _place_field(facets: Facets) -> None:
    counts = facets.places()
    _choice(
        "Places",
        "places",
        counts,
        _place_label,
        "Anywhere: type a country, province, town, sea",
        filter_mode="prefix",  # nor “Oman” Romania
        accept_new_options=True,
        on_change=_read_places,
        help="A country, province, region or sea stands for all that lies in it. Or draw an area "
        "on the map: its button is among the map's own.",
    )


def _read_places() -> None:
    """Turn what was typed into places: the best known one of that name at which an event is."""
    _read_labels("places")
    state = st.session_state
    known = set(state.get("labels_places", {}).values())
    found = [value if value in known else _find_place(value) for value in state["filter_places"]]
    state["filter_places"] = list(dict.fromkeys(filter(None, found)))


def _find_place(name: str) -> str | None:
    matches = session.place_store().by_name(name)
    columns = session.event_store().columns()
    for match in matches:
        asked = as_asked(match.place.place_id)
        if columns.marks_in((asked,)).any():
            return asked
    if matches:
        session.remember_message(f"No event is in or at {matches[0].place.name}.")
    else:
        session.remember_message(
            f"No place is called “{name}”: see the Gazetteer page, or search for the word."
        )
    return None


def _further_fields(facets: Facets) -> None:
    _choice("Kind of act", "quads", dict.fromkeys(QUAD_CLASSES, 0) | facets.quad_classes(), str)
    st.selectbox(
        "Place known to",
        list(_PRECISIONS),
        format_func=_PRECISIONS.__getitem__,
        **_kept("precision"),
    )
    st.selectbox("Time known to", list(_DAYS), format_func=_DAYS.__getitem__, **_kept("days"))
    st.slider(
        "Confidence, at least",
        0.0,
        1.0,
        step=0.05,
        help="How likely a reader of the sentence would call it this event; less where its place "
        "is only inferred. Of events at 0.8, about eight in ten are right.",
        **_kept("confidence"),
    )
    _choice("Sources", "sources", facets.sources(), str, "All sources")
    st.multiselect(
        "Standing",
        list(Modality),
        format_func=lambda value: value.value,
        default=None,
        placeholder=f"{len(DEFAULT_MODALITIES)} of {len(Modality)}: what did or will happen",
        select_all=False,
        **_kept("modalities"),
    )
    st.multiselect(
        "Review",
        list(Review),
        format_func=lambda value: value.value,
        placeholder=f"{len(DEFAULT_REVIEWED)} of {len(Review)}: all but rejected",
        select_all=False,
        **_kept("reviewed"),
    )
    chosen = st.session_state.get("filter_articles") or []
    if chosen:
        st.multiselect(
            "Articles", chosen, format_func=named_article, select_all=False, **_kept("articles")
        )


def _choice(
    label: str,
    name: str,
    counts: Mapping[str, int],
    words: Callable[[str], str],
    placeholder: str = "All",
    **more: Any,  # noqa: ANN401  # of the widget
) -> None:
    """Offer values with their counts; one that a link names stays, even when it has none."""
    chosen = st.session_state.get(f"filter_{name}") or []
    options = [*counts, *(value for value in chosen if value not in counts)]
    labels = {value: words(value) for value in options}
    st.multiselect(
        label,
        options,
        format_func=_counted(name, labels, counts),
        placeholder=placeholder,
        select_all=False,
        **({"filter_mode": "contains"} | more),
        **_kept(name),
    )


def _counted(
    name: str, labels: Mapping[str, str], counts: Mapping[str, int]
) -> Callable[[str], str]:
    """Return how a field's options are written; the browser is told chosen ones' new numbers."""
    state = st.session_state
    times = Counter(labels.values())
    written = {
        value: f"{label if times[label] == 1 else f'{label} · {value}'} "
        f"({wording.number(counts.get(value, 0))})"
        for value, label in labels.items()
    }
    known = state.setdefault(f"labels_{name}", {})
    for value, label in written.items():
        known.pop(label, None)
        known[label] = value
    while len(known) > MOST_LABELS:
        del known[next(iter(known))]
    chosen = {
        value: written[value] for value in state.get(f"filter_{name}") or () if value in written
    }
    shown = state.get(f"shown_{name}", {})
    if any(shown.get(value, text) != text for value, text in chosen.items()):
        # Only what is set is sent: else the old number would stand there as a choice of its own.
        state[f"filter_{name}"] = state[f"filter_{name}"]
    state[f"shown_{name}"] = chosen
    return lambda value: written.get(value, value)


def _read_labels(name: str) -> None:
    """Turn labels with numbers that are no longer offered into the values that they stood for.

    The browser sends a choice back as its label, and the number in it may be that of before.
    """
    state = st.session_state
    known = state.get(f"labels_{name}", {})
    held = state.get(f"filter_{name}") or []
    found = [known.get(value, value) for value in held]
    if found != held:
        state[f"filter_{name}"] = list(dict.fromkeys(found))


def _kept(name: str) -> dict[str, Any]:
    # Filters outlive a visit to another page.
    return {"key": f"filter_{name}", "persist_state": "session"}


def _shown_precision(wanted: GeoPrecision | None) -> int:
    # A link may ask for a class between those that are offered: show the next coarser one.
    return min((p for p in _PRECISIONS if wanted and p >= wanted), default=_ANY)


def _actor_label(counts: Mapping[str, ActorCount], key: str) -> str:
    count = counts.get(key)
    if count is None:
        return named_actor(key)
    country = counts.get(count.group or "")
    within = [country.name if country else None, sector_of(key)]
    group = ", ".join(name for name in within if name)
    return f"{group}: {count.name}" if group else count.name


def _place_label(asked: str) -> str:
    if country := countries().get(asked):
        return country.name
    place = place_named(asked)
    name = _name_of(asked, place)
    within = countries().get((place and place.country_code) or "")
    return f"{name}, {within.name}" if within else name


def _plain(label: str) -> str:
    """Return a label in which nothing is Markdown."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!$~:<>|" else sign for sign in label)
