"""From a text to its places: recognition, resolution, corrections, and what is known online."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache as once
from typing import TYPE_CHECKING

from gazetteer.build import open_place_store
from gazetteer.errors import GeocoderUnavailableError
from gazetteer.language import parse
from gazetteer.names import name_key
from gazetteer.recognition import find_mentions
from gazetteer.resolution import resolve
from gazetteer.toponyms import Candidate, Geoparse, Mention, MentionKind, Reason, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gazetteer.cache import Correction, GazetteerCache
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
) -> Geoparse:
    """Return every place mention of `text` with what it means and why.

    `doc` is the parse of `text`, when the caller has it already. `store` is the place
    store, by default the user's own. With `cache`, analysts' corrections win and known
    online answers fill gaps; `article_id` adds the corrections made for that article.
    With `geocoder`, names that nobody knows are asked online; when it is down, the rest
    stands and `Geoparse.problems` says so.

    Raises: StoreNotBuiltError or PlaceDataError when there is no usable place store;
    ModelNotFoundError when there is no language pipeline.
    """
    store = store or _own_store()
    doc = doc if doc is not None else parse(text)
    mentions = find_mentions(doc, store)
    corrections = _corrections(cache, article_id)
    settled = {
        number: correction.place
        for number, mention in enumerate(mentions)
        if (correction := corrections.get(name_key(mention.surface))) and correction.place
    }
    found = resolve(text, mentions, store, doc=doc, settled=settled)
    gaps = _Gaps(cache, geocoder)
    resolutions = tuple(
        gaps.filled(_corrected(resolution, corrections.get(name_key(resolution.mention.surface))))
        for resolution in found
    )
    return Geoparse(text=text, resolutions=resolutions, problems=tuple(gaps.problems))


@once
def _own_store() -> PlaceStore:
    return open_place_store()


def _corrections(cache: GazetteerCache | None, article_id: str | None) -> Mapping[str, Correction]:
    """Return the corrections that hold for the article, by the key of the name."""
    if cache is None:
        return {}
    made = [c for c in cache.corrections() if c.article_id in {None, article_id}]
    made.sort(key=lambda c: (c.article_id is not None, c.correction_id))
    return {name_key(correction.name): correction for correction in made}


def _corrected(resolution: Resolution, correction: Correction | None) -> Resolution:
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


class _Gaps:
    """Fills unresolved mentions from the cache and, if there is one, from the geocoder."""

    def __init__(self, cache: GazetteerCache | None, geocoder: Geocoder | None) -> None:
        self._cache = cache
        self._geocoder = geocoder
        self._answers: dict[str, tuple[Place, str] | None] = {}
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
        place, method = answer
        reason = Reason(
            signal="online", points=0.0, text="an online geocoder's first answer for the name"
        )
        candidate = Candidate(place=place, score=ONLINE_SCORE, reasons=(reason,))
        return Resolution(mention=mention, candidates=(candidate,), method=method)

    def _is_askable(self, mention: Mention) -> bool:
        return mention.kind in _ASKED_ONLINE and len(mention.surface) <= _LONGEST_ONLINE_NAME

    def _answer(self, name: str) -> tuple[Place, str] | None:
        if self._cache is not None:
            provider = self._geocoder.name if self._geocoder else None
            known = self._cache.answer(name, provider)
            if known is not None:
                return (known.place, "cache") if known.place else None
        if self._geocoder is None or self.problems:
            return None  # one failure is enough: a service that is down is not asked again
        try:
            place = self._geocoder.geocode(name)
        except GeocoderUnavailableError as error:
            self.problems.append(str(error))
            return None
        if self._cache is not None:
            self._cache.remember(name, self._geocoder.name, place)
        return (place, f"online:{self._geocoder.name}") if place else None
