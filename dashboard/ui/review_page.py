"""The page on which events are confirmed, corrected, joined, split or rejected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.article_html import quote_html
from dashboard.decisions import made_one_by
from dashboard.editing import as_entered, choosable_actors, entered_changes
from dashboard.errors import DecidedMeanwhileError, DecisionError, NotStoredError
from dashboard.events import Event, Modality, Review
from dashboard.filters import EventFilter
from dashboard.ontology import event_type, event_types
from dashboard.place_listing import place_words
from dashboard.popups import (
    confidence_words,
    precision_words,
    shown_quote,
    size_words,
    standing_words,
    web_link,
)
from dashboard.store.reviews import Undoing
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


@dataclass(frozen=True, slots=True)
class _Shown:
    """An event as it was when the user began to look at it."""

    event: Event
    seen: int
    """The log's newest entry then."""


def review_page() -> None:
    """Let a person look at one event after the other, the least certain first."""
    session.show_messages()
    session.your_name()
    queue, log = st.tabs(["Events", "Log of decisions"])
    with queue:
        _queue()
    with log:
        _whole_log()


def correct_button(event_id: str, *, key: str) -> None:
    """Offer a way from an event to its review."""
    st.button("Correct this event", key=key, on_click=_go_to_review, args=(event_id,))


def _go_to_review(event_id: str) -> None:
    st.session_state["review_event"] = event_id
    st.session_state["go_to_review"] = True


def _queue() -> None:
    reviews = session.event_store().reviews
    seen = reviews.newest()
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
    event_id = st.selectbox(
        f"{wording.counted(reviews.waiting(), 'event')} not looked at yet, the least certain first",
        list(waiting),
        format_func=lambda key: _label(waiting[key]),
        key="review_event",
    )
    st.query_params["event"] = st.session_state["review_asked"] = event_id
    _card(waiting[event_id], seen)


def _label(report: EventReport) -> str:
    event = report.event
    parts = (
        f"{event.confidence:.2f}",
        event_type(event.event_type).label,
        wording.when(event.when),
        _short(event),
    )
    return " · ".join(parts)


def _short(event: Event) -> str:
    return " ".join(shown_quote(event, longest=_SHORT).split())


def _card(report: EventReport, newest: int) -> None:
    event = report.event
    reviews = session.event_store().reviews
    shown = _shown(event, newest)
    made = reviews.log(event.event_id)
    evidence, decision = st.columns([3, 2], gap="large")
    with evidence:
        _facts(report)
        _reports(report, made, shown)
    with decision:
        with st.container():  # always there, so that what was unfolded below stays so
            _tell_what_changed()
        why = st.text_input(
            "Reason",
            key=f"why-{event.event_id}",
            placeholder="needed for all but “Confirm” and “Undo”",
        )
        confirm, reject = st.columns(2)
        seen = shown.seen
        if confirm.button("Confirm", type="primary", width="stretch", key="review_confirm"):
            _decide(
                "Confirmed.",
                lambda who: reviews.confirm(event.event_id, who=who, why=why, seen=seen),
            )
        if reject.button("Reject", width="stretch", key="review_reject"):
            _decide(
                "Rejected: it is shown no more.",
                lambda who: reviews.reject(event.event_id, who=who, why=why, seen=seen),
            )
        with st.expander("Edit", expanded=False):
            _edit_form(shown, why)
        with st.expander("Merge with another event", expanded=False):
            _merge_form(shown, why)
        if made:
            st.markdown("**Decided before**")
            _log(made, key=event.event_id, why=why, seen=shown.seen)


def _tell_what_changed() -> None:
    meanwhile = _meanwhile()
    if meanwhile:
        st.warning(
            "The event was changed meanwhile. What you entered is still here: look again at the "
            "event before you decide."
        )
        st.text(meanwhile)
        st.button("I have looked again", on_click=_mark_looked_again)


def _shown(event: Event, newest: int) -> _Shown:
    """Return the event as it was when the user came to it, who may have entered something since."""
    kept: _Shown | None = st.session_state.get("review_shown")
    looked_again = st.session_state.pop("review_looked_again", False)
    is_begun = _key("why", event) in st.session_state
    now = _Shown(event, newest)
    if kept is None or kept.event.event_id != event.event_id or not is_begun:
        kept = now
    elif looked_again:
        _show_what_changed(kept.event, event)
        kept = now
    st.session_state["review_shown"] = kept
    return kept


def _show_what_changed(before: Event, event: Event) -> None:
    """Let the fields that were not touched show what the event is now; the others stay."""
    held = as_entered(before)
    for name, value in as_entered(event).items():
        key = _key(name, event)
        if st.session_state.get(key) == held[name]:
            st.session_state[key] = value


def _mark_looked_again() -> None:
    st.session_state["review_looked_again"] = True


def _key(name: str, event: Event) -> str:
    return f"{name}-{event.event_id}"


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
        "Size": "; ".join(map(size_words, event.sizes)) or "none is told",
        "Standing": standing_words(event) or event.modality.value,
        "Confidence": confidence_words(event.confidence),
    }
    st.text("\n".join(f"{name}: {value}" for name, value in facts.items()))


def _reports(report: EventReport, made: Sequence[Decision], shown: _Shown) -> None:
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
                st.text(f"One event because: {_why_one(telling, made)}")
                if st.button("Split off", key=f"split-{telling.event.event_id}"):
                    _split(telling.event, shown)


def _why_one(telling: EventReport, made: Sequence[Decision]) -> str:
    by_person = made_one_by(made, telling.event.event_id)
    if by_person is None:
        return telling.same_because or "the coder said so"
    return f"{by_person.in_words(_named)} (decision {by_person.decision_id}): {by_person.why}"


def _split(telling: Event, shown: _Shown) -> None:
    why = st.session_state.get(_key("why", shown.event), "")
    _decide(
        "Split off: it is an event of its own now.",
        lambda who: session.event_store().reviews.split(
            telling.event_id, who=who, why=why, seen=shown.seen
        ),
        stay=True,
    )


def _edit_form(shown: _Shown, why: str) -> None:
    event = shown.event
    begun = as_entered(event)
    for name, value in begun.items():
        st.session_state.setdefault(_key(name, event), value)
    own = {actor.actor_id: actor for actor in (*event.source_actors, *event.target_actors)}
    actors = {**choosable_actors(), **own}
    types = event_types()
    entered: dict[str, Any] = {
        "event_type": st.selectbox(
            "Type",
            list(types),
            format_func=lambda name: types[name].label,
            key=_key("event_type", event),
        ),
        "source_actors": _actor_input("Source", actors, _key("source_actors", event)),
        "target_actors": _actor_input("Target", actors, _key("target_actors", event)),
        "when": st.text_input(
            "Date",
            key=_key("when", event),
            help="2019, 2019-04, 2019-04-12 or 2019-04-12..2019-04-15; empty: none",
        ),
        "locations": _place_input(event),
        "sizes": st.text_input(
            "Size",
            key=_key("sizes", event),
            placeholder="none is told",
            help="27 killed, about 30 wounded, 10..20 arrested, ..300 crowd; empty: none",
        ),
        "modality": st.selectbox(
            "Standing", [value.value for value in Modality], key=_key("modality", event)
        ),
    }
    if not st.button("Keep these changes", width="stretch", key="review_edit"):
        return

    def keep(who: str) -> int:
        store = session.event_store()
        changes = entered_changes(
            event,
            {name: value for name, value in entered.items() if value != begun[name]},
            place_of=session.place_store().by_id,
            geoparse_of=lambda: store.geoparse_of(event.article_id),
        )
        return store.reviews.edit(event.event_id, changes, who=who, why=why, seen=shown.seen)

    _decide("Edited.", keep)


def _place_input(event: Event) -> str:
    """Let the user look up and choose the event's place, and return its id; "": it has none."""
    store = session.place_store()
    name = st.text_input(
        "Look up another place",
        key=_key("place-name", event),
        on_change=_take_first_match,
        args=(event,),
    )
    matches = store.by_name(name)[:_MOST_TO_MERGE] if name else ()
    if name and not matches:
        st.caption("No place has this name.")
    chosen = st.session_state[_key("locations", event)]
    places = {place.place_id: place for place in (store.by_id(chosen),) if place}
    places |= {at.place.place_id: at.place for at in event.locations[:1]}
    places |= {match.place.place_id: match.place for match in matches}
    return st.selectbox(
        "Place",
        [*places, _NO_PLACE],
        format_func=lambda place_id: _place_label(places.get(place_id)),
        key=_key("locations", event),
    )


def _take_first_match(event: Event) -> None:
    matches = session.place_store().by_name(st.session_state[_key("place-name", event)])
    if matches:
        st.session_state[_key("locations", event)] = matches[0].place.place_id


def _place_label(place: Place | None) -> str:
    return place_words(place, session.place_store()) if place else "no place"


def _actor_input(label: str, actors: dict[str, Actor], key: str) -> list[str]:
    return st.multiselect(
        label,
        list(actors),
        format_func=lambda actor_id: _actor_label(actors, actor_id),
        accept_new_options=True,
        placeholder="Nobody is named",
        filter_mode="contains",
        select_all=False,
        key=key,
    )


def _actor_label(actors: dict[str, Actor], actor_id: str) -> str:
    return f"{actors[actor_id].name} ({actor_id})" if actor_id in actors else actor_id


def _merge_form(shown: _Shown, why: str) -> None:
    event = shown.event
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
            lambda who: session.event_store().reviews.merge(
                event.event_id, into, who=who, why=why, seen=shown.seen
            ),
        )


def _whole_log() -> None:
    """Show the log of all events; who undoes an entry decides on what was listed before."""
    made = session.event_store().reviews.log(limit=_MOST_IN_LOG)
    newest = made[0].decision_id if made else 0
    if st.session_state.pop("review_undone", False):
        st.session_state["undo_why"] = ""  # the next undo has a reason of its own
    why = st.text_input("Why undo", key="undo_why", placeholder="if you like") if made else ""
    _log(made, key="all", why=why, seen=st.session_state.get("review_log_seen", newest))
    st.session_state["review_log_seen"] = newest


def _log(made: Sequence[Decision], *, key: str, why: str, seen: int) -> None:
    if not made:
        st.caption("Nothing was decided yet. Look at an event under “Events” to decide about it.")
    for entry in made:
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.text(_entry_words(entry))
        if entry.holds and right.button("Undo", key=f"undo-{key}-{entry.decision_id}"):
            _decide("Undone.", partial(_undo, entry.decision_id, why=why, seen=seen), stay=True)


def _undo(decision_id: int, who: str, *, why: str, seen: int) -> Undoing:
    return session.event_store().reviews.undo(decision_id, who=who, why=why, seen=seen)


def _entry_words(entry: Decision) -> str:
    """Return an entry of the log: who decided what and when; of which event; why; taken back."""
    lines = (
        f"{entry.decision_id} · {wording.moment(entry.made_at)} · {entry.in_words(_named)}",
        f"“{_short(entry.event)}”",
        f"Reason: {entry.why}" if entry.why else "",
        f"Taken back by {entry.undone_by} (decision {entry.undone_in})" if entry.undone_by else "",
    )
    return "\n".join(line for line in lines if line)


def _named(event_id: str) -> str:
    """Return the words by which a reader knows an event again."""
    event = session.event_store().reviews.telling(event_id)
    return f"“{_short(event)}”" if event else f"an event that is not in the store ({event_id})"


def _decide(done: str, decide: Callable[[str], int | Undoing], *, stay: bool = False) -> None:
    """Keep a decision under the user's name, and go on with the next event unless to stay."""
    is_current = not _meanwhile()
    try:
        came = decide(session.who())
    except DecidedMeanwhileError as error:
        session.remember_message(f"Nothing was kept. {error}")
        st.rerun()  # what stands above the form says so, too
    except (DecisionError, NotStoredError) as error:
        st.error(wording.literal(str(error)))
        return
    st.session_state["review_undone"] = isinstance(came, Undoing)
    words = came.in_words if isinstance(came, Undoing) else ""
    session.remember_message(f"{done} {words}".strip())
    if is_current:
        st.session_state["review_looked_again"] = True
    if not stay:
        del st.session_state["review_event"]
        st.query_params.pop("event", None)
        st.session_state.pop("review_asked", None)
    st.rerun()


def _meanwhile() -> str | None:
    """Return who decided what on the event since the user began to look at it."""
    shown: _Shown | None = st.session_state.get("review_shown")
    reviews = session.event_store().reviews
    return reviews.decided_since(shown.event.event_id, shown.seen) if shown else None


def _names(actors: Sequence[Actor]) -> str:
    return ", ".join(actor.name for actor in actors)
