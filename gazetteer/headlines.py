"""Verbs of headlines that are read as nouns: "Turkey *jails* 40", "Court *orders* release of"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PAST = {
    "arrests": "arrested", "attacks": "attacked", "backs": "backed", "bans": "banned",
    "blames": "blamed", "blasts": "blasted", "blocks": "blocked", "bombs": "bombed",
    "charges": "charged", "claims": "claimed", "demands": "demanded", "deports": "deported",
    "fines": "fined", "frees": "freed", "hosts": "hosted", "jails": "jailed", "orders": "ordered",
    "pardons": "pardoned", "probes": "probed", "protests": "protested", "raids": "raided",
    "releases": "released", "sanctions": "sanctioned", "scrambles": "scrambled",
    "seizes": "seized", "sentences": "sentenced", "shells": "shelled", "slams": "slammed",
    "swaps": "swapped", "targets": "targeted", "threatens": "threatened", "urges": "urged",
    "visits": "visited",
}  # fmt: skip
"""The past tense, which is no noun, of verbs that may be one with an "s"."""
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def misread_verbs(parsed: Doc, written: Doc) -> Mapping[int, str]:
    """Return the past tense of each verb of a headline that a parse takes for a noun, by number.

    `written` are the same words as they stand in the text, where the parse has stops. A headline
    ends without a stop. "Turkey jails 40" has its verb after a name, and before a name, a number
    or a plural; "US sanctions on Iran" and "US sanctions relief" have none.
    """
    found: dict[int, str] = {}
    if not parsed.has_annotation("DEP"):
        return found  # a pipeline that a user has may read no sentences
    for sentence in parsed.sents:
        verb = _misread([token for token in sentence if not written[token.i].is_space])
        if verb is not None:
            found[verb.i] = _PAST[verb.text]
    return found


def _misread(words: list[Token]) -> Token | None:
    if len(words) < 3 or not words[-1].text[-1:].isalnum():
        return None
    nouns = (word for word in words[1:-1] if word.text in _PAST and _may_be_verb(word))
    verb = next(nouns, None)
    is_told = any(word.tag_ in _FINITE and word != verb for word in words)
    return None if is_told else verb


def _may_be_verb(word: Token) -> bool:
    is_noun = word.dep_ in {"compound", "nmod"} or (word.dep_ == "ROOT" and word.tag_ in _NOUNS)
    if not is_noun:
        return False
    before, after = word.nbor(-1), word.nbor()
    is_of = after.i + 1 < len(word.doc) and after.nbor().lower_ == "of"
    is_patient = after.text[:1].isupper() or after.like_num or after.tag_ == "NNS" or is_of
    is_agent = before.tag_ in _NOUNS or before.ent_type_ == "GPE"  # "Bahrain", read as Iraqi is
    return is_agent and is_patient and after.pos_ != "ADP"
