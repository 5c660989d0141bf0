"""Who stands in a role of an event: one or several actors, or people whom nobody names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.actors import SECTORS, Actor, protesters, state_actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who a noun phrase stands for, and how surely."""

    actors: tuple[Actor, ...] = ()
    is_person: bool = False
    """It names people or what they form, even if no actor is known."""
    is_inferred: bool = False
    """Its country was not said beside it, but taken from the text around."""
    is_armed: bool = False
    sector: str | None = None
    """PLOVER sector of the first of them, "UAF" for attackers whom nobody names."""
    is_unknown: bool = False
    """It says itself that nobody knows who: gunmen, attackers."""
    is_named: bool = False
    """It is a person or a body called by name, though nothing tells of which country."""

    @property
    def is_public(self) -> bool:
        """Say whether it acts in public life, whether or not its country is known."""
        return bool(self.actors) or self.is_unknown or self.sector in _PUBLIC

    def beside(self, other: Party) -> list[Actor]:
        """Return its actors that `other` has not."""
        known = {actor.actor_id for actor in other.actors}
        return [actor for actor in self.actors if actor.actor_id not in known]

    @property
    def is_somebody(self) -> bool:
        """Say whether the text tells of anybody at all: an actor, or people without a name."""
        return bool(self.actors) or self.is_person or self.is_unknown


_PUBLIC = frozenset(
    {"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "REB", "UAF", "OPP", "PTY", "LAB", "REL", "NGO"}
)
"""Sectors whose words and deeds are news even when the text does not say of which country."""

NOBODY = Party()
"""The text does not say who."""


def party_of(
    actors: tuple[Actor, ...],
    *,
    is_person: bool = False,
    is_inferred: bool = False,
    sector: str | None = None,
) -> Party:
    """Return a party of known actors, armed if one of them is."""
    armed = any(actor.kind in {"mil", "reb", "cop", "crm", "state"} for actor in actors)
    return Party(
        actors=actors, is_person=is_person, is_inferred=is_inferred, is_armed=armed, sector=sector
    )


def merge_parties(parties: Sequence[Party]) -> Party:
    """Return several parties as one: "Iran and its allies"."""
    if len(parties) == 1:
        return parties[0]
    actors: dict[str, Actor] = {}
    for party in parties:
        for actor in party.actors:
            actors.setdefault(actor.actor_id, actor)
    return Party(
        actors=tuple(actors.values()),
        is_person=any(party.is_person for party in parties),
        is_inferred=any(party.is_inferred for party in parties),
        is_armed=any(party.is_armed for party in parties),
        sector=next((party.sector for party in parties if party.sector), None),
        is_unknown=all(party.is_unknown for party in parties),
        is_named=any(party.is_named for party in parties),
    )


CROWD = "PROTESTERS"
"""Stands for the sector of those who protest, who need not be a country's opposition."""


def party_of_lands(codes: Iterable[str], sector: str) -> Party:
    """Return those of a sector in each of the countries, as actors."""
    if sector == CROWD:
        crowd = tuple(protesters(code) for code in codes)
        return party_of(crowd, is_person=True, sector="OPP")
    actors = tuple(state_actor(code, sector if sector in SECTORS else None) for code in codes)
    return party_of(actors, is_person=True, sector=sector)
