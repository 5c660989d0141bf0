"""The event ontology: PLOVER's sixteen types, their families on the map, and what names them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Types that the map draws alike: one colour and one shape, so that neither stands alone."""

    name: str
    label: str
    colour: str
    """As "#rrggbb"."""
    shape: str
    """One of "circle", "square", "triangle", "diamond", "star", "hexagon"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One of PLOVER's types."""

    name: str
    """As coded: "ASSAULT"."""
    label: str
    quad_class: str
    """ "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"."""
    family: str
    """Name of its `Family`."""
    modes: tuple[str, ...]
    definition: str
    noun_sources: tuple[str, ...]
    """Links that name who acts when a noun names the event, best first: "poss", "by", ..."""
    noun_targets: tuple[str, ...]
    """Links that name who is acted on: prepositions, best first."""

    @property
    def is_conflict(self) -> bool:
        """Say whether the type is hostile."""
        return self.quad_class.endswith("conflict")


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerEntry:
    """One line of the lexicon, for one of its words: what the word means and what it needs."""

    event_type: str
    mode: str | None
    is_verb: bool
    lemma: str
    particle: str | None = None
    needs: tuple[tuple[str, frozenset[str]], ...] = ()
    """Pairs of what must stand beside the word and the lemmas or kinds that may."""
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    is_event: bool = True
    """False: the line says that this use of the word is no event ("killed by the flood")."""

    @property
    def rank(self) -> tuple[int, int]:
        """Return how specific the line is; the more specific line is tried first."""
        needs = sum(what != "not" for what, _ in self.needs)
        return (not self.is_event, needs + (self.particle is not None))


@lru_cache(maxsize=1)
def families() -> Mapping[str, Family]:
    """Return the families by name, in the order of the legend."""
    rows = _ontology()["family"].items()
    return MappingProxyType(
        {
            name: Family(name=name, label=row["label"], colour=row["colour"], shape=row["shape"])
            for name, row in rows
        }
    )


@lru_cache(maxsize=1)
def event_types() -> Mapping[str, EventType]:
    """Return the sixteen types by name."""
    rows = _ontology()["type"].items()
    return MappingProxyType(
        {
            name: EventType(
                name=name,
                label=row["label"],
                quad_class=row["quad_class"],
                family=row["family"],
                modes=tuple(row.get("modes", ())),
                definition=row["definition"],
                noun_sources=tuple(row["source"]),
                noun_targets=tuple(row["target"]),
            )
            for name, row in rows
        }
    )


def event_type(name: str) -> EventType:
    """Return the type called `name`.

    Raises: KeyError when there is no such type.
    """
    return event_types()[name]


@lru_cache(maxsize=1)
def verb_entries() -> Mapping[str, tuple[TriggerEntry, ...]]:
    """Return the lexicon's verbs by lemma, the most specific line first."""
    return _by_lemma(is_verb=True)


@lru_cache(maxsize=1)
def noun_entries() -> Mapping[str, tuple[TriggerEntry, ...]]:
    """Return the lexicon's nouns by lemma, the most specific line first."""
    return _by_lemma(is_verb=False)


@lru_cache(maxsize=1)
def word_lists() -> Mapping[str, frozenset[str]]:
    """Return the lexicon's named word lists."""
    return MappingProxyType(
        {
            name: frozenset(words.split("|"))
            for name, _, words in (line[1:].partition("\t") for line in _lines() if line[0] == "@")
        }
    )


def _by_lemma(*, is_verb: bool) -> Mapping[str, tuple[TriggerEntry, ...]]:
    found: dict[str, list[TriggerEntry]] = {}
    for entry in _entries():
        if entry.is_verb is is_verb:
            found.setdefault(entry.lemma, []).append(entry)
    return MappingProxyType(
        {
            lemma: tuple(sorted(entries, key=lambda entry: entry.rank, reverse=True))
            for lemma, entries in found.items()
        }
    )


@lru_cache(maxsize=1)
def _entries() -> tuple[TriggerEntry, ...]:
    return tuple(entry for line in _lines() if line[0] != "@" for entry in _read(line))


def _read(line: str) -> list[TriggerEntry]:
    kind, mode, form, words, needs, roles = line.split("\t")
    sources, targets = _roles(roles, form=form, kind=kind)
    entries = []
    for word in words.split(","):
        lemma, _, particle = word.strip().partition(" ")
        entry = TriggerEntry(
            event_type=kind,
            mode=None if mode == "-" else mode,
            is_verb=form == "verb",
            lemma=lemma,
            particle=particle or None,
            needs=_needs(needs),
            sources=sources,
            targets=targets,
            is_event=roles != "drop",
        )
        entries.append(entry)
    return entries


def _needs(column: str) -> tuple[tuple[str, frozenset[str]], ...]:
    if column == "-":
        return ()
    lists = word_lists()
    needs = []
    for need in column.split(";"):
        what, _, words = need.strip().partition("=")
        accepted: set[str] = set()
        for word in filter(None, words.split("|")):
            accepted |= lists[word[1:]] if word.startswith("@") else {word}
        needs.append((what, frozenset(accepted)))
    return tuple(needs)


def _roles(column: str, *, form: str, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if form == "verb":
        roles = {"source": "subject", "target": "object"}
    else:
        default = event_types()[kind]
        roles = {
            "source": "|".join(default.noun_sources),
            "target": "|".join(default.noun_targets),
        }
    if column not in {"-", "drop"}:
        roles |= dict(part.strip().split("=", 1) for part in column.split(";"))
    links = {
        role: tuple(link for link in value.split("|") if link != "-")
        for role, value in roles.items()
    }
    return links["source"], links["target"]


@lru_cache(maxsize=1)
def _lines() -> tuple[str, ...]:
    text = (_DATA / "triggers.tsv").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _ontology() -> dict[str, dict[str, dict[str, Any]]]:
    with (_DATA / "ontology.toml").open("rb") as file:
        return tomllib.load(file)


QUAD_CLASSES = tuple(dict.fromkeys(known.quad_class for known in event_types().values()))
"""The four classes of types, in the order of the types."""
