"""Making a snapshot from the store, and checking one against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.brief import brief_html
from dashboard.comparison import Change, differences
from dashboard.disclosure import PLAINLY, Care, Disclosure, all_reports, disclose
from dashboard.events import EventReport
from dashboard.evidence import Contents, read_snapshot
from dashboard.filters import EventFilter
from dashboard.formats import Format
from dashboard.layers import map_layers
from dashboard.picture import SIZES, map_png, map_svg
from dashboard.provenance import About, Provenance, provenance_of
from dashboard.snapshot import snapshot_html
from dashboard.summary import coverage

if TYPE_CHECKING:
    from dashboard.store import EventStore
    from gazetteer.store import PlaceStore


def disclosure_of(
    reports: Sequence[EventReport], events: EventStore, care: Care = PLAINLY
) -> Disclosure:
    """Return what of `reports` may be shared by the rules of their sources and by `care`."""
    facts = events.facts_of(report.article.article_id for report in all_reports(reports))
    return disclose(
        reports,
        rules={source.name: source for source in events.publishers.sources()},
        lengths={article_id: fact.characters for article_id, fact in facts.items()},
        untitled={article_id for article_id, fact in facts.items() if not fact.has_own_title},
        care=care,
        withheld_names=events.publishers.withheld_names() if care.mask_names else (),
    )


def snapshot_of(
    wanted: EventFilter,
    events: EventStore,
    places: PlaceStore,
    *,
    title: str,
    note: str = "",
    care: Care = PLAINLY,
) -> str:
    """Return the page of the events in the store that `wanted` leaves."""
    shown = disclosure_of(events.reports(wanted), events, care)
    about = _about(shown, wanted, events, places, title=title, note=note)
    return snapshot_html(shown, places, about)


def picture_of(
    wanted: EventFilter,
    events: EventStore,
    places: PlaceStore,
    *,
    title: str,
    size: str = "screen",
    form: str = "png",
    view: tuple[float, float, float] | None = None,
    care: Care = PLAINLY,
) -> bytes:
    """Return the map of the events that `wanted` leaves, as "svg" or "png".

    `size` is a name of `picture.SIZES`; `view` is latitude, longitude and zoom.

    Raises: PictureError when a PNG cannot be made here.
    """
    shown = disclosure_of(events.reports(wanted), events, care)
    withheld = shown.in_words()
    svg = map_svg(
        map_layers(shown.reports, places),
        title=title,
        caption=coverage(shown.reports, len(events.columns())),
        withheld=f"Withheld: {'; '.join(withheld)}." if withheld else "",
        size=SIZES[size],
        view=view,
    )
    return map_png(svg, zoom=SIZES[size].zoom) if form == "png" else svg.encode()


def export_of(
    form: Format, wanted: EventFilter, events: EventStore, places: PlaceStore, care: Care = PLAINLY
) -> tuple[bytes, tuple[str, ...]]:
    """Return the events that `wanted` leaves in a form, and what was withheld, in words.

    Raises: WithheldError when the form cannot withhold what `care` asks to.
    """
    shown = disclosure_of(events.reports(wanted), events, care)
    return form.write(shown, places, events), shown.in_words()


def brief_of(
    wanted: EventFilter,
    events: EventStore,
    places: PlaceStore,
    *,
    title: str,
    note: str = "",
    view: tuple[float, float, float] | None = None,
    care: Care = PLAINLY,
) -> str:
    """Return the brief of the events that `wanted` leaves; `view` as for `picture_of`."""
    shown = disclosure_of(events.reports(wanted), events, care)
    about = _about(shown, wanted, events, places, title=title, note=note)
    return brief_html(shown, places, about, view=view)


def _about(
    shown: Disclosure,
    wanted: EventFilter,
    events: EventStore,
    places: PlaceStore,
    *,
    title: str,
    note: str,
) -> About:
    return About(
        title=title,
        note=note,
        as_of=events.as_of(),
        filter_text=wanted.in_words(),
        total=len(events.columns()),
        provenance=_provenance(shown, wanted, events, places),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check of a snapshot found."""

    is_intact: bool
    """The file's bytes have the hash that it states."""
    is_rebuilt: bool | None
    """The store gives the same bytes; None when the store was not asked."""
    notes: tuple[str, ...] = ()
    """Why not, and what else a reader should know."""

    @property
    def holds(self) -> bool:
        """Say whether nothing speaks against the file."""
        return self.is_intact and self.is_rebuilt is not False


def verify(
    name: str, data: bytes, events: EventStore | None = None, places: PlaceStore | None = None
) -> Verdict:
    """Return whether the snapshot `data`, the file `name`, is as made, and what the store gives.

    The store is asked for the events of the reports that the file rests on, with the file's
    filter, title and note. Without stores only the hash is checked.

    Raises: UnreadableInputError when it is no snapshot with a manifest.
    """
    contents = read_snapshot(name, data)
    notes = [] if contents.is_intact else [f"the bytes have the hash {contents.found_hash}"]
    is_rebuilt = None
    if events is not None and places is not None:
        rebuilt = rebuild(contents, events, places)
        is_rebuilt = rebuilt == data
        if not is_rebuilt:
            notes += _reasons(contents, read_snapshot("the rebuilt snapshot", rebuilt))
        notes += _later_events(contents, events)
    return Verdict(is_intact=contents.is_intact, is_rebuilt=is_rebuilt, notes=tuple(notes))


def rebuild(contents: Contents, events: EventStore, places: PlaceStore) -> bytes:
    """Return the bytes of the page that the store gives now for a snapshot's manifest."""
    manifest = contents.manifest
    wanted, _ = EventFilter.from_query(manifest["query"])
    care = Care.from_json(manifest.get("care", {}))
    reports = _of_sources(contents, events.reports(wanted), events)
    shown = disclosure_of(reports, events, care)
    day = manifest["as_of"]
    about = About(
        title=manifest["title"],
        note=manifest["note"],
        as_of=date.fromisoformat(day) if day else None,
        filter_text=manifest["filter"],
        total=manifest["total"],
        provenance=_provenance(shown, wanted, events, places),
    )
    return snapshot_html(shown, places, about).encode()


def _provenance(
    shown: Disclosure, wanted: EventFilter, events: EventStore, places: PlaceStore
) -> Provenance:
    reports = all_reports(shown.reports)
    facts = events.facts_of(report.article.article_id for report in reports)
    return provenance_of(
        reports,
        wanted,
        events,
        places_version=places.version,
        retrieved={article_id: fact.added_on for article_id, fact in facts.items()},
    )


def _of_sources(
    contents: Contents, reports: tuple[EventReport, ...], events: EventStore
) -> list[EventReport]:
    """Return those of the reports that the file rests on, counted ones by the file's last day."""
    manifest = contents.manifest
    article_ids = {source["article_id"] for source in manifest["sources"]}
    counting = {tally["source"] for tally in manifest.get("counted", ())}
    counted = {r.article.article_id for r in reports if r.article.source in counting}
    article_ids |= {
        article_id
        for article_id, fact in events.facts_of(counted).items()
        if fact.added_on.isoformat() <= (manifest["as_of"] or "")
    }
    return [
        replace(
            report,
            further=tuple(one for one in report.further if one.article.article_id in article_ids),
        )
        for report in reports
        if report.article.article_id in article_ids
    ]


def _reasons(contents: Contents, rebuilt: Contents) -> list[str]:
    """Return in what the store's page differs: versions, texts, corrections, events."""
    made, now = contents.manifest, rebuilt.manifest
    reasons = [
        f"{key} was {_value(made[key])}, is {_value(now[key])}"
        for key in ("dateline", "places", "rules", "model", "coders", "corrections")
        if made[key] != now[key]
    ]
    rules = {rule["source"]: rule["sharing"] for rule in now["rules_of_sources"]}
    reasons += [
        f"the rule of {rule['source']} was {rule['sharing']}, is {rules[rule['source']]}"
        for rule in made["rules_of_sources"]
        if rules.get(rule["source"], rule["sharing"]) != rule["sharing"]
    ]
    hashes = {source["article_id"]: source["text_sha256"] for source in now["sources"]}
    for source in made["sources"]:
        found = hashes.get(source["article_id"])
        if found is None:
            reasons.append(f"the store has no such events of “{source['title']}”")
        elif found != source["text_sha256"]:
            reasons.append(f"the text of “{source['title']}” has another hash")
    reasons += [change_line(change) for change in differences(contents, rebuilt)]
    return reasons or ["the page is written otherwise, the events are the same"]


def _later_events(contents: Contents, events: EventStore) -> list[str]:
    wanted, _ = EventFilter.from_query(contents.manifest["query"])
    shown = events.reports(wanted)
    more = len(shown) - len(_of_sources(contents, shown, events))
    return [f"{more} events of other reports match the filter now"] if more else []


def change_line(change: Change) -> str:
    """Return a change as one line."""
    details = f" ({'; '.join(change.details)})" if change.details else ""
    return f"{change.kind} {change.event_id}: {change.event}{details}"


def _value(value: Any) -> str:  # noqa: ANN401  # whatever the manifest holds
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
