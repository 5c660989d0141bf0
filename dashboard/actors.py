"""Who acts in world news: states, governments, armed forces, groups, organisations, people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from gazetteer.countries import countries

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Actor:
    """One actor.

    `actor_id` is the ISO 3166-1 alpha-3 code of its country, then PLOVER sector codes
    and a short name, joined by dots: "IRN", "IRN.MIL", "IRN.MIL.IRGC". A prefix of an id is
    the group that the actor belongs to. Who belongs to no country starts with IGO (between
    states), NGO or IMG (armed groups of many countries).
    """

    actor_id: str
    name: str
    kind: str
    """PLOVER sector in lower case ("gov", "mil", "reb", ...), or "state"."""
    country_code: str | None = None
    """ISO 3166-1 alpha-2; None for international and stateless actors."""
    aliases: tuple[str, ...] = ()
    """Other names; in a coded event, the people of whom the article speaks."""
    member_of: tuple[str, ...] = ()
    """Ids of the actors that it is part of."""


_TOLD_LATER = timedelta(days=300)
"""How long after a leader's going a text may still tell what he did in office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """Somebody whose name alone says whom they act for, from `since` until before `until`."""

    actor_id: str
    names: tuple[str, ...]
    since: date
    until: date | None

    def holds_on(self, day: date | None) -> bool:
        """Say whether the name stands for the part on `day`; without a day, whether it ever did."""
        if day is None or self.until is None:
            return day is None or self.since <= day
        return self.since <= day <= self.until + _TOLD_LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a word such as "minister" or "rebel" says of who somebody is."""

    sector: str
    weight: str
    """ "strong": it decides; "weak": a word before it may; "mark": it only qualifies."""
    is_title: bool
    """Whether it stands beside a person's name."""


@lru_cache(maxsize=1)
def known_actors() -> Mapping[str, Actor]:
    """Return the actors of the data file by id. States and their organs are not listed."""
    actors = {}
    for actor_id, name, kind, country, aliases in _rows("actors.tsv"):
        actors[actor_id] = Actor(
            actor_id=actor_id,
            name=name,
            kind=kind,
            country_code=None if country == "-" else country,
            aliases=() if aliases == "-" else tuple(aliases.split("|")),
            member_of=_groups(actor_id),
        )
    return MappingProxyType(actors)


@lru_cache(maxsize=1)
def _successions() -> Mapping[str, tuple[str, date]]:
    """Return what each actor whose part changed hands became, and when, by its id."""
    return MappingProxyType(
        {
            was: (now, date.fromisoformat(f"{since}-01"))
            for was, now, since in _rows("successions.tsv")
        }
    )


def actor_on(actor: Actor, day: date | None) -> Actor:
    """Return what an actor was on `day`: the Taliban fought as rebels and now govern.

    Without a day, the actor as it is listed.
    """
    now, since = _successions().get(actor.actor_id, (actor.actor_id, date.max))
    return known_actors()[now] if day is not None and day >= since else actor


@lru_cache(maxsize=1)
def leaders() -> tuple[Leader, ...]:
    """Return the people of the data file, the latest to take a part first."""
    found = [
        Leader(
            actor_id=actor_id,
            names=tuple(names.split("|")),
            since=date.fromisoformat(f"{since}-01"),
            until=None if until == "-" else date.fromisoformat(f"{until}-28"),
        )
        for actor_id, names, since, until in _rows("leaders.tsv")
    ]
    return tuple(sorted(found, key=lambda leader: leader.since, reverse=True))


@lru_cache(maxsize=1)
def roles() -> Mapping[str, Role]:
    """Return what each word of the role file says, by lemma."""
    return MappingProxyType(
        {
            word.strip(): Role(sector=sector, weight=weight, is_title=form == "title")
            for sector, weight, form, words in _rows("roles.tsv")
            for word in words.split(",")
        }
    )


@lru_cache(maxsize=4096)
def actor_by_id(actor_id: str) -> Actor | None:
    """Return the actor that an id names: of the data file, or an organ of a state."""
    if actor_id in known_actors():
        return known_actors()[actor_id]
    code3, _, sector = actor_id.partition(".")
    code2 = _codes().get(code3)
    if code2 and sector == _PROTESTERS:
        return protesters(code2)
    return state_actor(code2, sector or None) if code2 else None


@lru_cache(maxsize=4096)
def state_actor(country_code: str, sector: str | None = None) -> Actor:
    """Return a country as an actor, or what belongs to it in a sector: ("IR", "MIL").

    Raises: KeyError when no country has the code.
    """
    country = countries()[country_code]
    if sector is None:
        return Actor(
            actor_id=country.code3, name=country.name, kind="state", country_code=country.code
        )
    adjective = country.demonyms[0] if country.demonyms else country.name
    return Actor(
        actor_id=f"{country.code3}.{sector}",
        name=f"{adjective} {SECTORS[sector]}",
        kind=sector.lower(),
        country_code=country.code,
        member_of=(country.code3,),
    )


_PROTESTERS = "OPP.PROTESTERS"


@lru_cache(maxsize=512)
def protesters(country_code: str) -> Actor:
    """Return those who protest in a country: a crowd, which need not be its opposition.

    Raises: KeyError when no country has the code.
    """
    country = countries()[country_code]
    return Actor(
        actor_id=f"{country.code3}.{_PROTESTERS}",
        name=f"Protesters in {country.name}",
        kind="opp",
        country_code=country.code,
        member_of=(f"{country.code3}.OPP", country.code3),
    )


ANY_COUNTRY = "*."
"""What stands for the country in the id of a sector of all of them: "*.MIL"."""


def any_country(actor_id: str) -> str | None:
    """Return the id of an actor's sector in whatever country; None when it has none."""
    head, *rest = actor_id.split(".")
    return f"{ANY_COUNTRY}{rest[0]}" if len(head) == 3 and rest and rest[0] in SECTORS else None


SECTORS: Mapping[str, str] = MappingProxyType(
    {
        "GOV": "government",
        "MIL": "armed forces",
        "COP": "police",
        "SPY": "intelligence",
        "LEG": "parliament",
        "JUD": "courts",
        "REB": "rebels",
        "OPP": "opposition",
        "PTY": "parties",
        "CVL": "civilians",
        "REF": "refugees",
        "EDU": "education",
        "LAB": "workers",
        "BUS": "business",
        "JRN": "media",
        "REL": "clergy",
        "CRM": "criminals",
        "MED": "health workers",
        "NGO": "aid organisations",
    }
)
"""PLOVER's sector codes, as an actor's name says them."""


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    return {country.code3: code for code, country in countries().items()}


def _groups(actor_id: str) -> tuple[str, ...]:
    parts = actor_id.split(".")
    return tuple(".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))


def _rows(file: str) -> list[list[str]]:
    text = (_DATA / file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
