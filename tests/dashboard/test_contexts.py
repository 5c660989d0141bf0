"""Contexts: what the words of a sentence say that an event is about."""

from __future__ import annotations

from dashboard.contexts import context_words, contexts_of


def test_there_are_plovers_thirty_seven_contexts():
    assert len(context_words()) == 37


def test_two_words_side_by_side_give_a_context():
    assert contexts_of(["they", "defend", "human", "rights"]) == ("human_rights",)
    assert contexts_of(["rights", "of", "human"]) == ()


def test_contexts_come_sorted_and_once():
    assert contexts_of(["virus", "outbreak", "tariff"]) == ("economic", "health")


def test_words_of_contexts_are_lower_case_and_at_most_two():
    for words in context_words().values():
        assert all(word == word.lower() and word.count(" ") <= 1 for word in words)
