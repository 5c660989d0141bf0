"""From a text to its places: recognition, resolution, corrections, and what is known online."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache as once
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.build import open_place_store
from gazetteer.corrections import AddedPlace, ArticleCorrections, Correction
from gazetteer.countries import countries
from gazetteer.errors import GeocoderUnavailableError
from gazetteer.hints import context_of_source, country_codes
from gazetteer.language import parse, pipeline_of
from gazetteer.names import name_key
from gazetteer.reading import without_surrogates
from gazetteer.toponyms import (
    ONLINE_SIGNAL,
    Candidate,
    Geoparse,
    Mention,
    MentionKind,
    Reason,
    Resolution,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gazetteer.cache import GazetteerCache
    from gazetteer.online import Geocoder
    from gazetteer.places import Place
    from gazetteer.store import PlaceStore

ONLINE_SCORE = 0.5
"""Score of an online answer: the geocoder knows the name, not the article."""

_ASKED_ONLINE = frozenset({MentionKind.LITERAL, MentionKind.METONYM, MentionKind.DATELINE})
_LONGEST_ONLINE_NAME = 80


def geoparse(
    text: str,
    *,
    doc: Doc | None = None,
    store: PlaceStore | None = None,
    cache: GazetteerCache | None = None,
    geocoder: Geocoder | None = None,
    article_id: str | None = None,
    source: str | None = None,
    context: Sequence[str] = (),
    language: str | None = None,
) -> Geoparse:
    """Return every place mention of `text` with what it means and why.

    `doc` is the parse of `text`, when the caller has it already. `store` is the place
    store, by default the user's own. With `cache`, analysts' corrections win, places
    that were added are found, and known online answers fill gaps; `article_id` adds the
    corrections made for that article and its mentions, `source` those for its publisher.
    `context` holds the codes of countries that the text is about ("PS", "IL", "JO"); without
    it the user's context file may name them for `source`. Either shows in the reasons.
    `language` is an ISO 639-1 code; without it, and without `doc`, it is guessed. Texts in
    other languages than English are read by the gazetteer's names, countries, capitals and
    large towns only, and by the language's spaCy pipeline where a user has one.
    What is no character (see `without_surrogates`) is replaced, one for one.
    With `geocoder`, names that nobody knows are asked online; when it is down, the rest
    stands and `Geoparse.problems` says so.

    Raises: StoreNotBuiltError or PlaceDataError when there is no usable place store;
    ModelNotFoundError when there is no language pipeline.
    """
    # Their fifty modules are not for a command that looks a name up or builds the place store.
    from gazetteer.other_languages import DEFAULT_LANGUAGE, detect_language, find_names
    from gazetteer.recognition import find_mentions
    from gazetteer.resolution import resolve

    text = without_surrogates(text)
    store = store or _own_store()
    language = language or (DEFAULT_LANGUAGE if doc is not None else detect_language(text))
    is_english = language == DEFAULT_LANGUAGE
    if doc is None and (pipeline := None if is_english else pipeline_of(language)):
        doc = parse(text, pipeline)
    elif doc is None and is_english:
        doc = parse(text)
    if cache is not None:
        store = store.with_added(cache)
    added = _unrivalled(cache, store)
    hints = country_codes(context) or context_of_source(source)
    corrections = _corrections(cache, article_id, source)
    mentions = _with_named(
        find_mentions(doc, store) if doc and is_english else find_names(text, store, language, doc),
        text,
        corrections,
        added,
        store,
    )
    words = [
        corrections.of(mention.surface, mention.start) or added.get(name_key(mention.surface))
        for mention in mentions
    ]
    settled = {number: word.place for number, word in enumerate(words) if word and word.place}
    found = resolve(text, mentions, store, doc=doc, settled=settled, context=hints)
    corrected = [
        _corrected(resolution, word) for resolution, word in zip(found, words, strict=True)
    ]
    gaps = _Gaps(cache, geocoder, plausible_countries(corrected))
    resolutions = tuple(gaps.filled(resolution) for resolution in corrected)
    return Geoparse(text=text, resolutions=resolutions, problems=tuple(gaps.problems))


def plausible_countries(resolutions: Iterable[Resolution]) -> frozenset[str]:
    """Return the countries that a text speaks of, and their neighbours, by their codes.

    Empty when it speaks of none: then every country is plausible.
    """
    named = {code for r in resolutions if r.place for code in r.place.all_countries}
    known = (countries()[code] for code in named if code in countries())
    return frozenset(named.union(*(country.neighbours for country in known)))


@once
def _own_store() -> PlaceStore:
    return open_place_store()


def _corrections(
    cache: GazetteerCache | None, article_id: str | None, source: str | None
) -> ArticleCorrections:
    made = cache.corrections() if cache is not None else ()
    return ArticleCorrections(made, article_id=article_id, source=source)


def _unrivalled(cache: GazetteerCache | None, store: PlaceStore) -> dict[str, AddedPlace]:
    """Return the added places by the keys of those of their names that no other place has."""
    added = cache.added_places() if cache is not None else ()
    by_key = {name_key(name): item for item in added for name in item.names}
    return {
        key: item
        for key, item in by_key.items()
        if all(match.place.place_id == item.place.place_id for match in store.by_name(key))
    }


def _with_named(
    mentions: Sequence[Mention],
    text: str,
    corrections: ArticleCorrections,
    added: Mapping[str, AddedPlace],
    store: PlaceStore,
) -> tuple[Mention, ...]:
    """Add what analysts have named and recognition passed over, wherever nothing else stands.

    A corrected mention counts wherever it was; a name counts only if the shipped data has no
    place of that name, so that recognition could not have known it.
    """
    names = {name for item in added.values() for name in item.names if name_key(name) in added}
    names |= {
        c.name
        for c in corrections.all()
        if c.place and c.start is None and not store.by_name(c.name)
    }
    spans = [
        found.span()
        for name in sorted(names)
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]
    spans += [
        (c.start, c.start + len(c.name))
        for c in corrections.all()
        if c.start is not None and text[c.start : c.start + len(c.name)] == c.name
    ]
    taken = [(mention.start, mention.end) for mention in mentions]
    new = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if all(end <= other_start or start >= other_end for other_start, other_end in taken):
            taken.append((start, end))
            new.append(
                Mention(start=start, end=end, surface=text[start:end], kind=MentionKind.LITERAL)
            )
    return tuple(sorted((*mentions, *new), key=lambda mention: mention.start))


def _corrected(resolution: Resolution, correction: Correction | AddedPlace | None) -> Resolution:
    if correction is None:
        return resolution
    if correction.place is None:
        return Resolution(mention=resolution.mention, method="analyst")
    reason = Reason(
        signal="correction",
        points=0.0,
        text=f"{correction.who} said so on {correction.made_at:%Y-%m-%d}: {correction.why}",
    )
    chosen = Candidate(place=correction.place, score=1.0, reasons=(reason,))
    others = tuple(
        replace(candidate, score=0.0)
        for candidate in resolution.candidates
        if candidate.place.place_id != correction.place.place_id
    )
    return Resolution(mention=resolution.mention, candidates=(chosen, *others), method="analyst")


class _Answer(NamedTuple):
    place: Place
    method: str
    attribution: str


class _Gaps:
    """Fills unresolved mentions from the cache and, if there is one, from the geocoder."""

    def __init__(
        self,
        cache: GazetteerCache | None,
        geocoder: Geocoder | None,
        plausible: frozenset[str],
    ) -> None:
        self._cache = cache
        self._geocoder = geocoder
        self._plausible = plausible
        self._answers: dict[str, _Answer | None] = {}
        self.problems: list[str] = []

    def filled(self, resolution: Resolution) -> Resolution:
        mention = resolution.mention
        if resolution.method or resolution.candidates or not self._is_askable(mention):
            return resolution
        if mention.surface not in self._answers:
            self._answers[mention.surface] = self._answer(mention.surface)
        answer = self._answers[mention.surface]
        if answer is None:
            return resolution
        said = "an online geocoder's first answer for the name"
        is_plausible = self._is_plausible(answer.place)
        if not is_plausible:
            said += ", in a country that the text does not speak of, nor a neighbour of one"
        reason = Reason(
            signal=ONLINE_SIGNAL,
            points=0.0,
            text=f"{said} ({answer.attribution})" if answer.attribution else said,
        )
        score = ONLINE_SCORE if is_plausible else 0.0
        candidate = Candidate(place=answer.place, score=score, reasons=(reason,))
        method = answer.method if is_plausible else None
        return Resolution(mention=mention, candidates=(candidate,), method=method)

    def _is_plausible(self, place: Place) -> bool:
        """Say whether the text speaks of the place's country or of a neighbour of it."""
        codes = place.all_countries
        return not codes or not self._plausible or not self._plausible.isdisjoint(codes)

    def _is_askable(self, mention: Mention) -> bool:
        return mention.kind in _ASKED_ONLINE and len(mention.surface) <= _LONGEST_ONLINE_NAME

    def _answer(self, name: str) -> _Answer | None:
        if self._cache is not None:
            provider = self._geocoder.name if self._geocoder else None
            known = self._cache.answer(name, provider)
            if known is not None:
                return _Answer(known.place, "cache", known.attribution) if known.place else None
        if self._geocoder is None or self.problems:
            return None  # one failure is enough: a service that is down is not asked again
        try:
            place = self._geocoder.geocode(name)
        except GeocoderUnavailableError as error:
            self.problems.append(str(error))
            return None
        attribution = self._geocoder.attribution
        if self._cache is not None:
            self._cache.remember(name, self._geocoder.name, place, attribution=attribution)
        return _Answer(place, f"online:{self._geocoder.name}", attribution) if place else None
