"""What may leave Dateline: each source's rule, the limits of quoting, and care to do no harm.

Every way out (snapshot, picture, brief, embedded page, exports) writes what `disclose` leaves,
and says what it withheld:

- a source's rule: events with quotes, events without, or counts alone (`dashboard.sources`);
- at most LONGEST_QUOTE characters of a sentence, and at most QUOTED_SHARE of a report's text;
  a title is short, and one that is the text's first words is a quote as well;
- coordinates made coarse, if asked: a place known more exactly than the chosen radius becomes a
  circle of that radius round the middle of a fixed grid's cell, so that no two shared files
  together tell more; its name goes from quotes, titles and reasons;
- names of private persons masked, if asked: whom the language model takes for a person in a
  quote or a title, unless listed among leaders or standing beside a title of office ("the
  minister"), and every name that was put on the store's list of withheld names.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Self

from dashboard.actors import known_actors, leaders, roles
from dashboard.articles import ArticleSummary, short_title
from dashboard.counts import counted
from dashboard.events import Event, EventLocation, EventReport
from dashboard.popups import BLURRED, LONGEST_QUOTE, day_words, quote_window
from dashboard.sources import NewsSource, SharingRule
from gazetteer.countries import countries
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place

QUOTED_SHARE = 0.8
"""Most of a report's text that its quotes together may hold, if it is longer than one quote."""

SHORTEST_QUOTE = 40
"""No quote is cut below this many characters: it would say nothing."""

BLUR_KM = (1, 5, 10, 25, 50, 100)
"""Radii, in kilometres, that coordinates can be made coarse to."""

QUOTE_WITHHELD = "[the source does not share quotes]"
PLACE_WITHHELD = "[place withheld]"
NAME_WITHHELD = "[name withheld]"

_KM_A_DEGREE = 111.195
_DISTRICT_KM = 25
"""How exactly a district without a radius is known: see `layers.CIRCLE_KM`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What the maker withholds beyond the sources' rules.

    Raises: ValueError for a radius that is not one of BLUR_KM.
    """

    blur_km: int | None = None
    mask_names: bool = False

    def __post_init__(self) -> None:
        if self.blur_km is not None and self.blur_km not in BLUR_KM:
            raise ValueError(f"{self.blur_km} km is not one of {', '.join(map(str, BLUR_KM))}.")

    def to_json(self) -> dict[str, Any]:
        """Return it as a manifest holds it."""
        return {"blur_km": self.blur_km, "mask_names": self.mask_names}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return what a manifest holds.

        Raises: ValueError when it is of another form.
        """
        blur_km, mask_names = values.get("blur_km"), values.get("mask_names", False)
        if not (blur_km is None or type(blur_km) is int) or type(mask_names) is not bool:
            raise ValueError("The manifest's care is of another form.")
        return cls(blur_km=blur_km, mask_names=mask_names)


PLAINLY = Care()
"""Nothing is withheld but what the sources' rules withhold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many events of a type a source that shares counts alone reports of a country."""

    source: str
    event_type: str
    country_code: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What may be shown, and what was withheld."""

    reports: tuple[EventReport, ...]
    rules: Mapping[str, NewsSource]
    """What is known of each source of the events, shown or counted, by name."""
    tallies: tuple[Tally, ...] = ()
    care: Care = PLAINLY
    quotes_withheld: int = 0
    quotes_shortened: int = 0
    titles_withheld: int = 0
    places_blurred: int = 0
    names_masked: int = 0

    @property
    def counted(self) -> int:
        """Return how many events are counted only."""
        return sum(tally.count for tally in self.tallies)

    def in_words(self) -> tuple[str, ...]:
        """Return what was withheld and why, for a reader; empty when nothing was."""
        share = f"at most {QUOTED_SHARE:.0%} of a report is quoted"
        parts = (
            (self.counted, "event", "counted only, not shown: the source shares no more"),
            (self.quotes_withheld, "quote", "left out: the source does not share them"),
            (self.quotes_shortened, "quote", f"shortened: {share}"),
            (self.titles_withheld, "title", "left out: it is of the report's own text"),
            (self.places_blurred, "place", f"made coarse to within {self.care.blur_km} km"),
            (self.names_masked, "name", "of persons withheld"),
        )
        said = [f"{counted(number, noun)} {rest}" for number, noun, rest in parts if number]
        if self.care.blur_km and not self.places_blurred:
            said.append(f"places are exact to {self.care.blur_km} km at most")
        if self.care.mask_names and not self.names_masked:
            said.append("names of private persons would be withheld; none was found")
        return tuple(said)


def disclose(
    reports: Sequence[EventReport],
    *,
    rules: Mapping[str, NewsSource] | None = None,
    lengths: Mapping[str, int] | None = None,
    untitled: Collection[str] = (),
    care: Care = PLAINLY,
    withheld_names: Collection[str] = (),
) -> Disclosure:
    """Return what of `reports` may be shown.

    `rules` are the sources that somebody described, `lengths` the characters of each article's
    text, `untitled` the articles whose title is made from their text, `withheld_names` are
    masked besides those that the language model finds.
    """
    every = all_reports(reports)
    known = {
        name: (rules or {}).get(name) or NewsSource(name=name)
        for name in sorted({report.article.source or "" for report in every} - {""})
    }
    # An event is shown by those of its reports that may be shown, the first of them its head.
    groups = [
        [one for one in all_reports([report]) if _rule(one, known) is not SharingRule.AGGREGATES]
        for report in reports
    ]
    hidden = [report for report, group in zip(reports, groups, strict=True) if not group]
    quoted = [
        report
        if _rule(report, known) is SharingRule.QUOTES
        else _without_words(report, has_own_title=report.article.article_id not in untitled)
        for group in groups
        for report in group
    ]
    limits = _limits(quoted, lengths or {})
    cut = [
        replace(
            report,
            event=_cut(report.event, limits.get(report.article.article_id)),
            article=replace(report.article, title=short_title(report.article.title)),
        )
        for report in quoted
    ]
    names = _names_to_mask(cut, withheld_names) if care.mask_names else {}
    masked = [_masked(report, names.get(report.article.article_id, ())) for report in cut]
    blurred = _blurred(masked, care.blur_km) if care.blur_km else masked
    return Disclosure(
        reports=_regrouped(blurred, [len(group) for group in groups if group]),
        rules=known,
        tallies=_tallies(hidden),
        care=care,
        quotes_withheld=sum(report.event.quote == QUOTE_WITHHELD for report in quoted),
        titles_withheld=len(
            {r.article.article_id for r in quoted if r.event.quote == QUOTE_WITHHELD}
            & set(untitled)
        ),
        quotes_shortened=sum(report.article.article_id in limits for report in quoted),
        places_blurred=len({w.place for r in blurred for w in r.event.locations if _is_blurred(w)}),
        names_masked=len({(key, name) for key, found in names.items() for name in found}),
    )


def all_reports(reports: Iterable[EventReport]) -> list[EventReport]:
    """Return each report and after it what else reports the same event, none within another."""
    return [replace(one, further=()) for report in reports for one in (report, *report.further)]


def _regrouped(reports: Sequence[EventReport], lengths: Iterable[int]) -> tuple[EventReport, ...]:
    """Return the first of each stretch with the others of it as its further reports."""
    heads, start = [], 0
    for length in lengths:
        head, *others = reports[start : start + length]
        heads.append(replace(head, further=tuple(others)) if others else head)
        start += length
    return tuple(heads)


def _rule(report: EventReport, known: Mapping[str, NewsSource]) -> SharingRule:
    source = known.get(report.article.source or "")
    return source.sharing if source else SharingRule.QUOTES


def _tallies(reports: Iterable[EventReport]) -> tuple[Tally, ...]:
    counts: Counter[tuple[str, str, str | None]] = Counter()
    for report in reports:
        places = [location.place for location in report.event.locations]
        country = places[0].country_code if places else None
        counts[report.article.source or "", report.event.event_type, country] += 1
    tallies = (
        Tally(source=source, event_type=event_type, country_code=country, count=count)
        for (source, event_type, country), count in counts.items()
    )
    return tuple(sorted(tallies, key=lambda t: (t.source, t.event_type, t.country_code or "")))


def _without_words(report: EventReport, *, has_own_title: bool) -> EventReport:
    """Return the report without a word of its text."""
    article = report.article
    if not has_own_title:
        day = day_words(article.published) if article.published else None
        told = ", ".join(filter(None, (article.source, day)))
        article = replace(article, title=f"Report of {told}" if told else "Untitled report")
    return replace(report, event=_without_quote(report.event), article=article)


def _without_quote(event: Event) -> Event:
    """Return the event without words of the report: quote, and reasons that repeat some."""
    start = event.start
    return replace(
        event,
        quote=QUOTE_WITHHELD,
        end=start + len(QUOTE_WITHHELD),
        trigger_start=start,
        trigger_end=start,
        locations=tuple(
            replace(
                location,
                mention=replace(location.mention, start=start, end=start, surface=""),
                reason="The source does not share the words that name the place.",
            )
            for location in event.locations
        ),
        unplaced_reason=event.unplaced_reason and "The source's words are not shared.",
        sizes=tuple(replace(size, words="") for size in event.sizes),
    )


def _limits(reports: Sequence[EventReport], lengths: Mapping[str, int]) -> dict[str, int]:
    """Return the longest quote of each article whose quotes would hold too much of it."""
    spans: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for report in reports:
        if report.event.quote != QUOTE_WITHHELD:
            spans[report.article.article_id].add((report.event.start, report.event.end))
    limits = {}
    for article_id, quoted in spans.items():
        length = lengths.get(article_id, 0)
        total = sum(min(end - start, LONGEST_QUOTE) for start, end in quoted)
        if length > LONGEST_QUOTE and total > QUOTED_SHARE * length:
            limits[article_id] = max(SHORTEST_QUOTE, int(QUOTED_SHARE * length / len(quoted)))
    return limits


def _cut(event: Event, limit: int | None) -> Event:
    longest = min(limit or LONGEST_QUOTE, LONGEST_QUOTE)
    if len(event.quote) <= longest:
        return event
    first, last = quote_window(event, longest - 4)  # room for both ellipses
    length = len(event.quote)
    edits = [(0, first, "… ")] if first else []
    return _rewritten(event, edits + ([(last, length, " …")] if last < length else []))


def _names_to_mask(
    reports: Sequence[EventReport], withheld: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Return the names to mask in each article's quotes and title, longest first."""
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    for report in reports:
        texts[report.article.article_id].update(
            {report.article.title: None, report.event.quote: None}
        )
    everything = [(key, text) for key, those in sorted(texts.items()) for text in those if text]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, name in _persons(everything):
        found[key].add(name)
    for key, those in texts.items():
        joined = "\n".join(those)
        found[key] |= {name for name in withheld if re.search(_word(name), joined)}
        public = {name.split()[-1] for name in _public_names() if name in joined}
        found[key] = {name for name in found[key] if name in withheld or name not in public}
    return {
        key: tuple(sorted(names, key=lambda n: (-len(n), n)))
        for key, names in found.items()
        if names
    }


def _persons(texts: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Return the private persons that the language model finds, each with its text's key."""
    from gazetteer.language import load_pipeline, model_name

    nlp = load_pipeline(model_name())
    unused = [name for name in nlp.pipe_names if name not in {"tok2vec", "ner"}]
    titles = {word for word, role in roles().items() if role.is_title}
    for doc, key in nlp.pipe(((text, key) for key, text in texts), as_tuples=True, disable=unused):
        for entity in doc.ents:
            before = doc[entity.start - 1].lower_ if entity.start else ""
            name = entity.text.removesuffix("'s").removesuffix("’s").strip()
            in_office = before in titles or entity[0].lower_ in titles
            if entity.label_ == "PERSON" and not in_office and name not in _public_names():
                yield key, name


@lru_cache(maxsize=1)
def _public_names() -> frozenset[str]:
    """Return the names of leaders, and of actors that a model may take for a person."""
    people = {name for leader in leaders() for name in leader.names}
    return frozenset(
        people.union(*({actor.name, *actor.aliases} for actor in known_actors().values()))
    )


def _masked(report: EventReport, names: Sequence[str]) -> EventReport:
    return _redacted(report, names, NAME_WITHHELD) if names else report


def _blurred(reports: Sequence[EventReport], blur_km: int) -> list[EventReport]:
    """Return the reports with places that are known more exactly made coarse."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for report in reports:
        for location in report.event.locations:
            if _is_exact(location, blur_km):
                names[report.article.article_id] |= {location.place.name, location.mention.surface}
    found = []
    for report in reports:
        hidden = sorted(names[report.article.article_id] - {""}, key=lambda n: (-len(n), n))
        clean = _redacted(report, hidden, PLACE_WITHHELD) if hidden else report
        locations = tuple(
            _coarse(location, blur_km) if _is_exact(location, blur_km) else location
            for location in clean.event.locations
        )
        found.append(replace(clean, event=replace(clean.event, locations=locations)))
    return found


def _is_exact(location: EventLocation, blur_km: int) -> bool:
    if location.precision > GeoPrecision.ADMIN2:
        return False
    district = _DISTRICT_KM if location.precision is GeoPrecision.ADMIN2 else 0
    return (location.place.radius_km or district) < blur_km


def _is_blurred(location: EventLocation) -> bool:
    return location.place.feature_code == BLURRED


def _coarse(location: EventLocation, blur_km: int) -> EventLocation:
    """Return the circle round the middle of the grid's cell that holds the place.

    A cell's half diagonal is the radius, so that the place lies within the circle.
    """
    side = blur_km * math.sqrt(2) / _KM_A_DEGREE
    where = location.place.coordinates
    row = math.floor((where.lat + 90) / side)
    lat = min(90.0, (row + 0.5) * side - 90)
    # The row's edge nearer to the equator is its widest: a cell is never wider than its side.
    widest = min(abs(row * side - 90), abs((row + 1) * side - 90), 89.9)
    across = side / math.cos(math.radians(widest))
    column = math.floor((where.lon + 180) / across)
    lon = (column + 0.5) * across - 180
    country = countries().get(location.place.country_code or "")
    place = Place(
        place_id=f"blur:{blur_km}:{row}:{column}",
        name=f"Somewhere in {country.name}" if country else "Somewhere here",
        coordinates=Coordinates(lat=round(lat, 5), lon=round(min(lon, 180.0), 5)),
        feature_class=FeatureClass.AREA,
        feature_code=BLURRED,
        precision=GeoPrecision.ADMIN2 if blur_km <= _DISTRICT_KM else GeoPrecision.ADMIN1,
        country_code=location.place.country_code,
        radius_km=float(blur_km),
    )
    return EventLocation(
        place=place,
        precision=place.precision,
        mention=replace(location.mention, place_id=None),
        reason=f"Made coarse to within {blur_km} km by the maker.",
    )


def _redacted(report: EventReport, names: Sequence[str], instead: str) -> EventReport:
    """Return the report with `instead` for each of the names, wherever its words are shown."""
    pattern = re.compile("|".join(map(_word, names)))

    def clean(text: str) -> str:
        return pattern.sub(instead, text)

    event = report.event
    edits = [(found.start(), found.end(), instead) for found in pattern.finditer(event.quote)]
    rewritten = _rewritten(event, edits)
    return replace(
        report,
        event=replace(
            rewritten,
            unplaced_reason=event.unplaced_reason and clean(event.unplaced_reason),
            locations=tuple(
                replace(location, reason=clean(location.reason)) for location in rewritten.locations
            ),
        ),
        article=_redacted_article(report.article, pattern, instead),
    )


def _redacted_article(
    article: ArticleSummary, pattern: re.Pattern[str], instead: str
) -> ArticleSummary:
    """Return the article with a clean title, and without a link that spells a name out."""
    address = re.sub(r"[^\w]+", " ", article.url or "").casefold()
    spelt = re.compile(pattern.pattern.casefold().replace("\\ ", " "))
    return replace(
        article,
        title=pattern.sub(instead, article.title),
        url=None if spelt.search(address) else article.url,
    )


def _word(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _rewritten(event: Event, edits: Sequence[tuple[int, int, str]]) -> Event:
    """Return the event with parts of its quote replaced; what the quote marks moves along.

    `edits` are (start, end, text) of the quote, in order.
    """
    if not edits:
        return event
    pieces, done = [], 0
    for start, end, text in edits:
        pieces += [event.quote[done:start], text]
        done = end
    quote = "".join((*pieces, event.quote[done:]))

    def moved(offset: int) -> int:
        at = offset - event.start
        shift = 0
        for start, end, text in edits:
            if at >= end:
                shift += len(text) - (end - start)
            elif at > start:
                return event.start + start + shift + len(text)
        return event.start + min(max(at + shift, 0), len(quote))

    def place(location: EventLocation) -> EventLocation:
        start, end = moved(location.mention.start), moved(location.mention.end)
        surface = quote[start - event.start : end - event.start]
        return replace(
            location, mention=replace(location.mention, start=start, end=end, surface=surface)
        )

    return replace(
        event,
        quote=quote,
        end=event.start + len(quote),
        trigger_start=moved(event.trigger_start),
        trigger_end=moved(event.trigger_end),
        locations=tuple(map(place, event.locations)),
    )
