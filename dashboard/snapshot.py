"""The map as one self-contained page: opens anywhere, asks nothing of any network.

Scripts, styles, basemap and events are inside; a Content-Security-Policy that allows nothing
else says so to the browser. Without JavaScript, the page is a still picture and a list of events
with quotes and sources. The same events always give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path

from dashboard.credits import BOUNDARIES_NOTE, CREDITS
from dashboard.events import EventReport
from dashboard.evidence import data_blocks, manifest_of, seal, unsealed_hash
from dashboard.layers import Layers, map_layers, script_json
from dashboard.outlines import GeometrySource
from dashboard.picture import static_map
from dashboard.popups import Card, Source, day_words
from dashboard.provenance import Provenance
from dashboard.static_build import section
from dashboard.summary import ActorCount, actor_counts, coverage, date_range, type_counts

STATIC = Path(__file__).parent / "static"


def snapshot_html(
    reports: Sequence[EventReport],
    store: GeometrySource,
    *,
    title: str,
    note: str = "",
    as_of: date | None,
    filter_text: str = "",
    total: int | None = None,
    provenance: Provenance | None = None,
) -> str:
    """Return the page. It quotes sentences and names sources; it never holds an article's text.

    `total` is how many events there are with those that the filter leaves out. Events,
    manifest and hash are inside: see `dashboard.evidence`.
    """
    layers = map_layers(reports, store)
    manifest = manifest_of(
        reports,
        title=title,
        note=note,
        as_of=as_of,
        filter_text=filter_text,
        total=total,
        provenance=provenance or Provenance(),
    )
    scripts = _scripts(layers)
    styles = [_map_styles(), _static("snapshot.css")]
    known = max(total or 0, len(reports))
    body = "\n".join(
        (
            '<div class="screen">',
            _header(title, note, coverage(reports, known), filter_text, as_of),
            _filters(reports),
            '<main><div id="map" role="region" aria-label="Map of the events"></div>',
            f'<noscript><div class="still">{static_map(layers)}</div></noscript>',
            _event_list(layers),
            "</main></div>",
            _sources(layers["articles"]),
            _footer(),
        )
    )
    page = "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts, styles)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{escape(title)}</title>",
            f'<style id="dateline-styles">{styles[0]}</style>',
            f"<style>{styles[1]}</style>",
            "</head>",
            "<body>",
            body,
            data_blocks(reports, store, manifest),
            *(f"<script>{script}</script>" for script in scripts),
            "</body>",
            "</html>",
            "",
        )
    )
    return seal(page)


def _static(name: str) -> str:
    return (STATIC / "source" / name).read_text("utf-8")


def _map_styles() -> str:
    return _static("leaflet.css") + _static("dateline-map.css")


def _scripts(layers: Layers) -> tuple[str, ...]:
    # The quotes stand in the list already: the page's script takes them from there.
    drawn = {**layers, "events": [{**card, "quote": []} for card in layers["events"]]}
    bundle = (STATIC / "dateline.js").read_text("utf-8")
    return (
        (STATIC / "basemap.js").read_text("utf-8"),
        section(bundle, "leaflet"),
        section(bundle, "script"),
        f"window.DATELINE_LAYERS = {script_json(drawn)};",
        _static("snapshot.js"),
    )


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return a policy that lets exactly these scripts and styles run, and nothing be fetched."""
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src {' '.join(map(_hash, scripts))}; style-src {' '.join(map(_hash, styles))}"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _header(title: str, note: str, coverage: str, filter_text: str, as_of: date | None) -> str:
    lines = [f"<h1><bdi>{escape(title)}</bdi></h1>"]
    if note:
        lines.append(f'<p class="note" dir="auto">{escape(note)}</p>')
    lines.append(f'<p class="coverage"><span id="coverage">{escape(coverage)}</span></p>')
    if filter_text:
        lines.append(f'<p class="coverage">Filter: <bdi>{escape(filter_text)}</bdi></p>')
    if as_of:
        lines.append(f'<p class="coverage">State of the collection: {day_words(as_of)}</p>')
    return f"<header>{''.join(lines)}</header>"


def _filters(reports: Sequence[EventReport]) -> str:
    actors = "".join(map(_actor_option, actor_counts(reports)))
    types = "".join(
        f'<option value="{escape(count.event_type)}">{escape(count.label)} ({count.count})</option>'
        for count in type_counts(reports)
    )
    return (
        '<form class="filters" id="filters" hidden>'
        f'<label>Actor <select id="actor"><option value="">All actors</option>'
        f"{actors}</select></label>"
        f'<label>Type <select id="type"><option value="">All types</option>{types}</select></label>'
        f"{_day_field('since', 'From', reports)}{_day_field('until', 'To', reports)}"
        '<label>Words <input id="words" type="search" autocomplete="off"></label>'
        '<button type="reset">Clear</button>'
        '<output id="shown" aria-live="polite"></output>'
        "</form>"
    )


def _day_field(name: str, label: str, reports: Sequence[EventReport]) -> str:
    days = date_range(reports)
    limits = f' min="{days.earliest}" max="{days.latest}"' if days else ""
    return f'<label>{label} <input id="{name}" type="date"{limits}></label>'


def _actor_option(count: ActorCount) -> str:
    indent = "  " if count.group else ""
    return (
        f'<option value="{escape(count.actor_id)}">'
        f"{indent}{escape(count.name)} ({count.count})</option>"
    )


def _event_list(layers: Layers) -> str:
    numbered = list(enumerate(layers["events"]))
    placed = [(number, card) for number, card in numbered if card["places"]]
    unplaced = [(number, card) for number, card in numbered if not card["places"]]
    lists = _events("On the map", placed, layers) + _events("Without a place", unplaced, layers)
    return f'<section class="events" aria-label="Events">{lists}</section>'


def _events(heading: str, cards: Sequence[tuple[int, Card]], layers: Layers) -> str:
    if not cards:
        return ""
    newest_first = sorted(cards, key=lambda item: item[1]["since"] or "", reverse=True)
    items = "".join(_event_item(number, card, layers["articles"]) for number, card in newest_first)
    return f'<h2>{heading} (<span class="count">{len(cards):,}</span>)</h2><ol>{items}</ol>'


def _event_item(number: int, card: Card, articles: Sequence[Source]) -> str:
    article = articles[card["article"]]
    places = "; ".join(
        f"<bdi>{escape(name)}</bdi> ({escape(precision)})" for name, precision, _ in card["places"]
    )
    where = places or f"Not on the map: {escape(card['unplaced'] or '')}"
    told = ", ".join(filter(None, (card["mode"], card["modality"])))
    by = ", ".join(filter(None, (article["source"], article["date"])))
    return (
        f'<li id="e{number}" data-event="{number}">'
        f"<h3>{escape(card['label'])}{f' <small>{escape(told)}</small>' if told else ''}"
        f" <time>{escape(card['when'] or 'no date')}</time></h3>"
        f'<p class="who">{_who(card)}</p>'
        f'<p class="where">{where}</p>'
        f'<blockquote dir="auto">{_quote(card)}</blockquote>'
        f'<p class="by"><a href="#s{card["article"]}"><bdi>{escape(article["title"])}</bdi></a>'
        f"{f', <bdi>{escape(by)}</bdi>' if by else ''}. "
        f"Confidence {escape(card['confidence'])}.</p>"
        "</li>"
    )


def _who(card: Card) -> str:
    source = f"<bdi>{escape(', '.join(card['source']) or 'unnamed')}</bdi>"
    target = ", ".join(card["target"])
    return f"{source} → <bdi>{escape(target)}</bdi>" if target else source


def _quote(card: Card) -> str:
    return "".join(
        f'<mark class="{kind}">{escape(text)}</mark>' if kind else escape(text)
        for text, kind in card["quote"]
    )


def _sources(articles: Sequence[Source]) -> str:
    items = "".join(
        f'<li id="s{number}">{_source(article)}</li>' for number, article in enumerate(articles)
    )
    return f'<section class="sources"><h2>Sources</h2><ol>{items}</ol></section>'


def _source(article: Source) -> str:
    title = f"<bdi>{escape(article['title'])}</bdi>"
    if article["url"]:
        title = f'<a href="{escape(article["url"])}" rel="noopener noreferrer">{title}</a>'
    rest = ", ".join(filter(None, (article["source"], article["date"])))
    return f"{title}, <bdi>{escape(rest)}</bdi>" if rest else title


def _footer() -> str:
    credited = "".join(
        f"<li>{escape(credit.name)}: {escape(credit.used_for)} ({escape(credit.licence)})</li>"
        for credit in CREDITS
    )
    return (
        f"<footer><p>{escape(BOUNDARIES_NOTE)} Events were coded by a program from the quoted "
        "sentences: read the source before you rely on one.</p>"
        f"<ul>{credited}</ul><p>Made with Dateline. "
        f"Content hash (SHA-256): {unsealed_hash()}</p></footer>"
    )
