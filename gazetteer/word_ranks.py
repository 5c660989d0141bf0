"""How common the words of a language pipeline are."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.vocab import Vocab


class WordRanks:
    """The ranks of the words that a pipeline has vectors for, the most common first.

    The vectors are kept in the order of their words' frequency in the text that they were
    learnt from, each spelling ("us", "US") by itself. Two flat arrays, since a dictionary of
    half a million words would cost 50 MB.
    """

    def __init__(self, vocab: Vocab) -> None:
        import numpy as np  # heavy: not for a command that only shows its help

        self._strings = vocab.strings
        rows = vocab.vectors.key2row
        keys = np.fromiter(rows, dtype=np.uint64, count=len(rows))
        self._ranks = np.argsort(keys).astype(np.uint32)
        self._keys = keys[self._ranks]

    @classmethod
    def of(cls, vocab: Vocab) -> WordRanks | None:
        """Return the ranks of a pipeline's words, or None when it has no vectors."""
        return _ranks_of(vocab) if len(vocab.vectors.key2row) else None

    def of_word(self, word: str) -> float:
        """Return the rank of a word spelt so, from 0 on; infinite for an unknown one."""
        key = self._keys.dtype.type(self._strings[word])
        at = int(self._keys.searchsorted(key))
        is_known = at < len(self._keys) and self._keys[at] == key
        return int(self._ranks[at]) if is_known else math.inf

    def least(self, word: str) -> float:
        """Return the rank of a word in its most common spelling."""
        return min(map(self.of_word, (word, word.lower(), word.capitalize())))


@lru_cache(maxsize=2)
def _ranks_of(vocab: Vocab) -> WordRanks:
    return WordRanks(vocab)
