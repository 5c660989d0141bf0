"""From an article to its events: who did what to whom, when and where, each with its sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dashboard.act_likelihood import likelihood_of
from dashboard.actors import Actor, protesters
from dashboard.acts import Trigger
from dashboard.articles import Article
from dashboard.cast import Cast
from dashboard.contexts import contexts_of
from dashboard.dates import find_dates
from dashboard.drafts import OWN_PLACE, Draft, will_of
from dashboard.event_dates import Calendar
from dashboard.event_places import Atlas, EventPlaces, coarse_location
from dashboard.events import Event, Modality, event_id
from dashboard.frames import clause_of, forget_clauses
from dashboard.merging import merge_events
from dashboard.modality import HOPES, is_purpose, modality_of, speaker_verb
from dashboard.partial_dates import PartialDate
from dashboard.parties import CROWD, Party, party_of_lands
from dashboard.retelling import beside_in_sentence, independent, one_a_clause, without_echoes
from dashboard.sizes import sizes_of
from dashboard.spans import SpanFinder, paragraph_starts
from dashboard.sport import Sport
from dashboard.triggers import find_triggers
from dashboard.vocabulary import lemma_of, words
from dashboard.worth import is_event, is_of_sides, is_to_come
from gazetteer.toponyms import Geoparse, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CODER = "rules-1"
"""The name of this coder in the events that it makes."""

_BACKGROUND_AFTER = timedelta(days=366)
"""How long before its telling an act has become the background of something else."""
LONGEST_QUOTE = 700
"""A "sentence" longer than this many characters is no sentence: nothing is coded from it."""

_OFFERED = frozenset({"AID", "RETREAT", "CONCEDE", "COOPERATE", "SUPPORT", "AGREE"})
_LEGAL = frozenset({"ACCUSE", "SANCTION"})
"""Types told of people whom nobody knows even if it is yet to come: "the mill *will cut* jobs"."""
_THREATENED = frozenset({"ASSAULT", "SANCTION", "COERCE"})
_READY = frozenset({"ready", "prepared", "willing", "set", "poised"})
_OWN_PLANS = frozenset({"plan", "intend", "prepare", "decide"})
_BEGUN_TYPES = {
    "attempt": frozenset({"ACCUSE", "ASSAULT", "SANCTION"}),
    "bid": frozenset({"ACCUSE", "SANCTION"}),
    "campaign": frozenset({"ACCUSE", "PROTEST"}),
    "effort": frozenset[str](),
    "plan": frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "SANCTION"}),
}
"""Types of what follows a noun that tells an act: "an *attempt* to kill", "a *plan* to deploy"."""
_DONE_TO_PEOPLE = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_AT_HOME = frozenset({"cop", "gov", "jud", "leg", "mil", "state"})
_PEOPLE = frozenset({"cvl", "edu", "lab", "leg", "opp", "pty", "rel"})
_OF_STATE = frozenset({"COP", "GOV", "JUD", "LEG", "MIL"})
_OF_OTHERS = frozenset({"BUS", "MIL", "REF", "SPY", "UAF"})
"""Sectors whose people, held or hit without a country's name, are seldom one's own."""
_PLACED = frozenset({"ASSAULT", "PROTEST", "COERCE"})
"""Types whose parties, if only guessed, must fit the place."""
_ANNOUNCING = frozenset({"announce", "declare", "order", "decide", "rule", "decree", "promise"})
"""Verbs by which those who do a thing say that it is, or will be, done."""
_ARRESTING = frozenset({"COP", "SPY"})
"""Sectors that tell of arrests as their own: "police said that two men were held"."""
_REPORTING = frozenset({"say", "confirm", "report", "add", "state", "tell"})
_AUTHORITIES = frozenset({"GOV", "LEG", "JUD"})
"""Sectors that do not demonstrate."""
_OFF_THE_PITCH = frozenset({"COP", "LEG", "SPY"})
"""Sectors whose acts count in sport as well; a captain or a striker is of none of the others."""
_GUESSED_PLACE = 0.85
"""What is left of the confidence in an event whose place was not said of the act itself."""
_ATTEMPTING = frozenset({"attempt", "try"})
_FICTION = frozenset(
    {"comedy", "film", "movie", "novel", "opera", "sequel", "sitcom", "thriller", "musical"}
)
_WORKS = _FICTION - {"film"} | {"episode"}
"""Works in which an act is done; a film may be one that an armed group made."""
_NARRATING = frozenset(
    {"open", "tell", "follow", "depict", "show", "begin", "end", "feature", "portray", "chronicle"}
    | {"recount", "star", "centre", "center", "start", "play", "revolve"}
)
_LEAVING = frozenset({"disarm", "withdraw"})
"""Modes of a retreat that is told as one even while it is to come."""
_SIGNING = frozenset({"sign", "initial"})
"""Words that are deeds with a place and a day of their own."""


def code_events(article: Article, geoparse: Geoparse, doc: Doc) -> tuple[Event, ...]:
    """Return the events that the article tells, each once, in the order of the text.

    `doc` is the article's parsed text. What the text does not say stays empty: an attacker
    whom nobody names, a date, a place. An event without a place says why.
    """
    events = _Coder(article, geoparse, doc).code()
    forget_clauses(doc)
    return events


def drafts_of(article: Article, geoparse: Geoparse, doc: Doc) -> list[Draft]:
    """Return the acts that the article tells, those too that say too little to be events."""
    return _Coder(article, geoparse, doc).drafts()


class _Coder:
    def __init__(self, article: Article, geoparse: Geoparse, doc: Doc) -> None:
        self.article = article
        self.doc = doc
        self.cast = Cast(doc, geoparse, article.published)
        self.calendar = Calendar(doc, find_dates(doc, article.published), article.published)
        self.atlas = Atlas(doc, geoparse, self.cast.name_tokens)
        self._paragraphs = paragraph_starts(doc)
        self._sport = Sport(doc, self.cast.lemmas)

    def code(self) -> tuple[Event, ...]:
        """Return the events of the article, each once."""
        drafts = without_echoes([draft for draft in self.drafts() if is_event(draft)])
        events: list[Event] = []
        echoes: dict[str, str] = {}
        for draft in drafts:
            events.append(told := self._event(draft, beside_in_sentence(drafts, draft)))
            again = [self._event(echo, ()) for echo in draft.echoes]
            events += again
            echoes |= {event.event_id: told.event_id for event in again}
        return _with_background(tuple(map(self._in_background, merge_events(events, echoes))))

    def drafts(self) -> list[Draft]:
        """Return the acts of the article with their parties, days, places and likelihood."""
        triggers = find_triggers(self.doc, self.cast)
        drafts = [draft for draft in map(self._draft, independent(triggers)) if draft is not None]
        drafts = [draft for draft in drafts if self._counts(draft)]
        for draft in drafts:
            self._date(draft)
            self._place(draft)
            self._drop_doubtful(draft)
            _take_for_local(draft)
        drafts = one_a_clause(drafts)
        for draft in drafts:
            draft.likelihood = likelihood_of(draft)
        return drafts

    def _in_background(self, event: Event) -> Event:
        """Mark what happened long before the article as the background that it is told for."""
        published = self.article.published
        if event.modality is not Modality.REPORTED or event.when is None or published is None:
            return event
        is_old = event.when.latest < published - _BACKGROUND_AFTER
        return replace(event, modality=Modality.BACKGROUND) if is_old else event

    def _draft(self, trigger: Trigger) -> Draft | None:
        sent = trigger.token.sent
        if sent.end_char - sent.start_char > LONGEST_QUOTE:
            return None
        modality = modality_of(trigger.token)
        if modality is Modality.REPORTED and _is_asked(trigger.token):
            modality = Modality.HYPOTHETICAL
        if modality is Modality.PLANNED and _is_attempted(trigger):
            modality = Modality.REPORTED
        draft = Draft(
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
        is_office = is_office and trigger.mode not in {"strike", "hunger"}
        if draft.event_type == "PROTEST" and is_office:
            draft.event_type = "ACCUSE"  # a ministry protests in a note, not in the street
        elif draft.event_type == "PROTEST" and any(a.kind == "gov" for a in draft.source.actors):
            codes = [a.country_code for a in draft.source.actors if a.country_code]
            draft.source = party_of_lands(dict.fromkeys(codes), CROWD)  # "*Nairobi* protests"
        if draft.event_type == "COOPERATE" and _is_alone(draft):
            draft.event_type = "MOBILIZE"  # a drill without a partner is a show of force
        self._announced_by(draft)
        self._declare(draft)
        return draft

    def _declare(self, draft: Draft) -> None:
        """Turn "X says that it will do Y" into the promise, refusal or threat that it is."""
        trigger = draft.trigger
        if trigger.is_declared:
            draft.modality = Modality.REPORTED
            return
        is_own_word = draft.source.is_public and draft.source.sector != "CVL"
        is_own_word = is_own_word or draft.source.is_named
        if trigger.is_noun or not is_own_word or trigger.mode == "resign":
            return
        declared = _declared_type(draft)
        if declared is not None:
            draft.event_type, draft.modality = declared, Modality.REPORTED

    def _announced_by(self, draft: Draft) -> None:
        """Take whoever announces a deed without a doer for the doer: "said X would be closed"."""
        token, clause = draft.trigger.token, draft.trigger.clause
        is_open = clause is not None and clause.is_passive and not draft.source.is_somebody
        verb = lemma_of(token.head)
        speaker = clause_of(token.head).subject if token.dep_ == "ccomp" else None
        if not is_open or speaker is None:
            return
        party = self.cast.party(speaker)
        is_to_come = verb == "say" and will_of(token) is not None
        is_of_police = draft.event_type == "COERCE" and party.sector in _ARRESTING
        if not (is_to_come or verb in _ANNOUNCING or (is_of_police and verb in _REPORTING)):
            return
        if any(actor.kind in {"gov", "state", "mil", "cop", "igo"} for actor in party.actors):
            draft.source = replace(party, is_inferred=True)

    def _counts(self, draft: Draft) -> bool:
        is_official = {draft.source.sector, draft.target.sector} & _OFF_THE_PITCH
        if not is_official and self._sport.tells(draft.trigger.token):
            return False  # "beat the goalie", "a penalty"
        if _is_of_fiction(draft.trigger.token):
            return False
        if draft.event_type in _THREATENED and _is_habit(draft.trigger.token):
            return False
        if _is_of_any(draft.trigger.token) or _is_misjoined(draft.trigger.token):
            return False
        if _is_only_sought(draft):
            return False
        if draft.modality in {Modality.HYPOTHETICAL, Modality.NEGATED}:
            return not draft.trigger.is_noun and bool(draft.source.actors and draft.target.actors)
        if draft.modality is Modality.PLANNED:
            clause = draft.trigger.clause
            is_to_be_done = clause is not None and clause.is_passive and not draft.trigger.is_noun
            is_known = draft.source.is_public or draft.source.is_named or is_of_sides(draft)
            is_known = is_known or (draft.event_type in _LEGAL and is_to_come(draft))
            return is_known or (is_to_be_done and will_of(draft.trigger.token) is not None)
        if (
            draft.modality in {Modality.CLAIMED, Modality.DENIED}
            and (draft.trigger.carrier or draft.trigger.token).dep_ == "pcomp"
        ):
            draft.source = replace(draft.source, actors=())  # never guessed from who is accused
        return True

    def _date(self, draft: Draft) -> None:
        trigger = draft.trigger
        is_future = draft.modality in {Modality.PLANNED, Modality.HYPOTHETICAL}
        is_future = is_future or will_of(trigger.carrier or trigger.token) is not None
        draft.when = self.calendar.date_of(trigger.token, trigger.carrier, is_future=is_future)

    def _place(self, draft: Draft) -> None:
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
        if _is_judged(trigger):
            draft.places = self._within(trigger.token, draft.places)
        elif not draft.places.locations:
            draft.places = self._place_elsewhere(draft, draft.places)
        if draft.event_type == "PROTEST":
            self._add_protesters(draft)

    def _within(self, noun: Token, places: EventPlaces) -> EventPlaces:
        """Return only the places that the noun's own phrase names: "condemned the coup *in Niger*".

        Where somebody spoke of an act is not where it was done.
        """
        own = set(noun.subtree)
        spans = SpanFinder(self.doc)
        found = tuple(
            place
            for place in places.locations
            if spans.root(place.mention.start, place.mention.end) in own
        )
        return replace(places, locations=found) if found or not places.locations else EventPlaces()

    def _drop_doubtful(self, draft: Draft) -> None:
        """Leave a party of violence empty whose country was guessed and does not fit the place."""
        if draft.event_type not in _PLACED or draft.event_type == "PROTEST":
            return
        places = draft.places or EventPlaces()
        lands = {code for location in places.locations for code in location.place.all_countries}
        is_lost = self.atlas.unknown_in(draft.trigger.token) is not None
        if draft.source.is_inferred and _is_foreign(draft.source, lands, is_lost=is_lost):
            draft.source = replace(draft.source, actors=())
        if draft.target.is_inferred and _is_foreign(draft.target, lands, is_lost=is_lost):
            draft.target = replace(draft.target, actors=())

    def _place_elsewhere(self, draft: Draft, nowhere: EventPlaces) -> EventPlaces:
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
        is_here = draft.modality is Modality.REPORTED and not draft.target.actors
        is_here = is_here and not _is_summed_up(token)
        is_here = is_here and not self._is_of_elsewhere(draft, before)
        return before if before.locations and is_here else nowhere

    def _is_of_elsewhere(self, draft: Draft, before: EventPlaces) -> bool:
        """Say whether who acts, or the sentence, is of another country than the place before."""
        lands = {code for place in before.locations for code in place.place.all_countries}
        own = {actor.country_code for actor in draft.source.actors if actor.country_code}
        sent = draft.trigger.token.sent
        named = {land.code for i, land in self.cast.lands.items() if sent.start <= i < sent.end}
        return any(codes and codes.isdisjoint(lands) for codes in (own, named))

    def _across_a_border(self, draft: Draft) -> EventPlaces | None:
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

    def _coarse(self, draft: Draft) -> EventPlaces | None:
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

    def _add_protesters(self, draft: Draft) -> None:
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

    def _event(self, draft: Draft, beside: Sequence[Token]) -> Event:
        trigger = draft.trigger
        start, end = self._quote(trigger)
        first, last = trigger.span
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

    def _attributed(self, draft: Draft) -> tuple[Actor, ...]:
        """Return who claims, denies or plans it, as far as the text says."""
        if draft.modality not in {Modality.CLAIMED, Modality.DENIED, Modality.PLANNED}:
            return ()
        verb = speaker_verb(draft.trigger.carrier or draft.trigger.token)
        if verb is None:
            is_plan = draft.modality is Modality.PLANNED
            return _in_order(draft.source.actors) if is_plan else ()
        subject = clause_of(verb).subject
        return _in_order(self.cast.party(subject).actors) if subject is not None else ()

    def _when(self, draft: Draft) -> PartialDate | None:
        return draft.when.when if draft.when is not None and draft.when.weight >= 0.3 else None

    def _quote(self, trigger: Trigger) -> tuple[int, int]:
        sent = trigger.token.sent
        text = self.article.text
        start, end = sent.start_char, sent.end_char
        for line in self.calendar.datelines:
            if line.start < start < line.end < trigger.token.idx:
                start = line.end  # the pipeline cut the dateline in two
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end


def _with_background(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Mark what has no day of its own beside what is background: "cut ties after a mob ..."."""
    old = {event.start for event in events if event.modality is Modality.BACKGROUND}
    return tuple(
        replace(event, modality=Modality.BACKGROUND)
        if event.modality is Modality.REPORTED and event.when is None and event.start in old
        else event
        for event in events
    )


def _is_judged(trigger: Trigger) -> bool:
    """Say whether a noun names what somebody only speaks of: "*condemned* the coup"."""
    token = trigger.token
    is_object = trigger.is_noun and trigger.carrier is None and token.dep_ in {"dobj", "conj"}
    return is_object and lemma_of(token.head) in words("judging") | words("praise")


def _is_summed_up(token: Token) -> bool:
    """Say whether a verb tells what has gone on until now: "thousands *have died*"."""
    return any(child.dep_ == "aux" and child.lower_ in {"have", "has"} for child in token.children)


def _is_attempted(trigger: Trigger) -> bool:
    """Say whether violence was begun, though it may have failed: "*tried* to kill the mayor"."""
    token, verb = trigger.token, trigger.token.head
    was = any(child.dep_ == "aux" and child.lower_ in {"was", "were"} for child in verb.lefts)
    is_begun = lemma_of(verb) in _ATTEMPTING and (was or verb.tag_ in {"VBD", "VBN"})
    return trigger.event_type == "ASSAULT" and token.dep_ == "xcomp" and is_begun


def _is_only_sought(draft: Draft) -> bool:
    """Say whether an "effort to", "bid to" or "plan to" tells no act: "a bid *to end* the strike".

    An attempt to kill, a bid to impeach, plans to deploy troops and an effort to mediate do.
    """
    token = draft.trigger.token
    noun = lemma_of(token.head) if token.dep_ == "acl" and token.tag_ == "VB" else ""
    is_act = draft.event_type in _BEGUN_TYPES.get(noun, ()) or draft.trigger.mode == "third-party"
    return noun in _BEGUN_TYPES and not is_act


def _is_asked(token: Token) -> bool:
    """Say whether an act is what a question asks for: "would they *support* a coup?"."""
    sent = token.sent
    if not any(word.text == "?" for word in sent[-2:]):
        return False
    step = token
    while step != sent.root and step.dep_ in {"conj", "xcomp", "dobj", "pobj", "prep"}:
        step = step.head
    return step == sent.root


def _is_foreign(party: Party, lands: set[str], *, is_lost: bool) -> bool:
    """Say whether a guessed party is of none of the place's countries, or the place unknown."""
    codes = {actor.country_code for actor in party.actors if actor.country_code}
    return bool(codes) and (codes.isdisjoint(lands) if lands else is_lost)


def _unknown_place(resolution: Resolution) -> str:
    name = resolution.mention.surface
    if resolution.candidates:
        return f"The sentence names {name}, which may be several places: none is likely enough."
    return f"The sentence names {name}, a place that the gazetteer does not know."


def _take_for_local(draft: Draft) -> None:
    """Take whom a country's people or authorities deal with at home for that country's, too.

    An authority holds and hits its own people; its people speak of "the government".
    """
    source, target = draft.source, draft.target
    codes = {actor.country_code for actor in source.actors if actor.country_code}
    if len(codes) != 1 or target.actors or target.is_named or target.is_unknown:
        return
    kinds = {actor.kind for actor in source.actors}
    is_held = (
        draft.event_type in _DONE_TO_PEOPLE
        and kinds <= _AT_HOME
        and target.is_person
        and target.sector not in _OF_OTHERS
    )
    locations = draft.places.locations if draft.places is not None else ()
    lands = {code for location in locations for code in location.place.all_countries}
    if draft.event_type == "ASSAULT" and kinds & {"mil", "state"}:
        codes = lands  # armies strike abroad: without a place nobody knows whom
    is_blamed = kinds <= _PEOPLE and target.sector in _OF_STATE
    if (is_held or is_blamed) and len(codes) == 1 and lands <= codes:
        draft.target = party_of_lands(sorted(codes), target.sector or "CVL")


def _others(draft: Draft) -> list[Actor]:
    """Return the parties acted on, without those that only the parties acting suggest.

    Rebels suggest the army of their country: that is whom they fight. So do those who blame
    "the government" suggest theirs.
    """
    own = {a.country_code for a in draft.source.actors if a.kind not in {"reb", *_PEOPLE}}
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


def _confidence(draft: Draft) -> float:
    """Return how likely the act is an event; less where its place is only taken from around it."""
    places = draft.places
    is_guessed = places is not None and bool(places.locations) and places.weight < OWN_PLACE
    return round(draft.likelihood * (_GUESSED_PLACE if is_guessed else 1), 2)


def _declared_type(draft: Draft) -> str | None:
    """Return the type of saying that one will, plans to or is ready to do what `draft` tells."""
    token, kind = draft.trigger.token, draft.event_type
    is_open = any(child.lower_ == "whether" for child in token.children)
    is_plan = token.dep_ == "xcomp" and lemma_of(token.head) in _OWN_PLANS and not is_open
    is_ready = token.dep_ == "xcomp" and token.head.lower_ in _READY
    will = will_of(token)
    is_leaving = kind == "RETREAT" and draft.trigger.mode in _LEAVING
    if is_leaving or not (is_plan or is_ready or will):
        return None  # who "will surrender" does not promise it
    if kind in _THREATENED and is_plan and lemma_of(token.head) == "decide":
        return None  # "*decided* to break off ties" tells the deed
    if draft.modality is Modality.NEGATED:
        return "REJECT" if kind in _OFFERED else None
    if token.dep_ == "ccomp" and lemma_of(token.head) in HOPES:
        return None  # "hopes that Iran *will yield*": Iran has said nothing
    is_threat = token.dep_ == "ccomp" and lemma_of(token.head) in {"threaten", "warn"}
    if is_threat or kind in _THREATENED or draft.trigger.mode in {"boycott", "obstruct"}:
        return "THREATEN"
    is_offered_meeting = kind == "CONSULT" and (is_ready or will == "would")
    return "AGREE" if kind in _OFFERED or is_offered_meeting else None


def _is_of_fiction(token: Token) -> bool:
    """Say whether a sentence tells what a film or a book tells: "the *thriller* opens with"."""
    top = token.sent.root
    subject = next((child for child in top.lefts if child.dep_ == "nsubj"), None)
    if subject is not None and lemma_of(subject) in _FICTION and lemma_of(top) in _NARRATING:
        return True
    return token.tag_ in {"VBZ", "VBP"} and _is_in_a_work(token)


def _is_in_a_work(token: Token) -> bool:
    """Say whether a work of fiction is what an act is done in: "*in the novel*, spies abduct"."""
    return any(
        lemma_of(noun) in _WORKS
        and noun.dep_ == "pobj"
        and noun.head.lower_ == "in"
        and noun.head.head in {token, *token.ancestors}
        and all(child.lower_ != "of" for child in noun.rights)  # "in an *episode of* violence"
        for noun in token.sent
    )


def _is_alone(draft: Draft) -> bool:
    """Say whether somebody drills alone."""
    drills = [word for word in draft.trigger.words if lemma_of(word) in {"exercise", "drill"}]
    is_joint = any(child.lower_ == "joint" for word in drills for child in word.lefts)
    is_drill = bool(drills) and not is_joint
    return is_drill and len(draft.source.actors) == 1 and not draft.target.actors


def _is_of_any(token: Token) -> bool:
    """Say whether a participle tells of whatever there may be: "every dollar *given* by them"."""
    near = (token.head, *token.head.lefts) if token.dep_ in {"acl", "relcl"} else ()
    return any(word.lower_ in {"any", "each", "every"} for noun in near for word in noun.lefts)


def _is_misjoined(token: Token) -> bool:
    """Say whether a gerund is parsed as joined to a verb of another form, of which it is no part.

    "Took steps to align their rules on trade and *fighting* smugglers".
    """
    is_joined = token.tag_ == "VBG" and token.dep_ == "conj" and token.head.tag_ == "VB"
    return is_joined and not any(child.dep_ in {"aux", "nsubj"} for child in token.children)


def _is_habit(token: Token) -> bool:
    """Say whether a passive tells what is done as a rule: "migrants are often detained"."""
    auxiliaries = [child for child in token.children if child.dep_ in {"aux", "auxpass"}]
    return (
        token.tag_ == "VBN"
        and len(auxiliaries) == 1
        and auxiliaries[0].dep_ == "auxpass"
        and auxiliaries[0].lower_ == "are"
    )
