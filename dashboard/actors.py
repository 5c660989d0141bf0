"""Who acts in world news: states, governments, armed forces, groups, organisations, people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Actor:
    """One actor.

    `actor_id` is the ISO 3166-1 alpha-3 code of its country, then PLOVER sector codes
    and a short name, joined by dots: "IRN", "IRN.MIL", "IRN.MIL.IRGC". A prefix of an id is
    the group that the actor belongs to.
    """

    actor_id: str
    name: str
    kind: str
    """PLOVER sector in lower case ("gov", "mil", "reb", ...), or "state"."""
    country_code: str | None = None
    """ISO 3166-1 alpha-2; None for international and stateless actors."""
    aliases: tuple[str, ...] = ()
    member_of: tuple[str, ...] = ()
    """Ids of the actors that it is part of."""
