"""The ontology: sixteen types, six families, and a lexicon that the loader reads whole."""

from __future__ import annotations

import re

import pytest

from dashboard.ontology import (
    event_type,
    event_types,
    families,
    noun_entries,
    verb_entries,
)

QUAD_CLASSES = {
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
}
LINKS = {"subject", "object", "agent", "clause", "dative", "poss", "modifier", "between"}
PREPOSITIONS = {
    "with", "to", "for", "on", "at", "against", "of", "from", "in", "into", "by", "about",
    "over", "upon", "toward", "towards", "before", "behind", "alongside", "down",
    "after", "aboard",
}  # fmt: skip
WORDLESS = {
    "passive", "intransitive", "clause", "infinitive", "that", "proposed", "simple", "unquoted",
    "negated", "nameless", "hostile", "friendly", "cause", "around", "victim", "accident",
    "wronged", "sought", "enabling", "asking", "described", "undertaking", "calm",
}  # fmt: skip
KINDS = {"actor", "person", "place", "official", "violent", "armed", "people", "several"}


def test_there_are_plovers_sixteen_types():
    assert set(event_types()) == {
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
        "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(event_types()))
def test_every_type_has_a_quad_class_and_a_family(name):
    kind = event_type(name)
    assert kind.quad_class in QUAD_CLASSES
    assert kind.family in families()
    assert kind.definition.endswith(".")


def test_no_two_families_share_a_colour_or_a_shape():
    assert len({family.colour for family in families().values()}) == len(families())
    assert len({family.shape for family in families().values()}) == len(families())
    assert all(re.fullmatch(r"#[0-9a-f]{6}", f.colour) for f in families().values())


def test_an_unknown_type_is_an_error():
    with pytest.raises(KeyError):
        event_type("SHRUG")


def test_the_lexicon_is_as_large_as_curated():
    assert len(verb_entries()) >= 350
    assert len(noun_entries()) >= 100


def test_no_verb_is_listed_twice_with_the_same_needs():
    for lemma, entries in verb_entries().items():
        asked = [
            (entry.particle, frozenset(entry.needs), entry.is_event) for entry in entries
        ]  # the first that fits answers: a second would never
        assert len(set(asked)) == len(asked), lemma


def test_every_mode_belongs_to_its_type():
    for entries in (*verb_entries().values(), *noun_entries().values()):
        for entry in entries:
            assert entry.mode is None or entry.mode in event_types()[entry.event_type].modes, entry


def test_a_need_without_words_is_one_that_the_coder_answers():
    for entries in verb_entries().values():
        for entry in entries:
            assert {what for what, words in entry.needs if not words} <= WORDLESS, entry


def test_every_role_is_a_link_that_the_coder_reads():
    for entries in (*verb_entries().values(), *noun_entries().values()):
        for entry in entries:
            assert set(entry.sources + entry.targets) <= LINKS | PREPOSITIONS, entry


def test_the_most_specific_line_of_a_word_comes_first():
    for entries in verb_entries().values():
        ranks = [entry.rank for entry in entries]
        assert ranks == sorted(ranks, reverse=True)
