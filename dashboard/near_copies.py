"""Texts that are nearly the same: agency copy in many papers, told by MinHash."""

from __future__ import annotations

import re
import struct

from rensa import RMinHash

PERMUTATIONS = 128
"""Length of a signature: the standard error of its similarity is 1 / sqrt(128), about 0.09."""

BANDS = 32
"""Signatures that agree in one of so many bands (4 values each) are compared: two texts that
share 80 % of their word runs do so with a probability of 1 - (1 - 0.8^4)^32 > 0.999999."""

SIMILAR = 0.7
"""Share of common runs of words from which two texts are one report."""

RUN = 5
"""Words of a run."""

MIN_WORDS = 40
"""Shorter texts are alike by chance."""

_WORD = re.compile(r"\w+")


def signature_of(text: str) -> bytes | None:
    """Return the signature of a text; None when it is too short to have one."""
    words = _WORD.findall(text.casefold())
    if len(words) < MIN_WORDS:
        return None
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=1)
    hashed.update([" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)])
    return struct.pack(f"<{PERMUTATIONS}I", *hashed.digest())


def buckets_of(signature: bytes) -> list[str]:
    """Return what two signatures must share one of to be compared, band by band."""
    width = len(signature) // BANDS
    return [f"{band}:{signature[band * width : (band + 1) * width].hex()}" for band in range(BANDS)]


def similarity(one: bytes, other: bytes) -> float:
    """Return the share of common runs of words, as two signatures estimate it."""
    form = f"<{PERMUTATIONS}I"
    pairs = zip(struct.unpack(form, one), struct.unpack(form, other), strict=True)
    same = sum(bool(a == b) for a, b in pairs)
    return same / PERMUTATIONS
