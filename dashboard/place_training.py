"""Learns how likely a place of a sentence is an event's place, from sentences with both marked.

For maintainers: `python -m dashboard.place_training eventloc_silver.jsonl` learns from the
tuning half, prints what five-fold cross-validation gives and writes data/place_weights.tsv.
Nothing here runs for a user.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.claim_training import FOLDS, fold_of, learn, write_weights
from dashboard.claims import likelihood
from dashboard.event_gold import GoldPlace, GoldText, read_gold
from dashboard.place_ranking import WEIGHTS, NamedPlace, chosen_places, evidence
from dashboard.told_acts import told_act
from gazetteer.build import open_place_store
from gazetteer.corpora import half_of
from gazetteer.evaluation import Score
from gazetteer.geoparse import geoparse
from gazetteer.language import parse
from gazetteer.names import name_key

_LEAST_COUNT = 4
_DECAY = 2.0
_UNTRUSTED = "masdar_kill"
"""Items whose labels leave out most of the places that their sentences name."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the places that it names, what holds of each, and which are right."""

    text: str
    places: Sequence[NamedPlace]
    claims: Sequence[frozenset[str]]
    is_right: Sequence[bool]
    wanted: int
    """How many places the event has, those that no mention was found for included."""


def read_sentences(corpus: Path) -> Iterator[Sentence]:
    """Yield the sentences of the tuning half of `corpus` that no held-out item repeats."""
    texts = read_gold(corpus)
    held_out = {text.text.strip() for text in texts if half_of(text.doc_id) != "tune"}
    store = open_place_store()
    for text in texts:
        is_left_out = text.doc_id.startswith(_UNTRUSTED) or text.text.strip() in held_out
        if half_of(text.doc_id) == "tune" and not is_left_out:
            doc = parse(text.text)
            found = geoparse(text.text, doc=doc, store=store)
            act = told_act(doc, found, text.events[0].triggers[0])
            if act is not None:
                parties = {token.i for token in act.parties}
                places = act.atlas.named_in(act.token)
                yield _sentence(text, places, evidence(places, act.token, parties))


def _sentence(
    text: GoldText, places: Sequence[NamedPlace], claims: Sequence[frozenset[str]]
) -> Sentence:
    gold = text.events[0].places or ()
    return Sentence(
        text=text.text,
        places=places,
        claims=claims,
        is_right=[any(_is_named(place, named) for place in gold) for named in places],
        wanted=len(gold),
    )


def _is_named(gold: GoldPlace, named: NamedPlace) -> bool:
    mention = named[1].mention
    is_there = gold.span is not None and mention.start < gold.span[1] and gold.span[0] < mention.end
    return is_there or name_key(mention.surface) == name_key(gold.name)


def learn_places(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Return the weight of each claim that is made often enough."""
    return learn(
        [claims for sentence in sentences for claims in sentence.claims],
        [is_right for sentence in sentences for is_right in sentence.is_right],
        least_count=_LEAST_COUNT,
        decay=_DECAY,
    )


def cross_validate(sentences: Sequence[Sentence]) -> Score:
    """Return how well named places are chosen in sentences that nothing was learnt from."""
    right = found = 0
    for fold in range(FOLDS):
        weights = learn_places([one for one in sentences if fold_of(one.text) != fold])
        for sentence in (one for one in sentences if fold_of(one.text) == fold):
            chances = [likelihood(weights, claims) for claims in sentence.claims]
            chosen = chosen_places(sentence.places, chances)
            found += len(chosen)
            right += min(sum(sentence.is_right[number] for number in chosen), sentence.wanted)
    return Score(right=right, found=found, gold=sum(one.wanted for one in sentences))


def main() -> None:
    """Learn from the corpus that is named on the command line."""
    sentences = list(read_sentences(Path(sys.argv[1])))
    score = cross_validate(sentences)
    sys.stdout.write(
        f"{len(sentences)} sentences; precision {score.precision:.3f}, recall {score.recall:.3f}, "
        f"F1 {score.f1:.3f} in {FOLDS}-fold cross-validation\n"
    )
    write_weights(
        learn_places(sentences),
        WEIGHTS,
        "Weights of a logistic model: is this the event's place? Written by",
        "`python -m dashboard.place_training`; place_ranking.py says what each claim means.",
    )


if __name__ == "__main__":
    main()
