"""In what two snapshots differ: in what was asked of them, and in their events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.disclosure import Care
from dashboard.evidence import Contents
from dashboard.filters import EventFilter, Role, is_member
from dashboard.ontology import event_types
from dashboard.sources import SharingRule
from dashboard.whereabouts import is_surely_elsewhere

_CIRCUMSTANCES = ("filter", "title", "note", "as_of", "dateline", "places", "rules", "model")
_UNSEEN = ("text", "box", "polygon", "places", "articles", "datasets", "reviewed", "max_days")
"""Parts of a filter that the events of a file do not tell."""


def circumstances(before: Contents, after: Contents) -> tuple[str, ...]:
    """Return in what two snapshots differ besides their events, the filters first."""
    made, now = before.manifest, after.manifest
    said = [
        f"{name}: {made[name] or 'none'} → {now[name] or 'none'}"
        for name in _CIRCUMSTANCES
        if made[name] != now[name]
    ]
    if made["query"] != now["query"] and made["filter"] == now["filter"]:
        said.insert(0, f"filter: {_query(made)} → {_query(now)}")
    careful, later = _care(made), _care(now)
    said += [f"{key}: {careful[key]} → {later[key]}" for key in later if careful[key] != later[key]]
    rules = {rule["source"]: rule["sharing"] for rule in now["rules_of_sources"]}
    said += [
        f"rule of {rule['source']}: {rule['sharing']} → {rules[rule['source']]}"
        for rule in made["rules_of_sources"]
        if rules.get(rule["source"], rule["sharing"]) != rule["sharing"]
    ]
    return tuple(said)


def _query(manifest: Mapping[str, Any]) -> str:
    return " ".join(f"{key}={value}" for key, value in manifest["query"].items()) or "none"


def _care(manifest: Mapping[str, Any]) -> dict[str, str]:
    care = Care.from_json(manifest.get("care", {}))
    return {
        "places": f"coarse to {care.blur_km} km" if care.blur_km else "as exact as known",
        "names": "masked" if care.mask_names else "not masked",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One event in which two snapshots differ."""

    kind: str
    """"new", "removed", "moved" or "revised"; "let in" and "left out" are new and removed
    because of the two filters, or of a source that shares counts alone."""
    event_id: str
    event: str
    """The event in a line, as the later snapshot has it."""
    details: tuple[str, ...] = ()
    """What was and what is."""


def differences(before: Contents, after: Contents) -> tuple[Change, ...]:
    """Return in what `after` differs from `before`: new, removed, moved, revised events.

    An event whose type was revised has a new id: it is known by its article and its quote.
    What the other snapshot's filter leaves out is told apart, as far as the files hold what the
    filter asks: not words, areas, articles, data sets and reviews.
    """
    old, new = _events(before.features), _events(after.features)
    pairs = {key: key for key in old.keys() & new.keys()}
    pairs |= _same_quote(
        {key: old[key] for key in old.keys() - new.keys()},
        {key: new[key] for key in new.keys() - old.keys()},
    )
    came_from = {later: earlier for earlier, later in pairs.items()}
    changes = [
        _missing(("removed", "left out"), key, old[key], before, after)
        for key in old
        if key not in pairs
    ]
    changes += [
        _missing(("new", "let in"), key, new[key], after, before)
        for key in new
        if key not in came_from
    ]
    for earlier, later in pairs.items():
        changes += _revisions(later, old[earlier], new[later])
    return tuple(sorted(changes, key=lambda change: (_KINDS.index(change.kind), change.event_id)))


_KINDS = ("new", "let in", "revised", "moved", "removed", "left out")
_REVISED = (
    "event_type", "mode", "source", "target", "when", "earliest", "latest", "modality",
    "confidence", "quote",
)  # fmt: skip

_Event = dict[str, Any]


def _events(features: Sequence[Mapping[str, Any]]) -> dict[str, _Event]:
    """Return the events by id, each with all its places under "places"."""
    found: dict[str, _Event] = {}
    for properties in features:
        event = found.setdefault(
            properties["event_id"], {**properties, "places": [], "countries": {}}
        )
        if "place_id" in properties:
            event["places"].append(
                (properties["place"], properties["place_id"], properties["precision"])
            )
            event["countries"][properties["place_id"]] = properties.get("country_code")
    for event in found.values():
        event["places"].sort()
    return found


def _same_quote(old: Mapping[str, _Event], new: Mapping[str, _Event]) -> dict[str, str]:
    """Return those of `old` that have one event of the same sentence in `new`, with its id."""

    def by_quote(events: Mapping[str, _Event]) -> dict[tuple[str, str], str]:
        counts = Counter((event["article_id"], event["quote"]) for event in events.values())
        return {
            (event["article_id"], event["quote"]): key
            for key, event in events.items()
            if counts[event["article_id"], event["quote"]] == 1
        }

    earlier, later = by_quote(old), by_quote(new)
    return {earlier[quote]: later[quote] for quote in earlier.keys() & later.keys()}


def _revisions(key: str, old: _Event, new: _Event) -> list[Change]:
    changed = tuple(
        f"{name}: {_shown(old.get(name))} → {_shown(new.get(name))}"
        for name in _REVISED
        if old.get(name) != new.get(name)
        and not (name == "quote" and _is_cut_otherwise(old["quote"], new["quote"]))
    )
    changes = [_change("revised", key, new, changed)] if changed else []
    if old["places"] != new["places"]:
        details = (f"place: {_names(old)} → {_names(new)}",)
        changes.append(_change("moved", key, new, details))
    return changes


def _is_cut_otherwise(old: str, new: str) -> bool:
    """Say whether two quotes are one, cut at two lengths for how much of its report is quoted."""
    shorter, longer = sorted((quote.strip(" …") for quote in (old, new)), key=len)
    return bool(shorter) and "…" in old + new and shorter in longer


def _change(kind: str, key: str, event: _Event, details: tuple[str, ...] = ()) -> Change:
    who = " → ".join(
        filter(None, (", ".join(event.get("source", ())), ", ".join(event.get("target", ()))))
    )
    parts = (event.get("when", "no date"), event["event_type"], who, _names(event))
    return Change(kind=kind, event_id=key, event="; ".join(filter(None, parts)), details=details)


def _names(event: _Event) -> str:
    return ", ".join(f"{name} [{place_id}]" for name, place_id, _ in event["places"]) or "no place"


def _shown(value: object) -> str:
    if value is None:
        return "none"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _missing(
    kinds: tuple[str, str], key: str, event: _Event, here: Contents, there: Contents
) -> Change:
    """Return the change that an event of `here` is not `there`; the second kind: kept out."""
    kind, kept_out = kinds
    reasons = tuple(_outside(event, here.manifest, there.manifest))
    if reasons:
        return _change(kept_out, key, event, (f"outside the other's: {', '.join(reasons)}",))
    asked = EventFilter.from_query(there.manifest["query"])[0]
    own = EventFilter.from_query(here.manifest["query"])[0]
    unsure = [name for name in _UNSEEN if getattr(asked, name) not in (getattr(own, name), (), "")]
    said = (f"unless the other's filter leaves it out: {', '.join(unsure)}",) if unsure else ()
    return _change(kind, key, event, said)


def _outside(event: _Event, own: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield what of an event the other snapshot's filter or rules certainly leave out."""
    wanted, _ = EventFilter.from_query(other["query"])
    known = event_types().get(event["event_type"])
    if wanted.event_types and event["event_type"] not in wanted.event_types:
        yield "type"
    if wanted.quad_classes and (known is None or known.quad_class not in wanted.quad_classes):
        yield "kind of act"
    if wanted.since and event.get("latest", "") < wanted.since.isoformat():
        yield "first day"
    if wanted.until and event.get("earliest", "9999") > wanted.until.isoformat():
        yield "last day"
    if event.get("modality") and event["modality"] not in wanted.shown_modalities:
        yield "standing"
    if event.get("confidence", 1.0) < wanted.min_confidence:
        yield "confidence"
    if not _has_actors(event, wanted):
        yield "actors"
    yield from _outside_by_place(event, wanted, own)
    yield from _outside_by_source(event, wanted, own, other)


def _has_actors(event: _Event, wanted: EventFilter) -> bool:
    sides = (event.get("source_ids", ()), event.get("target_ids", ()))
    asked = {Role.EITHER: (*sides[0], *sides[1]), Role.SOURCE: sides[0], Role.TARGET: sides[1]}
    facing = all(
        any(
            _takes_part(a, sides[0]) and _takes_part(b, sides[1])
            for a, b in (pair.split("~"), reversed(pair.split("~")))
        )
        for pair in wanted.pairs
    )
    parties = asked[wanted.role]
    return facing and (not wanted.actors or any(_takes_part(a, parties) for a in wanted.actors))


def _takes_part(group: str, actor_ids: Sequence[str]) -> bool:
    return any(is_member(actor_id, group) for actor_id in actor_ids)


def _outside_by_place(event: _Event, wanted: EventFilter, own: Mapping[str, Any]) -> Iterator[str]:
    if Care.from_json(own.get("care", {})).blur_km:
        return  # the file does not say where it was
    places = event["places"]
    if wanted.places and all(
        is_surely_elsewhere(asked, place_id, event["countries"][place_id])
        for asked in wanted.places
        for _, place_id, _ in places
    ):
        yield "place"
    worst = wanted.max_precision
    if worst is not None and not any(precision <= worst for _, _, precision in places):
        yield "exactness of the place"


def _outside_by_source(
    event: _Event, wanted: EventFilter, own: Mapping[str, Any], other: Mapping[str, Any]
) -> Iterator[str]:
    sources = {source["article_id"]: source["source"] for source in own["sources"]}
    source = sources.get(event["article_id"]) or ""
    rules = {rule["source"]: rule["sharing"] for rule in other["rules_of_sources"]}
    if wanted.sources and source not in wanted.sources:
        yield "source"
    if rules.get(source) == SharingRule.AGGREGATES:
        yield "rule of the source: counts alone"
