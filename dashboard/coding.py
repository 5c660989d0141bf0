"""From an article to its events: who did what to whom, when and where, each with its sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from dashboard.actors import Actor, protesters
from dashboard.articles import Article
from dashboard.cast import Cast
from dashboard.contexts import contexts_of
from dashboard.dates import PartialDate, find_dates
from dashboard.event_dates import Calendar, EventDate
from dashboard.event_places import Atlas, EventPlaces, coarse_location
from dashboard.events import Event, Modality, event_id
from dashboard.frames import clause_of, counted
from dashboard.merging import merge_events
from dashboard.modality import DENIALS, is_purpose, modality_of, speaker_verb
from dashboard.parties import Party
from dashboard.sizes import sizes_of
from dashboard.spans import paragraph_starts
from dashboard.triggers import Trigger, find_triggers
from dashboard.vocabulary import lemma_of, words
from gazetteer.toponyms import Geoparse, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CODER = "rules-1"
"""The name of this coder in the events that it makes."""

_BACKGROUND_AFTER = timedelta(days=366)
"""How long before its telling an act has become the background of something else."""
_OWN_DATE = 0.5
"""Weight from which a date is said of the act itself."""
_OWN_PLACE = 0.5
"""Weight from which a place is said of the act itself, not only found around it."""
LONGEST_QUOTE = 700
"""A "sentence" longer than this many characters is no sentence: nothing is coded from it."""

_WORDS = frozenset(
    {
        "AGREE",
        "SUPPORT",
        "CONCEDE",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "CONSULT",
        "COOPERATE",
        "AID",
        "SANCTION",
    }
)
"""Types that mean nothing without who did it."""
_NOT_FACTIVE = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
"""Types whose complement tells no act: what is demanded has not been done."""
_FACTIVE = frozenset({"ACCUSE", "SUPPORT", "ASSAULT"})
"""Types whose object, if it names an act, has happened: "condemned the attack"."""
_OFFERED = frozenset({"AID", "RETREAT", "CONCEDE", "COOPERATE", "SUPPORT", "AGREE"})
_THREATENED = frozenset({"ASSAULT", "SANCTION", "COERCE"})
_READY = frozenset({"ready", "prepared", "willing", "set", "poised"})
_OWN_PLANS = frozenset({"plan", "intend", "prepare", "decide"})
_TOLD_ON = frozenset({"ASSAULT", "PROTEST", "COERCE"})
"""Types that a sentence goes on telling without naming the day again."""
_MEET = frozenset({"gov", "mil", "state", "igo", "leg", "reb", "spy", "rel", "pty", "opp", "ngo"})
"""Kinds of actors whose meetings and journeys are world news."""
_MODALS = frozenset({"to", "can", "could", "may", "might", "should", "would", "will", "must"})
_PLEADING = frozenset({"plead", "confess", "admit", "deny"})
"""Verbs by which people whom nobody knows still answer a charge."""
_CHARGED_WITH = words("charged_with")
"""Words that tell of an act only as what somebody is charged with."""
_ANOTHER = words("another")
"""Words by which a text tells that what follows is one more act."""
_LEGAL = frozenset({"ACCUSE", "SANCTION"})
"""Types that are news by whom they hit, even if nobody says who did it."""
_DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION", "ACCUSE", "MOBILIZE"})
"""Types whose verbs tell an event even when all in it are strangers."""
_AUTHORITIES = frozenset({"GOV", "LEG", "JUD"})
"""Sectors that do not demonstrate."""
_SIGNING = frozenset({"sign", "initial"})
"""Words that are deeds with a place and a day of their own."""
_HERE_BEFORE = frozenset({"relcl", "advcl"})


def code_events(article: Article, geoparse: Geoparse, doc: Doc) -> tuple[Event, ...]:
    """Return the events that the article tells, each once, in the order of the text.

    `doc` is the article's parsed text. What the text does not say stays empty: an attacker
    whom nobody names, a date, a place. An event without a place says why.
    """
    return _Coder(article, geoparse, doc).code()


@dataclass(slots=True)
class _Draft:
    trigger: Trigger
    event_type: str
    modality: Modality
    source: Party
    target: Party
    when: EventDate | None = None
    places: EventPlaces | None = None


class _Coder:
    def __init__(self, article: Article, geoparse: Geoparse, doc: Doc) -> None:
        self.article = article
        self.doc = doc
        self.cast = Cast(doc, geoparse, article.published)
        self.calendar = Calendar(doc, find_dates(doc, article.published), article.published)
        self.atlas = Atlas(doc, geoparse, self.cast.name_tokens)
        self._paragraphs = paragraph_starts(doc)
        self._last_when: tuple[int, EventDate] | None = None

    def code(self) -> tuple[Event, ...]:
        """Return the events of the article, each once."""
        triggers = find_triggers(self.doc, self.cast)
        drafts = [draft for draft in map(self._draft, _independent(triggers)) if draft is not None]
        drafts = [draft for draft in drafts if self._counts(draft)]
        for draft in drafts:
            self._date(draft)
            self._place(draft)
            self._drop_doubtful(draft)
        drafts = _without_echoes(_one_a_clause(drafts))
        drafts = [draft for draft in drafts if self._says_enough(draft)]
        events = [self._event(draft, _beside_in_sentence(drafts, draft)) for draft in drafts]
        return tuple(map(self._in_background, merge_events(events)))

    def _in_background(self, event: Event) -> Event:
        """Mark what happened long before the article as the background that it is told for."""
        published = self.article.published
        if event.modality is not Modality.REPORTED or event.when is None or published is None:
            return event
        is_old = event.when.latest < published - _BACKGROUND_AFTER
        return replace(event, modality=Modality.BACKGROUND) if is_old else event

    def _draft(self, trigger: Trigger) -> _Draft | None:
        sent = trigger.token.sent
        if sent.end_char - sent.start_char > LONGEST_QUOTE:
            return None
        modality = modality_of(trigger.token)
        draft = _Draft(
            trigger=trigger,
            event_type=trigger.event_type,
            modality=modality,
            source=trigger.source,
            target=trigger.target,
        )
        verb = trigger.carrier if trigger.is_noun else trigger.token
        if verb is not None and is_purpose(verb):
            return None
        is_office = draft.source.sector in _AUTHORITIES and not trigger.is_noun
        if draft.event_type == "PROTEST" and is_office:
            draft.event_type = "ACCUSE"  # a ministry protests in a note, not in the street
        if draft.event_type == "COOPERATE" and _is_alone(draft):
            draft.event_type = "MOBILIZE"  # a drill without a partner is a show of force
        self._declare(draft)
        return draft

    def _declare(self, draft: _Draft) -> None:
        """Turn "X says that it will do Y" into the promise, refusal or threat that it is."""
        trigger = draft.trigger
        if trigger.is_declared:
            draft.modality = Modality.REPORTED
            return
        is_own_word = draft.source.actors and draft.source.sector != "CVL"
        if trigger.is_noun or not is_own_word or trigger.mode == "resign":
            return
        declared = _declared_type(draft)
        if declared is not None:
            draft.event_type, draft.modality = declared, Modality.REPORTED

    def _counts(self, draft: _Draft) -> bool:
        if draft.event_type in _THREATENED and _is_habit(draft.trigger.token):
            return False
        if draft.modality in {Modality.HYPOTHETICAL, Modality.NEGATED}:
            return not draft.trigger.is_noun and bool(draft.source.actors and draft.target.actors)
        if draft.modality is Modality.PLANNED:
            return bool(draft.source.actors)
        if (
            draft.modality in {Modality.CLAIMED, Modality.DENIED}
            and (draft.trigger.carrier or draft.trigger.token).dep_ == "pcomp"
        ):
            draft.source = replace(draft.source, actors=())  # never guessed from who is accused
        return True

    def _says_enough(self, draft: _Draft) -> bool:
        kind = draft.event_type
        source, target = draft.source.actors, draft.target.actors
        places = draft.places
        has_place = places is not None and places.weight >= _OWN_PLACE
        if draft.trigger.mode == "ceasefire" and has_place:
            return True
        lemma = self.cast.lemma(draft.trigger.token)
        if lemma in _PLEADING and draft.source.is_somebody:
            return not _is_general(draft.trigger.token)
        if draft.trigger.mode == "investigate" and not draft.trigger.is_noun and not source:
            return draft.source.is_public or (
                draft.trigger.clause is not None
                and (draft.trigger.clause.is_passive and not _is_general(draft.trigger.token))
            )
        if _is_charge(draft) and not target:
            return False
        if kind in _LEGAL and not source:
            return bool(target) or self._is_plain_deed(draft)
        if (kind == "RETREAT" or kind in _WORDS) and not draft.source.is_public:
            return kind == "RETREAT" and bool(target)
        is_praise = self.cast.lemma(draft.trigger.token) in words("praise")
        if kind == "SUPPORT" and len(source) + len(target) < 2 and not is_praise:
            return False
        if kind == "CONSULT" and not self._is_meeting(draft, has_place=has_place):
            return False
        return bool(source or target) or has_place or self._is_plain_deed(draft)

    def _is_plain_deed(self, draft: _Draft) -> bool:
        """Say whether a verb tells what was done to or by people whom the text does not place."""
        trigger = draft.trigger
        if draft.event_type not in _DEEDS:
            return False
        if trigger.is_noun:
            is_dated = draft.when is not None and draft.when.weight >= _OWN_DATE
            return is_dated or draft.target.is_somebody or draft.source.is_public
        is_told = draft.source.is_somebody or draft.target.is_somebody
        if draft.event_type == "COERCE" and trigger.clause is not None:
            is_told = is_told or trigger.clause.object is not None  # "the farm was quarantined"
        return is_told and not _is_general(trigger.token)

    def _is_meeting(self, draft: _Draft, *, has_place: bool) -> bool:
        if not any(actor.kind in _MEET for actor in draft.source.actors):
            return False
        if draft.trigger.mode == "visit" and not (
            draft.trigger.destination is not None or draft.target.actors
        ):
            return False
        is_told = not draft.trigger.is_noun and draft.source.sector != "CVL"
        if is_told and draft.target.sector not in {None, "CVL"}:
            return True  # "met security advisers", of whatever country
        actors = {actor.actor_id for actor in (*draft.source.actors, *draft.target.actors)}
        is_body = any(actor.kind == "igo" for actor in draft.source.actors)
        return (
            len(actors) > 1
            or (is_body and (has_place or not draft.trigger.is_noun))
            or (has_place and (not draft.trigger.is_noun or draft.trigger.mode == "visit"))
        )

    def _date(self, draft: _Draft) -> None:
        trigger = draft.trigger
        is_future = draft.modality in {Modality.PLANNED, Modality.HYPOTHETICAL}
        draft.when = self.calendar.date_of(trigger.token, trigger.carrier, is_future=is_future)
        paragraph = self._paragraph_start(trigger.token)
        if draft.when is not None and draft.when.weight >= 0.5 and draft.when.when.days <= 31:
            self._last_when = (trigger.token.sent.start, draft.when)
        elif draft.when is None and self._last_when is not None and _is_plain_past(trigger):
            start, before = self._last_when
            near = paragraph <= start < trigger.token.sent.start <= start + 60
            is_told_on = draft.event_type in _TOLD_ON and draft.modality is Modality.REPORTED
            if near and is_told_on:
                draft.when = EventDate(
                    when=before.when, weight=0.3, reason="the date of the sentence before"
                )

    def _place(self, draft: _Draft) -> None:
        trigger = draft.trigger
        clause = trigger.clause
        parties = (
            [token for token in (clause.subject, clause.object) if token is not None]
            if clause
            else []
        )
        if draft.event_type in {"ASSAULT", "COERCE"}:
            parties = [token for token in parties if clause is None or token != clause.object]
        is_signing = draft.event_type == "AGREE" and self.cast.lemma(trigger.token) in _SIGNING
        draft.places = self.atlas.places_of(
            trigger.token,
            event_type="CONSULT" if is_signing else draft.event_type,
            carrier=trigger.carrier,
            destination=trigger.destination,
            parties=parties,
        )
        if not draft.places.locations:
            draft.places = self._place_elsewhere(draft, draft.places)
        if draft.event_type == "PROTEST":
            self._add_protesters(draft)

    def _drop_doubtful(self, draft: _Draft) -> None:
        """Leave a party of violence empty whose country was guessed and does not fit the place."""
        if draft.event_type not in _TOLD_ON or draft.event_type == "PROTEST":
            return
        places = draft.places or EventPlaces()
        lands = {code for location in places.locations for code in location.place.all_countries}
        is_lost = self.atlas.unknown_in(draft.trigger.token) is not None
        if draft.source.is_inferred and _is_foreign(draft.source, lands, is_lost=is_lost):
            draft.source = replace(draft.source, actors=())
        if draft.target.is_inferred and _is_foreign(draft.target, lands, is_lost=is_lost):
            draft.target = replace(draft.target, actors=())

    def _place_elsewhere(self, draft: _Draft, nowhere: EventPlaces) -> EventPlaces:
        token = draft.trigger.token
        coarse = self._across_a_border(draft) or self._coarse(draft)
        if coarse is not None:
            return coarse
        if draft.when is not None and draft.when.weight >= 0.5:
            return nowhere  # with a date of its own it is another event than the sentence before
        unknown = self.atlas.unknown_in(token)
        if unknown is not None and draft.modality is Modality.REPORTED:
            return replace(nowhere, why_none=_unknown_place(unknown))
        before = self.atlas.places_before(
            token, event_type=draft.event_type, paragraph_start=self._paragraph_start(token)
        )
        if before.locations and draft.modality is Modality.REPORTED and not draft.target.actors:
            return before
        return nowhere

    def _across_a_border(self, draft: _Draft) -> EventPlaces | None:
        """Place a "cross-border" act of violence along the border that the text speaks of."""
        if draft.event_type not in {"ASSAULT", "COERCE", "MOBILIZE"}:
            return None
        if "cross-border" not in draft.trigger.token.sent.text.lower():
            return None
        parties = (*draft.source.actors, *draft.target.actors)
        resolution = self.atlas.border({a.country_code for a in parties if a.country_code})
        if resolution is None:
            return None
        reason = f"{resolution.mention.surface} is the border that this went across."
        location = coarse_location(resolution, reason)
        return EventPlaces(locations=(location,), weight=0.3) if location else None

    def _coarse(self, draft: _Draft) -> EventPlaces | None:
        """Place a company that was hit, or a country's own protests, in their country at large."""
        actor: Actor | None = None
        if draft.event_type in {"ASSAULT", "COERCE"}:
            actor = next((a for a in draft.target.actors if a.kind == "bus"), None)
            why = "The text gives no more than the country of who was hit."
            if actor is None and draft.event_type == "COERCE" and not draft.target.actors:
                actor = next(
                    (a for a in draft.source.actors if a.kind in {"gov", "cop", "state"}), None
                )
                why = "The text gives no more than the country for what was done at home."
        elif draft.event_type == "PROTEST":
            actor = next(
                (a for a in draft.source.actors if a.kind in {"opp", "cvl", "edu", "lab"}), None
            )
            why = "The text gives no more than the country of the protests."
        if actor is None or actor.country_code is None or draft.modality is not Modality.REPORTED:
            return None
        resolution = self.atlas.country(actor.country_code, draft.trigger.token.idx)
        location = coarse_location(resolution, why) if resolution else None
        return EventPlaces(locations=(location,), weight=0.3) if location else None

    def _add_protesters(self, draft: _Draft) -> None:
        """Name the protesters by the country where they protest when the text says no more."""
        source = draft.source
        states = [a.country_code for a in source.actors if a.kind == "state" and a.country_code]
        if source.actors and not states:
            return
        codes = states
        if not codes and draft.places is not None:
            codes = [
                loc.place.country_code for loc in draft.places.locations if loc.place.country_code
            ]
        if codes:
            actors = tuple(protesters(code) for code in dict.fromkeys(codes))
            draft.source = replace(source, actors=actors, is_inferred=True)

    def _paragraph_start(self, token: Token) -> int:
        """Return the index of the first token of the paragraph that `token` stands in."""
        return self._paragraphs[bisect_right(self._paragraphs, token.i) - 1]

    def _event(self, draft: _Draft, beside: Sequence[Token]) -> Event:
        trigger = draft.trigger
        start, end = self._quote(trigger)
        words = [word for word in trigger.words if word.sent == trigger.token.sent]
        first, last = words[0].idx, words[-1].idx + len(words[-1])
        places = draft.places or EventPlaces()
        return Event(
            event_id=event_id(self.article.article_id, draft.event_type, first, last),
            event_type=draft.event_type,
            mode=trigger.mode if draft.event_type == trigger.event_type else None,
            source_actors=_in_order(draft.source.actors),
            target_actors=_in_order(_others(draft)),
            when=self._when(draft),
            locations=places.locations,
            unplaced_reason=None
            if places.locations
            else places.why_none or "The text names no place for it.",
            quote=self.article.text[start:end],
            article_id=self.article.article_id,
            start=start,
            end=end,
            trigger_start=first,
            trigger_end=last,
            modality=draft.modality,
            sizes=sizes_of(trigger.token, draft.event_type, beside),
            attributed_to=self._attributed(draft),
            contexts=contexts_of([self.cast.lemma(token) for token in trigger.token.sent]),
            confidence=_confidence(draft),
            coder=CODER,
        )

    def _attributed(self, draft: _Draft) -> tuple[Actor, ...]:
        """Return who claims, denies or plans it, as far as the text says."""
        if draft.modality not in {Modality.CLAIMED, Modality.DENIED, Modality.PLANNED}:
            return ()
        verb = speaker_verb(draft.trigger.carrier or draft.trigger.token)
        if verb is None:
            is_plan = draft.modality is Modality.PLANNED
            return _in_order(draft.source.actors) if is_plan else ()
        subject = clause_of(verb).subject
        return _in_order(self.cast.party(subject).actors) if subject is not None else ()

    def _when(self, draft: _Draft) -> PartialDate | None:
        return draft.when.when if draft.when is not None and draft.when.weight >= 0.3 else None

    def _quote(self, trigger: Trigger) -> tuple[int, int]:
        sent = trigger.token.sent
        text = self.article.text
        start, end = sent.start_char, sent.end_char
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end


def _is_foreign(party: Party, lands: set[str], *, is_lost: bool) -> bool:
    """Say whether a guessed party is of none of the place's countries, or the place unknown."""
    codes = {actor.country_code for actor in party.actors if actor.country_code}
    return bool(codes) and (codes.isdisjoint(lands) if lands else is_lost)


def _unknown_place(resolution: Resolution) -> str:
    name = resolution.mention.surface
    return f"The sentence names {name}, a place that the gazetteer does not know."


def _others(draft: _Draft) -> list[Actor]:
    """Return the parties acted on, without those that only the parties acting suggest."""
    own = {actor.country_code for actor in draft.source.actors}
    return [
        actor
        for actor in draft.target.actors
        if actor not in draft.source.actors
        and not (
            draft.target.is_inferred and actor.kind in {"gov", "mil"} and actor.country_code in own
        )
    ]


def _in_order(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    unique = {actor.actor_id: actor for actor in actors}
    return tuple(unique[key] for key in sorted(unique))


def _confidence(draft: _Draft) -> float:
    places = draft.places
    score = 0.45 if draft.trigger.is_noun and draft.trigger.carrier is None else 0.55
    score += 0.12 * bool(draft.source.actors) + 0.1 * bool(draft.target.actors)
    score -= 0.08 * draft.source.is_inferred + 0.05 * draft.target.is_inferred
    if places is not None and places.locations:
        score += 0.15 * (places.weight - 0.3)
    if draft.when is not None:
        score += 0.08 * draft.when.weight
    if draft.modality is not Modality.REPORTED:
        score -= 0.15
    return round(min(0.95, max(0.1, score)), 2)


def _declared_type(draft: _Draft) -> str | None:
    """Return the type of saying that one will, plans to or is ready to do what `draft` tells."""
    token, kind = draft.trigger.token, draft.event_type
    is_plan = token.dep_ == "xcomp" and lemma_of(token.head) in _OWN_PLANS
    is_ready = token.dep_ == "xcomp" and token.head.lower_ in _READY
    will = _will(token)
    if not (is_plan or is_ready or will):
        return None
    if draft.modality is Modality.NEGATED:
        return "REJECT" if kind in _OFFERED else None
    if kind in _THREATENED or draft.trigger.mode in {"boycott", "obstruct"}:
        return "THREATEN"
    is_offered_meeting = kind == "CONSULT" and (is_ready or will == "would")
    return "AGREE" if kind in _OFFERED or is_offered_meeting else None


def _is_alone(draft: _Draft) -> bool:
    """Say whether somebody drills alone."""
    is_drill = any(lemma_of(word) in {"exercise", "drill"} for word in draft.trigger.words)
    return is_drill and len(draft.source.actors) == 1 and not draft.target.actors


def _is_habit(token: Token) -> bool:
    """Say whether a passive tells what is done as a rule: "migrants are often detained"."""
    auxiliaries = [child for child in token.children if child.dep_ in {"aux", "auxpass"}]
    return (
        token.tag_ == "VBN"
        and len(auxiliaries) == 1
        and auxiliaries[0].dep_ == "auxpass"
        and auxiliaries[0].lower_ in {"is", "are"}
    )


def _is_general(token: Token) -> bool:
    """Say whether a verb tells no single deed: an infinitive, a modal, a bare gerund."""
    auxiliaries = {child.lower_ for child in token.children if child.dep_ in {"aux", "auxpass"}}
    if auxiliaries & _MODALS:
        return True
    if token.tag_ == "VBG" and not auxiliaries:
        return token.dep_ != "advcl"  # "..., killing six" is told, "without killing" is not
    return token.tag_ == "VB" and not auxiliaries & {"did", "do", "does"}


def _will(token: Token) -> str | None:
    """Return the auxiliary that looks ahead, the one that a joined verb shares included."""
    for child in token.children:
        if child.dep_ == "aux" and child.lower_ in {"will", "would", "'ll", "shall"}:
            return child.lower_
    is_bare = token.dep_ == "conj" and token.tag_ == "VB" and token.head.pos_ == "VERB"
    return _will(token.head) if is_bare else None


def _is_plain_past(trigger: Trigger) -> bool:
    verb = trigger.carrier or trigger.token
    if verb.pos_ not in {"VERB", "AUX"}:
        return False
    if verb.tag_ == "VBD":
        return True
    return any(
        child.dep_ in {"aux", "auxpass"} and child.lower_ in {"was", "were", "had"}
        for child in verb.children
    )


def _independent(triggers: Sequence[Trigger]) -> list[Trigger]:
    """Leave out acts that another act only asks for, refuses, threatens or promises."""
    wrappers = {
        t.token.i: t
        for t in triggers
        if t.event_type in _NOT_FACTIVE and lemma_of(t.token) not in DENIALS
    }
    ended = {
        noun.i
        for t in triggers
        if not t.is_noun and t.event_type not in _FACTIVE and t.clause and t.clause.object
        for noun in counted(t.clause.object)
    }
    return [
        trigger
        for trigger in triggers
        if not _is_wrapped(trigger, wrappers) and not (trigger.is_noun and trigger.token.i in ended)
    ]


def _is_wrapped(trigger: Trigger, wrappers: dict[int, Trigger]) -> bool:
    step = trigger.token
    below = step
    if trigger.carrier is not None and trigger.carrier.i in wrappers:
        return True
    while step.head.i != step.i:
        below, step = step, step.head
        if below.dep_ in _HERE_BEFORE and below.tag_ in {"VBD", "VBN", "VBZ", "VBP"}:
            return False
        wrapper = wrappers.get(step.i)
        if wrapper is not None and below.dep_ in {
            "xcomp",
            "ccomp",
            "dobj",
            "prep",
            "nsubjpass",
            "advcl",
            "pobj",
            "oprd",
            "acl",
        }:
            if below.dep_ == "prep" and below.lower_ in {
                "after",
                "in",
                "during",
                "since",
                "over",
                "following",
                "at",
            }:
                return False
            return below.dep_ != "advcl" or below.tag_ == "VB"
    return False


def _beside_in_sentence(drafts: Sequence[_Draft], draft: _Draft) -> list[Token]:
    """Return the words of the other acts of the sentence of `draft`."""
    sent = draft.trigger.token.sent
    tokens = (other.trigger.token for other in drafts if other is not draft)
    return [token for token in tokens if sent.start <= token.i < sent.end]


def _one_a_clause(drafts: list[_Draft]) -> list[_Draft]:
    """Join acts of one type that one clause tells twice: "killed in an attack"."""
    kept: list[_Draft] = []
    for draft in drafts:
        other = next((k for k in _beside(kept, draft) if _is_one_act(k, draft)), None)
        if other is None:
            kept.append(draft)
            continue
        _absorb(other, draft)
    return kept


def _beside(kept: Sequence[_Draft], draft: _Draft) -> list[_Draft]:
    """Return those of `kept` that stand in the sentence of `draft`."""
    start = draft.trigger.token.sent.start
    near = takewhile(lambda other: other.trigger.token.i >= start, reversed(kept))
    return list(near)[::-1]


def _is_one_act(one: _Draft, other: _Draft) -> bool:
    if one.event_type != other.event_type or one.modality is not other.modality:
        return False
    a, b = one.trigger.token, other.trigger.token
    if a.sent.start != b.sent.start:
        return False
    if not (_hangs_on(a, b) or _hangs_on(b, a) or a.head == b.head):
        return False
    for pair in ((one.source, other.source), (one.target, other.target)):
        ids = [{actor.actor_id for actor in party.actors} for party in pair]
        if ids[0] and ids[1] and not ids[0] & ids[1]:
            return False
    return one.event_type == "ASSAULT" or bool(one.trigger.is_noun or other.trigger.is_noun)


def _is_charge(draft: _Draft) -> bool:
    """Say whether a noun is only what somebody is charged with: "guilty of *murder*"."""
    token = draft.trigger.token
    if not draft.trigger.is_noun or token.dep_ not in {"pobj", "conj"}:
        return False
    above = token.head.head if token.dep_ == "pobj" else token.head.head.head
    return lemma_of(above) in _CHARGED_WITH


def _without_echoes(drafts: list[_Draft]) -> list[_Draft]:
    """Leave out tellings that name nobody, no place and no day, of what is told anyway.

    "A woman was killed ... the victim was shot": the second adds nothing to the first that an
    analyst could tell apart, so it is one more mention of the same act.
    """
    kept: list[_Draft] = []
    for draft in drafts:
        is_bare = not draft.source.actors and not draft.target.actors
        is_bare = is_bare and (_takes_up(draft.trigger) or not _has_own_frame(draft))
        is_echo = is_bare and any(
            other.event_type == draft.event_type
            and (_takes_up(draft.trigger) or _is_same_word(other, draft))
            and other.modality is draft.modality
            for other in kept
        )
        if not is_echo:
            kept.append(draft)
    return kept


def _takes_up(trigger: Trigger) -> bool:
    """Say whether a noun points back at what was told: "the attack", "this bombing"."""
    return trigger.is_noun and any(
        child.dep_ == "det" and child.lower_ in {"the", "this", "that", "these", "those"}
        for child in trigger.token.lefts
    )


def _is_same_word(one: _Draft, other: _Draft) -> bool:
    """Say whether two acts go by one word, or are violence against as many."""
    if lemma_of(one.trigger.token) == lemma_of(other.trigger.token):
        return not _adds_another(other)
    is_alike = _is_of_many(one.trigger) is _is_of_many(other.trigger)
    return one.event_type == "ASSAULT" and is_alike and not _adds_another(other)


def _adds_another(draft: _Draft) -> bool:
    """Say whether the sentence tells of one more act: "later another man was shot"."""
    return any(token.lower_ in _ANOTHER for token in draft.trigger.token.sent)


def _is_of_many(trigger: Trigger) -> bool:
    """Say whether an act was done to several."""
    patient = trigger.clause.object if trigger.clause is not None else None
    return patient is not None and patient.tag_ in {"NNS", "NNPS", "CD"}


def _has_own_frame(draft: _Draft) -> bool:
    """Say whether a place or a day is said of the act itself."""
    is_placed = draft.places is not None and bool(draft.places.locations)
    is_dated = draft.when is not None and draft.when.weight >= _OWN_DATE
    return (
        is_placed and draft.places is not None and draft.places.weight >= _OWN_PLACE
    ) or is_dated


def _hangs_on(lower: Token, upper: Token) -> bool:
    """Say whether one act's words hang on another's with no further verb between them."""
    step = lower
    while step.head != step:
        step = step.head
        if step == upper:
            return True
        if step.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _absorb(one: _Draft, other: _Draft) -> None:
    if not one.source.actors and (other.source.actors or not one.source.is_somebody):
        one.source = other.source
    if not one.target.actors and (other.target.actors or not one.target.is_somebody):
        one.target = other.target
    if one.when is None or (other.when is not None and other.when.weight > one.when.weight):
        one.when = other.when
    if one.places is None or (other.places is not None and other.places.weight > one.places.weight):
        one.places = other.places
