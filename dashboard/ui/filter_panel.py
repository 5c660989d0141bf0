"""The sidebar's filters, kept in step with the address bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.events import EventReport
from dashboard.filters import EventFilter, MapView
from dashboard.ontology import event_types
from dashboard.permalink import Permalink
from dashboard.summary import ActorCount, actor_counts, type_counts
from gazetteer.places import GeoPrecision

_ANY = 0
_PRECISIONS = {
    _ANY: "anything, also no place",
    GeoPrecision.WATER: "any place",
    GeoPrecision.COUNTRY: "country or better",
    GeoPrecision.REGION: "region, border or better",
    GeoPrecision.ADMIN1: "province or better",
    GeoPrecision.NEAR: "town or better",
}


def restore_from_address(everything: Sequence[EventReport]) -> None:
    """On a session's first run, set the filters to what the link says and name what it lost.

    `everything` is the unfiltered reports, among which the link's event should be.
    """
    if "filter_restored" in st.session_state:
        return
    st.session_state["filter_restored"] = True
    link, problems = Permalink.from_query(st.query_params.to_dict())
    _show_in_widgets(link.event_filter)
    is_there = any(report.event.event_id == link.event_id for report in everything)
    st.session_state["selected"] = link.event_id if is_there else None
    st.session_state["panel"] = link.panel
    if link.event_id and not is_there:
        problems = (*problems, "the event that it points at is not in this collection")
    for problem in problems:
        st.warning(f"The link could not be restored in full: {problem}")


def write_address(wanted: EventFilter, selected: str | None) -> None:
    """Put the filters into the address bar, leaving the map's view as the map wrote it."""
    view, _ = MapView.from_query(st.query_params.to_dict())
    panel = st.session_state.get("panel")
    query = Permalink(event_filter=wanted, view=view, event_id=selected, panel=panel).to_query()
    if query != st.query_params.to_dict():
        st.query_params.from_dict(query)


def filter_panel(everything: Sequence[EventReport]) -> EventFilter:
    """Show the filters and return what the user chose.

    `everything` is the unfiltered reports: they give the options and their counts.
    """
    with st.sidebar:
        text = st.text_input(
            "Search", placeholder="word in a quote or title", **_kept("filter_text")
        )
        actors = {count.actor_id: count for count in actor_counts(everything)}
        chosen_actors = st.multiselect(
            "Actors",
            _with_chosen(actors, "filter_actors"),
            format_func=lambda key: _actor_label(actors, key),
            placeholder="Everyone",
            filter_mode="contains",
            select_all=False,
            help="As source or as target. A country stands for its government, forces and people.",
            **_kept("filter_actors"),
        )
        types = {count.event_type: count.count for count in type_counts(everything)}
        chosen_types = st.multiselect(
            "Event types",
            _with_chosen(types, "filter_types"),
            format_func=lambda key: f"{event_types()[key].label} ({types.get(key, 0)})",
            placeholder="All types",
            filter_mode="contains",
            select_all=False,
            **_kept("filter_types"),
        )
        since = _day_input("From", "filter_since")
        until = _day_input("To", "filter_until")
        precision = st.selectbox(
            "Place known to",
            list(_PRECISIONS),
            format_func=_PRECISIONS.__getitem__,
            **_kept("filter_precision"),
        )
        titles = {report.article.article_id: report.article.title for report in everything}
        chosen_articles = st.multiselect(
            "Articles",
            _with_chosen(titles, "filter_articles"),
            format_func=lambda key: titles.get(key, key),
            placeholder="All articles",
            filter_mode="contains",
            select_all=False,
            **_kept("filter_articles"),
        )
        wanted = EventFilter(
            actors=tuple(sorted(chosen_actors)),
            event_types=tuple(sorted(chosen_types)),
            since=since,
            until=until,
            max_precision=GeoPrecision(precision) if precision else None,
            text=text.strip(),
            articles=tuple(chosen_articles),
        )
        if wanted != EventFilter():
            st.button("Clear all filters", on_click=clear, width="stretch")
        if since and until and since > until:
            st.warning("“From” is after “To”: no event can match.")
    return wanted


def clear() -> None:
    """Set every filter back to nothing chosen."""
    _show_in_widgets(EventFilter())


def show_only_article(article_id: str) -> None:
    """Filter the map to one article's events."""
    _show_in_widgets(EventFilter(articles=(article_id,)))


def _show_in_widgets(wanted: EventFilter) -> None:
    state = st.session_state
    state["filter_text"] = wanted.text
    state["filter_actors"] = list(wanted.actors)
    state["filter_types"] = list(wanted.event_types)
    state["filter_since"] = wanted.since
    state["filter_until"] = wanted.until
    state["filter_precision"] = _shown_precision(wanted.max_precision)
    state["filter_articles"] = list(wanted.articles)


def _shown_precision(wanted: GeoPrecision | None) -> int:
    # A link may ask for a class between those that are offered: show the next coarser one.
    return min((p for p in _PRECISIONS if wanted and p >= wanted), default=_ANY)


def _day_input(label: str, key: str) -> date | None:
    day: date | None = st.date_input(label, value=None, format="YYYY-MM-DD", **_kept(key))
    return day


def _kept(key: str) -> dict[str, Any]:
    # Filters outlive a visit to another page.
    return {"key": key, "persist_state": "session"}


def _with_chosen(options: Mapping[str, object], key: str) -> list[str]:
    # A link may name an actor that no event has (any more): keep it, with a count of 0.
    return [*options, *(k for k in st.session_state.get(key, []) if k not in options)]


def _actor_label(actors: Mapping[str, ActorCount], key: str) -> str:
    count = actors.get(key)
    if count is None:
        return f"{key} (0)"
    name = f"{actors[count.group].name}: {count.name}" if count.group else count.name
    return f"{name} ({count.count})"
