"""An act that words of a text name: its type, its parties, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.frames import Clause
from dashboard.ontology import TriggerEntry
from dashboard.parties import Party

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Words that name an act, with its type and its parties."""

    token: Token
    event_type: str
    mode: str | None
    source: Party
    target: Party
    words: tuple[Token, ...]
    """The tokens of the trigger in order: the verb, its particle, the noun it carries."""
    complement: Token | None = None
    """The clause that the act is about: "agreed to *withdraw*"."""
    carrier: Token | None = None
    """The verb that carries a noun: "*carried* out an attack"."""
    clause: Clause | None = None
    is_noun: bool = False
    destination: Token | None = None
    """Where a visit goes."""
    is_declared: bool = False
    """The type already says that the act is only announced."""

    @property
    def span(self) -> tuple[int, int]:
        """Return the characters from the first to the last of its words in the act's sentence."""
        inside = [word for word in self.words if word.sent == self.token.sent]
        return inside[0].idx, inside[-1].idx + len(inside[-1])

    @classmethod
    def of(
        cls,
        entry: TriggerEntry,
        token: Token,
        source: Party,
        target: Party,
        **more: Any,  # noqa: ANN401  # its other fields
    ) -> Trigger:
        """Return the act that a line of the lexicon reads in `token`."""
        return cls(
            token=token,
            event_type=entry.event_type,
            mode=entry.mode,
            source=source,
            target=target,
            words=more.pop("words", (token,)),
            **more,
        )
