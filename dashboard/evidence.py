"""Snapshots as evidence: what one holds, whether it is as it was made.

A snapshot carries its events as GeoJSON, a manifest, and a hash of its own bytes, reckoned
with zeros in the hash's place.

The manifest, JSON in the element `dateline-manifest`:

| key | value |
|---|---|
| form | 1: the form of this table |
| title, note | the maker's |
| filter, query | the filter in words, and as the query of a link |
| as_of | day of the last addition to the collection, or null |
| total, shown | events in the collection, and in this file |
| not_shown | events left out `by_filter`, `counted_only`, in the list only (`without_place`) |
| unplaced | why events have no place, each reason with its count |
| withheld | what was withheld and why, in words |
| counted | of sources that share counts alone: source, event_type, country_code, count |
| care | what the maker withheld: `blur_km` (null: nothing), `mask_names` |
| rules_of_sources | of each source of the events: source, licence, sharing |
| dateline, places, rules, model, coders | versions of program, data and rules; who coded |
| corrections | [article id, words, place id or null] that an analyst set right |
| sources | of each report: article_id, title, source, published, retrieved, url, text_sha256 |

The GeoJSON, in the element `dateline-data`, has a feature for each place, with its outline once
and its events as a list in the property `events`; those without a place stand in a feature with
a null geometry. Names are those of `dashboard.exports`; what a table above or the ontology can
restore is left out, and so is what is unknown; `earliest` and `latest` of a whole day are `when`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from dashboard.disclosure import PLACE_WITHHELD, QUOTE_WITHHELD, Care, Disclosure, all_reports
from dashboard.errors import UnreadableInputError
from dashboard.events import EventReport
from dashboard.exports import Detail, to_geojson
from dashboard.outlines import GeometrySource
from dashboard.popups import web_link
from dashboard.provenance import About

FORM = 1

_HASH = re.compile(r'(<code id="content-hash">)([0-9a-f]{64})(</code>)')
_BLOCK = '<script type="application/{}" id="dateline-{}">{}</script>'
_OF_PLACE = ("place_id", "place", "country_code", "precision", "radius_km")
_OF_EVENT = (
    "event_id", "event_type", "mode", "source", "target", "source_ids", "target_ids", "when",
    "earliest", "latest", "modality", "confidence", "quote", "article_id",
)  # fmt: skip

_DAYS = ("earliest", "latest")

EMBEDDED = Detail(tolerance=0.05, digits=2, share=1 / 60)
"""How exactly outlines are embedded: about as the map shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a snapshot says of itself."""

    manifest: dict[str, Any]
    features: tuple[dict[str, Any], ...]
    """The properties of each event at each of its places."""
    stated_hash: str
    found_hash: str

    @property
    def is_intact(self) -> bool:
        """Say whether the file is byte for byte as it was made."""
        return self.stated_hash == self.found_hash


def manifest_of(disclosure: Disclosure, about: About) -> dict[str, Any]:
    """Return the manifest of a snapshot of what may be shown."""
    provenance = about.provenance
    reports = disclosure.reports
    articles = {report.article.article_id: report.article for report in all_reports(reports)}
    unplaced = Counter(
        report.event.unplaced_reason or "No place is named."
        for report in reports
        if not report.event.locations
    )
    wordless = {r.event.article_id for r in all_reports(reports) if r.event.quote == QUOTE_WITHHELD}
    everything = about.total_with(disclosure)
    return {
        "form": FORM,
        "title": about.title,
        "note": about.note,
        "filter": about.filter_text,
        "query": dict(sorted(provenance.query.items())),
        "as_of": _iso(about.as_of),
        "total": everything,
        "shown": len(reports),
        "not_shown": {
            "by_filter": everything - len(reports) - disclosure.counted,
            "counted_only": disclosure.counted,
            "without_place": sum(unplaced.values()),
        },
        "unplaced": dict(sorted(unplaced.items())),
        "withheld": list(disclosure.in_words()),
        "counted": [asdict(tally) for tally in disclosure.tallies],
        "care": disclosure.care.to_json(),
        "rules_of_sources": [
            {"source": name, "licence": source.licence, "sharing": source.sharing.value}
            for name, source in sorted(disclosure.rules.items())
        ],
        "dateline": provenance.dateline,
        "places": provenance.places,
        "rules": provenance.rules,
        "model": provenance.model,
        "coders": sorted({report.event.coder for report in reports}),
        "corrections": [
            _correction(correction, disclosure.care, wordless)
            for correction in provenance.corrections
        ],
        "sources": [
            {
                "article_id": article_id,
                "title": article.title,
                "source": article.source,
                "published": _iso(article.published),
                "retrieved": _iso(provenance.retrieved.get(article_id)),
                "url": web_link(article.url),
                "text_sha256": provenance.text_hashes.get(article_id),
            }
            for article_id, article in sorted(articles.items())
        ],
    }


def data_blocks(
    reports: Sequence[EventReport], store: GeometrySource, manifest: Mapping[str, Any]
) -> str:
    """Return the script elements that hold the data and the manifest; no browser runs them."""
    collection = _by_place(to_geojson(reports, store, detail=EMBEDDED))
    return "\n".join(
        (
            _BLOCK.format("geo+json", "data", _inert(collection)),
            _BLOCK.format("json", "manifest", _inert(manifest)),
        )
    )


def unsealed_hash() -> str:
    """Return the element that shows the hash, before it is known."""
    return f'<code id="content-hash">{"0" * 64}</code>'


def seal(page: str) -> str:
    """Return the page with the hash of its bytes in its place."""
    return _HASH.sub(rf"\g<1>{_digest(page)}\g<3>", page)


def content_hash(page: str) -> str:
    """Return the hash that the page states.

    Raises: UnreadableInputError when it states none.
    """
    return _stated("The page", page)


def file_name(page: str) -> str:
    """Return the name to save a snapshot by, with the first digits of its content hash."""
    return f"dateline-{content_hash(page)[:12]}.html"


def read_snapshot(name: str, data: bytes) -> Contents:
    """Return what the snapshot `data`, the file `name`, holds.

    Raises: UnreadableInputError when it is no snapshot with a manifest.
    """
    try:
        page = data.decode("utf-8")
        manifest = json.loads(_block(page, "manifest"))
        features = _by_event(json.loads(_block(page, "data"))["features"])
        form = manifest["form"]
        if form == FORM:
            _check(manifest)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise UnreadableInputError(name, "is no Dateline snapshot with a manifest.") from error
    if form != FORM:
        raise UnreadableInputError(name, f"has a manifest of form {form}; this Dateline knows 1.")
    return Contents(
        manifest=manifest,
        features=features,
        stated_hash=_stated(name, page),
        found_hash=_digest(page),
    )


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "title": str,
    "note": str,
    "filter": str,
    "query": dict,
    "as_of": (str, type(None)),
    "total": int,
    "dateline": str,
    "places": str,
    "rules": str,
    "model": str,
    "coders": list,
    "corrections": list,
    "sources": list,
    "rules_of_sources": list,
}


def _check(manifest: Mapping[str, Any]) -> None:
    """Raise ValueError, TypeError or LookupError when it lacks what a check needs."""
    if not all(isinstance(manifest[name], kind) for name, kind in _TYPES.items()):
        raise ValueError("A value of the manifest is of another type.")
    if not all(isinstance(value, str) for value in manifest["query"].values()):
        raise ValueError("The query holds something other than text.")
    Care.from_json(manifest.get("care", {}))
    if manifest["as_of"]:
        date.fromisoformat(manifest["as_of"])
    for rule in manifest["rules_of_sources"]:
        if not isinstance(rule["source"] + rule["sharing"], str):
            raise TypeError("A rule has no source.")
    for source in manifest["sources"]:
        if not isinstance(source["title"] + source["article_id"], str):
            raise TypeError("A source has no title or id.")
        source["text_sha256"]


def _by_place(collection: dict[str, Any]) -> dict[str, Any]:
    """Return the collection with one feature a place, which lists its events."""
    places: dict[tuple[Any, ...], dict[str, Any]] = {}
    for feature in collection["features"]:
        properties = feature["properties"]
        place = _known(properties, _OF_PLACE)
        kept = places.setdefault(
            tuple(place.values()),
            {
                "type": "Feature",
                "geometry": feature["geometry"],
                "properties": {**place, "events": []},
            },
        )
        kept["properties"]["events"].append(_without_days(_known(properties, _OF_EVENT)))
    return {"type": "FeatureCollection", "features": list(places.values())}


def _by_event(features: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {**_known(feature["properties"], _OF_PLACE), **_with_days(event)}
        for feature in features
        for event in feature["properties"]["events"]
    )


def _without_days(event: dict[str, Any]) -> dict[str, Any]:
    """Return the event without its first and last day, when they are the day that it names."""
    is_day = event.get("when") == event.get("earliest") == event.get("latest")
    return {name: event[name] for name in event if not (is_day and name in _DAYS)}


def _with_days(event: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(_DAYS, event["when"]) | event if "when" in event else event


def _correction(
    correction: tuple[str, str, str | None], care: Care, wordless: Collection[str]
) -> list[str | None]:
    """Return a correction; what places and words are withheld is not given away by it either."""
    article_id, words, place_id = correction
    words = QUOTE_WITHHELD if article_id in wordless else words
    return [article_id, PLACE_WITHHELD, None] if care.blur_km else [article_id, words, place_id]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _known(properties: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return what is known of these properties."""
    return {name: properties[name] for name in names if properties.get(name) not in (None, [])}


def _inert(value: object) -> str:
    """Return JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _block(page: str, name: str) -> str:
    start = page.index(f'id="dateline-{name}">') + len(f'id="dateline-{name}">')
    return page[start : page.index("</script>", start)]


def _stated(name: str, page: str) -> str:
    stated = _HASH.findall(page)
    if len(stated) != 1:
        raise UnreadableInputError(name, "states no content hash.")
    found: str = stated[0][1]
    return found


def _digest(page: str) -> str:
    blank = _HASH.sub(rf"\g<1>{'0' * 64}\g<3>", page)
    return hashlib.sha256(blank.encode("utf-8")).hexdigest()
