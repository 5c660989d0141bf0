"""Measure finding places against the bare language pipeline, in memory, and in two processes.

python tests/benchmarks/measure_geoparse.py [--rounds N]

Each round parses every text bare, then geoparses it whole (parse, recognition, resolution),
then has one process and two processes share all texts. The ratios are of sums in one run, so
that a busy machine slows both sides; processor time leaves out what other programs take. A
plain loop in the same two processes says what the machine had left for a second one.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from multiprocessing import get_context
from pathlib import Path

from gazetteer.geoparse import geoparse
from gazetteer.language import parse

_STEPS = 10_000_000
ROOT = Path(__file__).parents[2]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    texts = _texts()
    print(f"{len(texts)} texts, {sum(len(t.split()) for t in texts)} words, {rounds} rounds")
    _against_the_bare_pipeline(texts, rounds)
    _in_two_processes(texts, rounds)


def _texts() -> list[str]:
    samples = sorted((ROOT / "dashboard" / "data" / "samples").glob("*.txt"))
    briefs = sorted((ROOT / "tests" / "gold").glob("*.jsonl"))
    lines = [line for path in briefs for line in path.read_text(encoding="utf-8").splitlines()]
    return [path.read_text(encoding="utf-8") for path in samples] + [
        json.loads(line)["text"] for line in lines
    ]


def _against_the_bare_pipeline(texts: list[str], rounds: int) -> None:
    _process_seconds(texts)  # loads the pipeline and the place store
    bare = whole = bare_processor = whole_processor = 0.0
    for text in texts * rounds:
        at, processor_at = time.perf_counter(), time.process_time()
        parse(text)
        middle, processor_middle = time.perf_counter(), time.process_time()
        geoparse(text)
        bare += middle - at
        bare_processor += processor_middle - processor_at
        whole += time.perf_counter() - middle
        whole_processor += time.process_time() - processor_middle
    print(f"by the clock: bare {bare:.2f} s, whole {whole:.2f} s, ratio {whole / bare:.2f}")
    print(
        f"processor time: bare {bare_processor:.2f} s, whole {whole_processor:.2f} s, "
        f"ratio {whole_processor / bare_processor:.2f}"
    )
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def _in_two_processes(texts: list[str], rounds: int) -> None:
    """Compare one process with two; each has its pipeline and store before the clock starts."""
    one = two = one_processor = two_processor = plain_one = plain_two = 0.0
    context = get_context("spawn")
    with context.Pool(1) as first, context.Pool(1) as second:
        for pool in (first, second):
            pool.apply(_process_seconds, (texts,))
        for _ in range(rounds):
            at = time.perf_counter()
            one_processor += first.apply(_process_seconds, (texts,))
            middle = time.perf_counter()
            half = first.apply_async(_process_seconds, (texts[::2],))
            two_processor += second.apply(_process_seconds, (texts[1::2],)) + half.get()
            end = time.perf_counter()
            one += middle - at
            two += end - middle
            first.apply(_count)
            middle = time.perf_counter()
            half = first.apply_async(_count)
            second.apply(_count)
            half.get()
            plain_one += 2 * (middle - end)
            plain_two += time.perf_counter() - middle
    print(f"by the clock: one process {one:.2f} s, two {two:.2f} s, {one / two:.2f} times")
    print(f"a plain loop in the same turns: {plain_one / plain_two:.2f} times")
    print(f"processor time: one process {one_processor:.2f} s, two together {two_processor:.2f} s")


def _count() -> None:
    total = 0
    for number in range(_STEPS):
        total += number


def _process_seconds(texts: list[str]) -> float:
    at = time.process_time()
    for text in texts:
        geoparse(text)
    return time.process_time() - at


if __name__ == "__main__":
    main()
