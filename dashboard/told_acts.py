"""An act that a corpus points at: its word, and the places that its sentence names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.cast import Cast
from dashboard.event_places import Atlas
from dashboard.events import EventLocation
from dashboard.frames import clause_of
from dashboard.triggers import find_triggers
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.toponyms import Candidate, Geoparse, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "CONSULT", "AID", "RETREAT"})
"""Types that the rules place where they are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAct:
    """What the rules see of an act whose words are told to them."""

    token: Token
    trigger: Trigger | None
    parties: tuple[Token, ...]
    atlas: Atlas

    def places(self) -> tuple[EventLocation, ...]:
        """Return where the coder's rules put the act.

        A word that the lexicon does not know is placed as a deed: the corpus says that it is one.
        """
        trigger = self.trigger
        is_deed = trigger is not None and trigger.event_type in _DEEDS
        return self.atlas.places_of(
            self.token,
            event_type=trigger.event_type if trigger and is_deed else "ASSAULT",
            carrier=trigger.carrier if trigger else None,
            destination=trigger.destination if trigger else None,
            parties=self.parties,
        ).locations


def told_act(doc: Doc, geoparse: Geoparse, span: tuple[int, int]) -> ToldAct | None:
    """Return the act that the words at `span` name; None when the text has no such words."""
    words = doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return None
    cast = Cast(doc, geoparse)
    token = words.root
    clause = clause_of(token) if token.pos_ in {"VERB", "AUX"} else None
    return ToldAct(
        token=token,
        trigger=next((t for t in find_triggers(doc, cast) if token in t.words), None),
        parties=(clause.subject,) if clause and clause.subject is not None else (),
        atlas=Atlas(doc, geoparse, cast.name_tokens),
    )


def with_stand_ins(geoparse: Geoparse) -> Geoparse:
    """Give each unresolved name a place of its own.

    The corpora that give only the words ask which name is the event's place; that the place
    store lacks a village is another question.
    """
    return replace(geoparse, resolutions=tuple(map(_with_stand_in, geoparse.resolutions)))


def _with_stand_in(resolution: Resolution) -> Resolution:
    if resolution.place is not None:
        return resolution
    mention = resolution.mention
    place = Place(
        place_id=f"stand-in:{mention.start}",
        name=mention.surface,
        coordinates=Coordinates(lat=0.0, lon=0.0),
        feature_class=FeatureClass.POPULATED,
        feature_code="PPL",
        precision=GeoPrecision.EXACT,
    )
    candidate = Candidate(place=place, score=0.5)
    return Resolution(mention=mention, candidates=(candidate,), method="store")
