"""The map as one self-contained page: opens anywhere, asks nothing of any network.

Scripts, styles, basemap and events are inside; a Content-Security-Policy that allows nothing
else says so to the browser. Without JavaScript, and on paper, the page is a still picture and a
list of events with quotes and sources. The same events always give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from dashboard.credits import BOUNDARIES_NOTE, CREDITS
from dashboard.disclosure import Disclosure, Tally
from dashboard.events import EventReport
from dashboard.evidence import data_blocks, manifest_of, seal, unsealed_hash
from dashboard.layers import Layers, map_layers, script_json
from dashboard.ontology import event_type
from dashboard.outlines import GeometrySource
from dashboard.picture import static_map
from dashboard.popups import Card, Source, day_words
from dashboard.provenance import About, Provenance
from dashboard.sources import NewsSource, SharingRule
from dashboard.static_build import section
from dashboard.summary import ActorCount, actor_counts, coverage, date_range, type_counts
from gazetteer.countries import countries

STATIC = Path(__file__).parent / "static"


def snapshot_html(disclosure: Disclosure, store: GeometrySource, about: About) -> str:
    """Return the page of what may be shown. It never holds an article's text.

    Events, manifest and hash are inside: see `dashboard.evidence`.
    """
    reports = disclosure.reports
    layers = map_layers(reports, store)
    scripts = _scripts(layers)
    page = "\n".join(
        (
            *head(about.title, scripts=scripts, styles=(map_styles(), static_text("snapshot.css"))),
            "<body>",
            '<div class="screen">',
            header(about, disclosure),
            _filters(reports),
            f'<div class="still">{static_map(layers)}</div>',
            '<main><div id="map" role="region" aria-label="Map of the events"></div>',
            _event_list(layers),
            "</main></div>",
            counted_section(disclosure.tallies),
            sources_section(disclosure, layers["articles"], about.provenance),
            footer(),
            data_blocks(reports, store, manifest_of(disclosure, about)),
            *(f"<script>{script}</script>" for script in scripts),
            "</body>",
            "</html>",
            "",
        )
    )
    return seal(page)


def head(title: str, *, scripts: Sequence[str], styles: Sequence[str]) -> tuple[str, ...]:
    """Return a page's lines up to its body, with a policy that lets only these run.

    The first style has the id by which the map's script knows that its own are there.
    """
    first, *others = styles
    return (
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts, styles)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        f'<style id="dateline-styles">{first}</style>',
        *(f"<style>{style}</style>" for style in others),
        "</head>",
    )


def static_text(name: str) -> str:
    """Return a script or style of the shared pages."""
    return (STATIC / "source" / name).read_text("utf-8")


def map_styles() -> str:
    """Return the styles of the map."""
    return static_text("leaflet.css") + static_text("dateline-map.css")


def map_scripts() -> tuple[str, ...]:
    """Return what draws the map: basemap, Leaflet, our script."""
    bundle = (STATIC / "dateline.js").read_text("utf-8")
    return (
        (STATIC / "basemap.js").read_text("utf-8"),
        section(bundle, "leaflet"),
        section(bundle, "script"),
    )


def _scripts(layers: Layers) -> tuple[str, ...]:
    drawn = {
        **layers,
        # The quotes stand in the list already: the page's script takes them from there.
        "events": _table([_shorter(card) for card in layers["events"]]),
        "articles": _table(layers["articles"]),
        "points": _table(layers["points"]),
    }
    return (
        *map_scripts(),
        f"window.DATELINE_LAYERS = {script_json(drawn)};",
        static_text("snapshot.js"),
    )


def _shorter(card: Card) -> dict[str, object]:
    """Return the card without its quote, and without its last day when that is the first."""
    kept: dict[str, object] = {name: value for name, value in card.items() if name != "quote"}
    return kept | {"until": None} if card["until"] == card["since"] else kept


_HEADS = ("Event", "Date", "Who", "Where", "Quote and source")
_CODED = ("type", "family", "label", "mode", "modality", "confidence", "precision")


def _table(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return rows that name their columns, and the few values of some of them, once.

    What a row lacks is null.
    """
    columns = sorted({name for row in rows for name in row})
    values = {
        name: sorted({row[name] for row in rows if isinstance(row.get(name), str)})
        for name in columns
        if name in _CODED
    }
    numbers = {name: {value: n for n, value in enumerate(known)} for name, known in values.items()}
    return {
        "columns": columns,
        "values": values,
        "rows": [
            [
                numbers[name].get(row.get(name)) if name in numbers else row.get(name)
                for name in columns
            ]
            for row in rows
        ],
    }


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return a policy that lets exactly these scripts and styles run, and nothing be fetched."""
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src {_sources_of(scripts)}; style-src {_sources_of(styles)}"
    )


def _sources_of(texts: Iterable[str]) -> str:
    return " ".join(map(_hash, texts)) or "'none'"


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def header(about: About, disclosure: Disclosure) -> str:
    """Return title, the maker's note, and what is shown and what is withheld."""
    lines = [f"<h1><bdi>{escape(about.title)}</bdi></h1>"]
    if about.note:
        lines.append(f'<p class="note" dir="auto">{escape(about.note)}</p>')
    shown = coverage(disclosure.reports, about.total_with(disclosure))
    lines.append(f'<p class="coverage"><span id="coverage">{escape(shown)}</span></p>')
    if about.filter_text:
        lines.append(f'<p class="coverage">Filter: <bdi>{escape(about.filter_text)}</bdi></p>')
    if about.as_of:
        lines.append(f'<p class="coverage">State of the collection: {day_words(about.as_of)}</p>')
    if withheld := disclosure.in_words():
        lines.append(f'<p class="coverage">Withheld: {escape("; ".join(withheld))}.</p>')
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
    return (
        f'<h2>{heading} (<span class="count">{len(cards):,}</span>)</h2>'
        f"{event_table(newest_first, layers['articles'])}"
    )


def event_table(cards: Iterable[tuple[int, Card]], articles: Sequence[Source]) -> str:
    """Return a table of numbered events, one row an event."""
    rows = "".join(_row(number, card, articles) for number, card in cards)
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _row(number: int, card: Card, articles: Sequence[Source]) -> str:
    # The ends of cells and rows may be left out in HTML, and are: thousands of rows are long.
    article = articles[card["article"]]
    places = "; ".join(
        f"<bdi>{escape(name)}</bdi> ({escape(precision)})" for name, precision, _ in card["places"]
    )
    where = places or f"Not on the map: {escape(card['unplaced'] or '')}"
    told = ", ".join(filter(None, (card["mode"], card["modality"])))
    by = ", ".join(filter(None, (article["source"], _published(article))))
    return (
        f'<tr id="e{number}">'
        f'<th scope="row">{escape(card["label"])}'
        f"{f' <small>{escape(told)}</small>' if told else ''}"
        f"<td><time>{escape(card['when'] or 'no date')}</time>"
        f'<td class="who">{_who(card)}<td class="where">{where}'
        f'<td><blockquote dir="auto">{_quote(card)}</blockquote>'
        f'<p class="by"><a href="#s{card["article"]}"><bdi>{escape(article["title"])}</bdi></a>'
        f"{f', <bdi>{escape(by)}</bdi>' if by else ''}. "
        f"Confidence {escape(card['confidence'])}."
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


def counted_section(tallies: Sequence[Tally]) -> str:
    """Return the table of events whose sources share counts alone; "" without any."""
    if not tallies:
        return ""
    rows = "".join(
        f"<tr><td><bdi>{escape(tally.source)}</bdi></td>"
        f"<td>{escape(event_type(tally.event_type).label)}</td>"
        f"<td>{escape(_country(tally.country_code))}</td><td>{tally.count:,}</td></tr>"
        for tally in tallies
    )
    return (
        '<section class="counted"><h2>Counted only</h2><p>These sources share counts alone: '
        "their events are neither on the map nor in the list.</p><table><thead><tr>"
        "<th>Source</th><th>Type</th><th>Country</th><th>Events</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></section>"
    )


def _country(code: str | None) -> str:
    country = countries().get(code or "")
    return country.name if country else "none known"


def sources_section(
    disclosure: Disclosure, articles: Sequence[Source], provenance: Provenance
) -> str:
    """Return the reports as a list, `articles` as the map's layers number them."""
    keys = sorted({report.article.article_id for report in disclosure.reports})
    items = "".join(
        f'<li id="s{number}">{_source(article)}'
        f"{_retrieved(provenance.retrieved.get(key))}"
        f"{_licence(disclosure.rules.get(article['source'] or ''))}</li>"
        for number, (key, article) in enumerate(zip(keys, articles, strict=True))
    )
    return f'<section class="sources"><h2>Sources</h2><ol>{items}</ol></section>'


def _source(article: Source) -> str:
    title = f"<bdi>{escape(article['title'])}</bdi>"
    if article["url"]:
        title = f'<a href="{escape(article["url"])}" rel="noopener noreferrer">{title}</a>'
    rest = ", ".join(filter(None, (article["source"], _published(article))))
    return f"{title}, <bdi>{escape(rest)}</bdi>" if rest else title


def _published(article: Source) -> str | None:
    day = article["published"]
    return day_words(date.fromisoformat(day)) if day else None


def _retrieved(day: date | None) -> str:
    return f", retrieved {day_words(day)}" if day else ""


def _licence(source: NewsSource | None) -> str:
    """Return a source's licence and its rule, where they are more than the default."""
    if source is None:
        return ""
    licence = f" Licence: <bdi>{escape(source.licence)}</bdi>." if source.licence else ""
    return licence + (
        " Shared without quotes, as the source asks."
        if source.sharing is SharingRule.POINTS
        else ""
    )


def footer() -> str:
    """Return boundaries note, credits and the hash's place."""
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
