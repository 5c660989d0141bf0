"""What people of a text claim that others did, or left undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.blame import COMMITTED, CONDEMNING, Blame
from dashboard.frames import clause_of, counted
from dashboard.links import VIOLENT_NOUNS
from dashboard.needs import MISDEEDS, Needs
from dashboard.parties import Party
from dashboard.speech import CLAIMING, HOLDING, Speech, is_outside, is_somebody_else, statement
from dashboard.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUFFERING = frozenset({"suffer", "endure", "undergo", "face"})
_WHETHER = frozenset({"if", "whether", "how", "what", "who", "unless"})
_DUTIES = frozenset(
    {"act", "respond", "provide", "pay", "meet", "comply", "answer", "honour", "honor", "listen"}
    | {"help", "protect", "consult", "cooperate", "fulfil", "fulfill", "keep", "deliver", "care"}
    | {"respect", "observe", "allow", "inform", "notify", "explain", "deserve", "understand"}
)
"""Verbs of what one owes, which others are blamed for not doing."""
_WRONGLY = words("wrongly")
_ABETTING = frozenset(
    {"arm", "back", "equip", "finance", "fund", "harbour", "harbor", "shelter", "sponsor", "supply"}
    | {"support", "train", "aid", "bankroll"}
)
"""Verbs of help for which those are blamed whom it is said to come from."""
_WATCHING = frozenset({"igo", "ngo"})
"""Kinds of actors that charge whomever they say to have done wrong."""
_CHARGING = frozenset({"COP", "JUD"})
"""Sectors that charge whomever they name as having done wrong."""
_VIOLENCE = frozenset({"ASSAULT"})
"""Deeds that are held against whoever is only said to have done them: no arrest by police is."""
_RULED = frozenset({"opp", "pty", "cvl", "reb", "ngo", "rel", "lab", "edu", "jrn", "ref"})
_RULERS = frozenset({"gov", "mil", "cop", "spy", "jud"})


class Charges:
    """Reads what is held against others: "*claimed* that the police had not answered"."""

    def __init__(self, speech: Speech, needs: Needs, blame: Blame) -> None:
        self.cast = speech.cast
        self.links = speech.links
        self.speech = speech
        self.needs = needs
        self.blame = blame

    def read(self, token: Token) -> Trigger | None:
        """Read "X *claimed* that Y had (not) done Z" as an accusation, if Z is bad or left undone.

        Whoever only says it must be one who charges others: a body between states, a court, a
        state that speaks of another; or speak of what is bad in itself.
        """
        lemma, speaker = self.cast.lemma(token), clause_of(token).subject
        told = next((child for child in token.children if child.dep_ == "ccomp"), None)
        if speaker is None or told is None or lemma not in CLAIMING | HOLDING:
            return None
        if any(c.tag_ == "MD" or c.lower_ in _WHETHER for c in told.children):
            return None
        inner, source = clause_of(told), self.speech.speaker(speaker)
        is_claim = lemma in CLAIMING
        is_bare_passive = is_claim or self._is_wrongful(told)
        charged = inner.subject or (inner.object if is_bare_passive else None)
        if charged is None or not source.is_somebody or self.blame.read(told) is not None:
            return None
        if self.speech.is_own_side(charged, source):
            return None
        target = self.links.whose(charged)
        if not self._is_charged(told, source, target, is_claim=is_claim):
            return None
        if lemma == "say" and told.i < token.i and not self.speech.is_quoted(told):
            return None  # "the raid killed two, officials said": that is how it is known
        is_bare = not (source.actors and target.actors) and is_somebody_else(
            target, source, charged
        )
        is_of_thing = inner.subject is None and is_bare_passive
        is_of_thing = is_of_thing and (is_claim or not target.is_somebody)  # "claims he was beaten"
        if is_claim and self.cast.lemma(told) in _SUFFERING and inner.object is not None:
            # "claimed that *they suffered torture*"
            is_of_thing = self.cast.lemma(inner.object) in VIOLENT_NOUNS | {"abuse"}
        is_of_others = is_outside(target, source) or _is_of_rulers(target, source)
        if not (is_of_others or is_bare or is_of_thing):
            return None
        return statement("ACCUSE", token, source, target, (token,), mode="allege")

    def _is_charged(self, told: Token, source: Party, target: Party, *, is_claim: bool) -> bool:
        """Say whether a clause tells a wrong that `target` did, or a duty not done."""
        is_undone = any(child.dep_ == "neg" for child in told.children)
        if is_undone:
            is_little = any(word.lower_ == "enough" for word in told.subtree)
            return is_claim or is_little or self.cast.lemma(told) in _DUTIES
        if self._is_wrongful(told):
            return True
        if is_claim and self.cast.lemma(told) in _SUFFERING:
            return True
        is_between_states = _is_of_states(source) and _is_of_states(target)
        is_accuser = is_claim or is_between_states
        is_accuser = is_accuser or any(actor.kind in _WATCHING for actor in source.actors)
        is_accuser = is_accuser or (source.sector in _CHARGING and target.is_named)
        is_accuser = is_accuser or _is_of_rulers(target, source)
        kinds = MISDEEDS if is_claim or is_between_states else _VIOLENCE
        is_bad = self.needs.is_misdeed(told, kinds) or self._abets(told)
        return is_accuser and not target.is_unknown and is_bad

    def _abets(self, told: Token) -> bool:
        """Say whether a clause tells of help for those who fight: "had *armed* the rebels"."""
        helped = clause_of(told).object
        is_help = self.cast.lemma(told) in _ABETTING
        return is_help and helped is not None and self.needs.is_kind(helped, "armed")

    def _is_wrongful(self, told: Token) -> bool:
        """Say whether a word of a clause calls what it tells wrong: "were *unlawfully* shot"."""
        if any(child.lower_ in _WRONGLY for child in told.children):
            return True
        nouns = [noun for child in told.rights if child.dep_ == "dobj" for noun in counted(child)]
        return any(self.cast.lemma(noun) in CONDEMNING | COMMITTED for noun in nouns)


def _is_of_rulers(target: Party, source: Party) -> bool:
    """Say whether those spoken of rule, police or fight for those who speak, or against them."""
    speakers = {actor.kind for actor in source.actors}
    is_below = bool(speakers) and speakers <= _RULED
    return is_below and any(actor.kind in _RULERS for actor in target.actors)


def _is_of_states(party: Party) -> bool:
    return any(actor.kind in {"state", "gov", "mil", "spy"} for actor in party.actors)
