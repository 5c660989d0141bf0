"""The page on which events are confirmed, corrected, joined, split or rejected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.article_html import quote_html
from dashboard.decisions import Action
from dashboard.editing import (
    choosable_actors,
    date_as_entered,
    entered_actors,
    entered_date,
    entered_place,
)
from dashboard.errors import DecisionError, NotStoredError
from dashboard.events import Event, Modality, Review
from dashboard.filters import EventFilter
from dashboard.ontology import event_type, event_types
from dashboard.place_listing import place_words
from dashboard.popups import (
    confidence_words,
    precision_words,
    standing_words,
    web_link,
)
from dashboard.ui import session, wording

if TYPE_CHECKING:
    from dashboard.actors import Actor
    from dashboard.decisions import Decision
    from dashboard.events import EventReport
    from gazetteer.places import Place

_MOST_IN_QUEUE = 200
_MOST_TO_MERGE = 50
_MOST_IN_LOG = 100
_DAYS_AROUND = timedelta(days=3)
_SHORT = 90
_NO_PLACE = ""


def review_page() -> None:
    """Let a person look at one event after the other, the least certain first."""
    session.show_messages()
    queue, log = st.tabs(["Events", "Log of decisions"])
    with queue:
        _queue()
    with log:
        _log(session.event_store().reviews.log(limit=_MOST_IN_LOG), key="all")


def correct_button(event_id: str, *, key: str) -> None:
    """Offer a way from an event to its review."""
    st.button("Correct this event", key=key, on_click=_go_to_review, args=(event_id,))


def _go_to_review(event_id: str) -> None:
    st.session_state["review_event"] = event_id
    st.session_state["go_to_review"] = True


def _queue() -> None:
    reviews = session.event_store().reviews
    waiting = {report.event.event_id: report for report in reviews.queue(limit=_MOST_IN_QUEUE)}
    asked = st.query_params.get("event")
    if asked and asked != st.session_state.get("review_asked"):
        st.session_state["review_asked"] = st.session_state["review_event"] = asked
    chosen = st.session_state.get("review_event")
    if chosen and chosen not in waiting:
        try:
            report = reviews.report(chosen)
        except NotStoredError:
            st.warning("The event that was asked for is not in the store any more.")
        else:
            waiting = {report.event.event_id: report, **waiting}
            chosen = report.event.event_id
    if not waiting:
        st.info("Nothing waits for a review. Add an article, or look at the log.")
        return
    st.session_state["review_event"] = chosen if chosen in waiting else next(iter(waiting))
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    event_id = left.selectbox(
        f"{wording.counted(reviews.waiting(), 'event')} not looked at yet, the least certain first",
        list(waiting),
        format_func=lambda key: _label(waiting[key]),
        key="review_event",
    )
    right.text_input("Your name", key="review_who", persist_state="session")
    st.query_params["event"] = st.session_state["review_asked"] = event_id
    _card(waiting[event_id])


def _label(report: EventReport) -> str:
    event = report.event
    parts = (
        f"{event.confidence:.2f}",
        event_type(event.event_type).label,
        wording.when(event.when),
        _line(event.quote)[:_SHORT],
    )
    return " · ".join(parts)


def _card(report: EventReport) -> None:
    event = report.event
    evidence, decision = st.columns([3, 2], gap="large")
    with evidence:
        _facts(report)
        _reports(report)
    with decision:
        why = st.text_input(
            "Reason",
            key=f"why-{event.event_id}",
            placeholder="needed for all but “Confirm”",
        )
        confirm, reject = st.columns(2)
        reviews = session.event_store().reviews
        if confirm.button("Confirm", type="primary", width="stretch", key="review_confirm"):
            _decide("Confirmed.", lambda who: reviews.confirm(event.event_id, who=who, why=why))
        if reject.button("Reject", width="stretch", key="review_reject"):
            _decide(
                "Rejected: it is shown no more.",
                lambda who: reviews.reject(event.event_id, who=who, why=why),
            )
        with st.expander("Edit", expanded=False):
            _edit_form(event, why)
        with st.expander("Merge with another event", expanded=False):
            _merge_form(event, why)
        made = reviews.log(event.event_id)
        if made:
            st.markdown("**Decided before**")
            _log(made, key=event.event_id)


def _facts(report: EventReport) -> None:
    event = report.event
    st.subheader(event_type(event.event_type).label)
    if report.reviewed is not Review.UNREVIEWED:
        st.badge(report.reviewed.value, color="green")
    differs = session.event_store().reviews.coder_differs(event.event_id)
    if differs:
        st.warning(f"{differs} The event stays as decided; undo the decision to take the coder's.")
    where = "; ".join(f"{at.place.name} ({precision_words(at)})" for at in event.locations)
    facts = {
        "Source": _names(event.source_actors) or "nobody is named",
        "Target": _names(event.target_actors) or "nobody is named",
        "Date": wording.when(event.when),
        "Place": where or event.unplaced_reason or "none",
        "Standing": standing_words(event) or event.modality.value,
        "Confidence": confidence_words(event.confidence),
    }
    st.text("\n".join(f"{name}: {value}" for name, value in facts.items()))


def _reports(report: EventReport) -> None:
    told = (report, *report.further)
    st.markdown(f"**{wording.counted(len(told), 'report')}**")
    store = session.event_store()
    for number, telling in enumerate(told):
        with st.container(border=True):
            article = telling.article
            published = wording.day(article.published) if article.published else "no date"
            st.text(" · ".join(filter(None, (article.title, article.source, published))))
            st.html(quote_html(store.article(article.article_id), telling.event))
            link = web_link(article.url)
            if link:
                st.link_button("Open the article", link)
            if number:
                st.caption(f"One event because: {telling.same_because or 'the coder said so'}")
                if st.button("Split off", key=f"split-{telling.event.event_id}"):
                    _split(report.event, telling.event)


def _split(head: Event, telling: Event) -> None:
    why = st.session_state.get(f"why-{head.event_id}", "")
    _decide(
        "Split off: it is an event of its own now.",
        lambda who: session.event_store().reviews.split(telling.event_id, who=who, why=why),
        stay=True,
    )


def _edit_form(event: Event, why: str) -> None:
    own = {actor.actor_id: actor for actor in (*event.source_actors, *event.target_actors)}
    actors = {**choosable_actors(), **own}
    key = event.event_id
    place = _chosen_place(event)
    with st.form(f"edit-{key}", border=False):
        kind = st.selectbox(
            "Type",
            list(event_types()),
            index=list(event_types()).index(event.event_type),
            format_func=lambda name: event_types()[name].label,
            key=f"type-{key}",
        )
        source = _actor_input("Source", event.source_actors, actors, key)
        target = _actor_input("Target", event.target_actors, actors, key)
        when = st.text_input(
            "Date",
            value=date_as_entered(event.when),
            key=f"date-{key}",
            help="2019, 2019-04, 2019-04-12 or 2019-04-12..2019-04-15; empty: none",
        )
        standing = st.selectbox(
            "Standing",
            list(Modality),
            index=list(Modality).index(event.modality),
            format_func=lambda value: value.value,
            key=f"standing-{key}",
        )
        if not st.form_submit_button("Keep these changes", width="stretch"):
            return

    def keep(who: str) -> int:
        store = session.event_store()
        locations = event.locations
        if place != _first_place(event):
            locations = entered_place(event, place, store.geoparse_of(event.article_id))
        edited = replace(
            event,
            event_type=kind,
            source_actors=entered_actors(source, actors.values()),
            target_actors=entered_actors(target, actors.values()),
            when=event.when if when == date_as_entered(event.when) else entered_date(when),
            locations=locations,
            modality=standing or event.modality,
        )
        return store.reviews.edit(event.event_id, edited, who=who, why=why)

    _decide("Edited.", keep)


def _chosen_place(event: Event) -> Place | None:
    """Let the user look up and choose the event's place; None: it has none."""
    key = event.event_id
    now = _first_place(event)
    name = st.text_input("Look up another place", key=f"place-name-{key}")
    matches = session.place_store().by_name(name)[:_MOST_TO_MERGE] if name else ()
    places = {now.place_id: now} if now else {}
    places |= {match.place.place_id: match.place for match in matches}
    if name and not matches:
        st.caption("No place has this name.")
    chosen = st.selectbox(
        "Place",
        [*places, _NO_PLACE],
        format_func=lambda place_id: _place_label(places.get(place_id)),
        key=f"place-{key}-{name}",
        index=1 if matches and now else 0,
    )
    return places.get(chosen)


def _first_place(event: Event) -> Place | None:
    return event.locations[0].place if event.locations else None


def _place_label(place: Place | None) -> str:
    return place_words(place, session.place_store()) if place else "no place"


def _actor_input(
    label: str, chosen: Sequence[Actor], actors: dict[str, Actor], key: str
) -> list[str]:
    return st.multiselect(
        label,
        list(actors),
        default=[actor.actor_id for actor in chosen],
        format_func=lambda actor_id: _actor_label(actors, actor_id),
        accept_new_options=True,
        placeholder="Nobody is named",
        filter_mode="contains",
        select_all=False,
        key=f"{label}-{key}",
    )


def _actor_label(actors: dict[str, Actor], actor_id: str) -> str:
    return f"{actors[actor_id].name} ({actor_id})" if actor_id in actors else actor_id


def _merge_form(event: Event, why: str) -> None:
    words = st.text_input(
        "Words of the other event",
        key=f"merge-words-{event.event_id}",
        placeholder="else: events of the same days",
    )
    wanted = EventFilter(text=words)
    if not words.strip() and event.when:
        first, last = event.when.earliest - _DAYS_AROUND, event.when.latest + _DAYS_AROUND
        wanted = EventFilter(since=first, until=last)
    store = session.event_store()
    keys = store.columns().page(store.mask(wanted), start=0, count=_MOST_TO_MERGE + 1)
    others = {
        report.event.event_id: report
        for report in store.reports_by_key(keys)
        if report.event.event_id != event.event_id
    }
    if not others:
        st.caption("No other event.")
        return
    into = st.selectbox(
        "It is a report of",
        list(others)[:_MOST_TO_MERGE],
        format_func=lambda key: _label(others[key]),
        key=f"merge-into-{event.event_id}",
    )
    if st.button("Merge", width="stretch", key="review_merge"):
        _decide(
            "Merged.",
            lambda who: session.event_store().reviews.merge(event.event_id, into, who=who, why=why),
        )


def _log(made: Sequence[Decision], *, key: str) -> None:
    if not made:
        st.caption("Nothing was decided yet. Look at an event under “Events” to decide about it.")
    for entry in made:
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.text(_entry_line(entry))
        can_be_undone = entry.action is not Action.UNDO and entry.undone_by is None
        if can_be_undone and right.button("Undo", key=f"undo-{key}-{entry.decision_id}"):
            _decide("Undone.", partial(_undo, entry.decision_id), stay=True)


def _undo(decision_id: int, who: str) -> int:
    return session.event_store().reviews.undo(decision_id, who=who)


def _entry_line(entry: Decision) -> str:
    what = entry.action.value if entry.undoes is None else f"undid decision {entry.undoes}"
    parts = (
        f"{entry.decision_id}.",
        wording.moment(entry.made_at),
        f"{entry.who}: {what}",
        f"({', '.join(entry.changed)})" if entry.action is Action.EDIT else "",
        f"“{_line(entry.event.quote)[:_SHORT]}”",
        f"Reason: {entry.why}" if entry.why else "",
        f"Undone by {entry.undone_by}." if entry.undone_by else "",
    )
    return " ".join(part for part in parts if part)


def _decide(done: str, decide: Callable[[str], int], *, stay: bool = False) -> None:
    """Keep a decision under the user's name, and go on with the next event unless to stay."""
    try:
        decide(st.session_state.get("review_who", ""))
    except (DecisionError, NotStoredError) as error:
        st.error(str(error))
        return
    session.remember_message(done)
    if not stay:
        del st.session_state["review_event"]
        st.query_params.pop("event", None)
        st.session_state.pop("review_asked", None)
    st.rerun()


def _names(actors: Sequence[Actor]) -> str:
    return ", ".join(actor.name for actor in actors)


def _line(quote: str) -> str:
    return " ".join(quote.split())
