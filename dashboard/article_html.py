"""An article's text as HTML, with its place mentions and the words that name events marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from dashboard.articles import Article
from dashboard.events import Event, EventLocation
from dashboard.ontology import event_type, families
from gazetteer.toponyms import Geoparse, MentionKind, Resolution

STYLE = """
.dl-article { max-width: 46rem; line-height: 1.6; overflow-wrap: anywhere; }
.dl-article mark { color: inherit; border-radius: 3px; padding: 0 .12em; }
.dl-place { background: rgb(60 150 190 / 0.25); }
.dl-metonym, .dl-demonym, .dl-dateline, .dl-part { background: rgb(120 130 140 / 0.18); }
.dl-unresolved { background: rgb(225 150 40 / 0.28); }
.dl-context { opacity: 0.8; }
.dl-event { background: none; border-bottom: 3px solid var(--family); border-radius: 0; }
.dl-article mark[data-events] { cursor: pointer; }
.dl-article mark.dl-chosen { outline: 2px solid #1f6f8b; outline-offset: 1px; }
"""

CONTEXT = 300
"""Characters before and after a sentence that show what it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    start: int
    end: int
    css_class: str
    note: str
    colour: str | None = None
    events: tuple[str, ...] = ()
    """Ids of the events that it names or places."""


def article_html(article: Article, geoparse: Geoparse, events: Iterable[Event]) -> str:
    """Return the text as escaped HTML paragraphs with marked mentions and events.

    Resting on a mark tells what it was taken for. Where a mention and an event's words
    overlap, the mention is marked.
    """
    events = tuple(events)
    spans = [_mention_span(resolution, events) for resolution in geoparse.resolutions]
    taken = [(span.start, span.end) for span in spans]
    for event in events:
        span = _event_span(event)
        if not any(span.start < end and start < span.end for start, end in taken):
            spans.append(span)
            taken.append((span.start, span.end))
    spans.sort(key=lambda span: span.start)
    paragraphs = _paragraphs(article.text)
    body = "".join(
        f"<p>{_marked(article.text, start, end, spans)}</p>" for start, end in paragraphs
    )
    return f'<style>{STYLE}</style><div class="dl-article" dir="auto">{body}</div>'


def headline_html(title: str) -> str:
    """Return an article's title as an escaped heading, in the direction of its own script."""
    style = "max-width: 46rem; margin: 0; padding: 0"
    return f'<h3 dir="auto" style="{style}">{escape(title)}</h3>'


def quote_html(article: Article, event: Event) -> str:
    """Return the event's sentence as escaped HTML with its words marked, in what stands around."""
    text = article.text
    first, last = max(0, event.start - CONTEXT), min(len(text), event.end + CONTEXT)
    if first:  # what stands around is cut between words
        first = text.find(" ", first, event.start) + 1 or first
    if last < len(text) and (space := text.rfind(" ", event.end, last)) >= 0:
        last = space
    before, after = text[first : event.start], text[event.end : last]
    spans = sorted(
        [_event_span(event), *map(_location_span, event.locations)], key=lambda span: span.start
    )
    quote = _marked(text, event.start, event.end, spans)
    if text[event.start : event.end] != event.quote:
        return f"<style>{STYLE}</style><div>{escape(event.quote)}</div>"  # told by a data set
    more_before = "… " if first else ""
    more_after = " …" if last < len(text) else ""
    return (
        f'<style>{STYLE}</style><div class="dl-article" dir="auto">'
        f'<span class="dl-context">{more_before}{escape(before)}</span>{quote}'
        f'<span class="dl-context">{escape(after)}{more_after}</span></div>'
    )


def _location_span(location: EventLocation) -> _Span:
    mention = location.mention
    return _Span(
        start=mention.start,
        end=mention.end,
        css_class="dl-place",
        note=f"place: {location.place.name}",
    )


def _mention_span(resolution: Resolution, events: Iterable[Event]) -> _Span:
    mention, place = resolution.mention, resolution.place
    if place is None:
        note, css_class = "place not found in the gazetteer", "dl-unresolved"
    elif mention.kind is MentionKind.LITERAL:
        note, css_class = f"place: {place.name}", "dl-place"
    else:
        note, css_class = f"{mention.kind.value}: {place.name}", f"dl-{mention.kind.value}"
    placed = tuple(
        event.event_id
        for event in events
        if any(location.mention.start == mention.start for location in event.locations)
    )
    return _Span(
        start=mention.start, end=mention.end, css_class=css_class, note=note, events=placed
    )


def _event_span(event: Event) -> _Span:
    kind = event_type(event.event_type)
    return _Span(
        start=event.trigger_start,
        end=event.trigger_end,
        css_class="dl-event",
        note=f"event: {kind.label}",
        colour=families()[kind.family].colour,
        events=(event.event_id,),
    )


def _paragraphs(text: str) -> list[tuple[int, int]]:
    paragraphs, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            paragraphs.append((start, start + len(line.rstrip("\r\n"))))
        start += len(line)
    return paragraphs


def _marked(text: str, start: int, end: int, spans: Iterable[_Span]) -> str:
    pieces, position = [], start
    for span in spans:
        # A name that a line's end splits is marked in both lines.
        first, last = max(span.start, start), min(span.end, end)
        if first < position or first >= last:
            continue
        style = f' style="--family: {span.colour}"' if span.colour else ""
        pieces.append(escape(text[position:first]))
        linked = (
            f' data-events="{escape(" ".join(span.events))}" tabindex="0" role="button"'
            if span.events
            else ""
        )
        pieces.append(
            f'<mark class="{span.css_class}" title="{escape(span.note)}"{style}{linked}>'
            f"{escape(text[first:last])}</mark>"
        )
        position = last
    pieces.append(escape(text[position:end]))
    return "".join(pieces)
