"""What somebody says that amounts to an act: a demand, blame, a promise, a refusal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.answers import Answers
from dashboard.attitudes import Attitudes
from dashboard.blame import Blame
from dashboard.cast import Cast
from dashboard.charges import Charges
from dashboard.demands import Demands
from dashboard.denials import Denials
from dashboard.links import Links
from dashboard.needs import Needs
from dashboard.speech import Speech, is_made_clear
from dashboard.threats import Threats

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOLD = frozenset({"ROOT", "ccomp", "conj", "xcomp"})
"""Where a verb stands that says what somebody says."""
_CLOSE = 12
"""Tokens from a verb of saying to what is said within which both tell a statement."""


class Statements:
    """Reads the acts in what people of a text say: the first reader that finds one is believed."""

    def __init__(self, cast: Cast, links: Links, needs: Needs) -> None:
        self.cast = cast
        self.speech = Speech(cast, links)
        attitudes = Attitudes(self.speech)
        blame = Blame(self.speech)
        demands = Demands(self.speech, needs)
        denials = Denials(self.speech, needs)
        threats = Threats(self.speech, needs)
        answers = Answers(self.speech, needs, threats)
        self._readers = (
            demands.read_demand,
            attitudes.read_attitude,
            demands.read_need,
            answers.read_offer,
            threats.read_prospect,
            denials.read_rebuttal,
            denials.read_denial,
            blame.read,
            Charges(self.speech, needs, blame).read,
            attitudes.read_praise,
            threats.read_exposure,
            answers.read_answer,
            threats.read_warning,
        )

    def read(self, token: Token) -> Trigger | None:
        """Return the statement whose verb is `token`."""
        is_told = token.dep_ in _TOLD or is_made_clear(token)
        if not is_told and self.cast.lemma(token) != "warn":
            return None
        readings = (read(token) for read in self._readers)
        found = next((reading for reading in readings if reading is not None), None)
        return self._with_saying(found) if found is not None else None

    def _with_saying(self, trigger: Trigger) -> Trigger:
        """Return a statement with the verb close before it by which somebody makes it."""
        first = min(word.i for word in trigger.words)
        saying = self.speech.saying(trigger.token)
        if saying is None or not 0 < first - saying.i <= _CLOSE:
            return trigger
        return replace(trigger, words=(saying, *trigger.words))
