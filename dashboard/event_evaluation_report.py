"""What was measured of the coder, as a table, as JSON and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dashboard.event_evaluation import EventEvaluation
from gazetteer.evaluation import Score

HEADING = ("measure", "precision", "recall", "F1", "right", "found", "gold")


def score_rows(result: EventEvaluation) -> list[tuple[str, ...]]:
    """Return a table: measure, precision, recall, F1, and what they are counted from."""
    rows = []
    groups = (
        ("", result.overall, result.has_precision),
        ("of events found: ", result.of_found, True),
        ("end to end: ", result.end_to_end, result.has_precision),
        ("told: ", result.trigger_given, True),
    )
    for heading, scores, has_precision in groups:
        for name, score in scores.items():
            rows.append(_row(f"{heading}{name}", score, has_precision=has_precision))
    return rows


def _row(name: str, score: Score, *, has_precision: bool) -> tuple[str, ...]:
    share = (
        (f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}")
        if has_precision
        else ("", f"{score.recall:.3f}", "")
    )
    return (name, *share, f"{score.right}", f"{score.found}", f"{score.gold}")


def to_json(results: Sequence[EventEvaluation]) -> dict[str, Any]:
    """Return the results with their errors as plain values."""
    return {
        result.corpus: {
            "texts": result.texts,
            "events": result.events,
            "scores": {
                name: {"precision": precision, "recall": recall, "f1": f1}
                for name, precision, recall, f1, *_ in score_rows(result)
            },
            "by_type": {
                name: {"right": score.right, "found": score.found, "gold": score.gold}
                for name, score in result.by_type.items()
            },
            "errors": [
                {
                    "doc_id": error.doc_id,
                    "kind": error.kind,
                    "expected": error.expected,
                    "found": error.found,
                    "sentence": error.sentence,
                }
                for error in result.errors
            ],
        }
        for result in results
    }


def to_markdown(results: Sequence[EventEvaluation]) -> str:
    """Return the results as Markdown: a table for each corpus, then its errors by kind."""
    parts = []
    for result in results:
        parts.append(f"## {result.corpus}\n\n{result.texts} texts, {result.events} events.\n")
        parts.append(_markdown_table(HEADING, score_rows(result)))
        types = [
            _row(name, score, has_precision=result.has_precision)
            for name, score in result.by_type.items()
        ]
        parts.append(_markdown_table(("type", *HEADING[1:]), types))
        for error in sorted(result.errors, key=lambda error: error.kind):
            verdict = f"{error.kind}: wanted {error.expected or '-'}, got {error.found or '-'}"
            parts.append(f"- {verdict} ({error.doc_id})\n  > {error.sentence}")
        parts.append("")
    return "\n".join(parts)


def _markdown_table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def to_json_text(results: Sequence[EventEvaluation]) -> str:
    """Return `to_json` as text."""
    return json.dumps(to_json(results), ensure_ascii=False, indent=2) + "\n"
