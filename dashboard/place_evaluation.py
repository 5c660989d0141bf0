"""What an evaluation of place finding gives to read: tables, JSON, Markdown, a page of errors.

All of it but the terminal's line of speed is the same, byte for byte, for the same corpus,
place data and rules.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from gazetteer.countries import countries
from gazetteer.evaluation import RIGHT_WITHIN_KM, Distances, Evaluation, PlacingError, Score
from gazetteer.place_json import place_to_json

if TYPE_CHECKING:
    from gazetteer.places import Coordinates
    from gazetteer.store import PlaceStore

SCORE_HEADING = ("measure", "precision", "recall", "F1")
DISTANCE_HEADING = ("measure", "toponyms", "within 161 km", "mean km", "median km", "AUC")
RELIABILITY_HEADING = ("confidence", "answers", "mean confidence", "right")
PARTS_HEADING = ("recognition by", "precision", "recall", "exact F1", "overlapping F1")
ERROR_HEADING = ("cost", "wrong", "text", "name", "found", "km", "sentence")

_MARGIN_DEGREES = 9.0
"""Around what is marked: enough to see coasts and borders by which to know the country."""
_MOST_LATITUDE = 85.0
_STEPS_PER_DEGREE = 5
"""0.2 degree: enough to tell a country by its outline in a small map."""

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 70rem;
  padding: 0 1rem; }
li { display: grid; grid-template-columns: 1fr 20rem; gap: 1rem; padding: 1rem 0;
  border-top: 1px solid #8888; }
ol { list-style: none; padding: 0; }
p { margin: .2rem 0; overflow-wrap: anywhere; }
mark { border-radius: 3px; padding: 0 .15em; }
.what { font-weight: 600; }
.note { opacity: .75; font-size: .9rem; }
svg { width: 20rem; height: 11rem; background: #dfe9ee; }
.land { fill: #f6f4ee; stroke: #99a; stroke-width: .6; vector-effect: non-scaling-stroke; }
.way { stroke: #555; stroke-dasharray: 4 3; stroke-width: 1; vector-effect: non-scaling-stroke; }
.annotated, .found { stroke-width: 9; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.annotated { stroke: #0b6e99; }
.found { stroke: #b3400f; }
@media (max-width: 45rem) { li { grid-template-columns: 1fr; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def score_rows(result: Evaluation) -> list[tuple[str, ...]]:
    """Return the rows of recognition and of the whole way, under SCORE_HEADING."""
    named = (
        ("recognition, exact span", result.exact),
        ("recognition, overlapping span", result.overlapping),
        ("end to end, exact span within 161 km", result.end_to_end),
    )
    return [
        (name, *(f"{value:.3f}" for value in (score.precision, score.recall, score.f1)))
        for name, score in named
    ]


def distance_rows(result: Evaluation) -> list[tuple[str, ...]]:
    """Return the rows of resolution, under DISTANCE_HEADING."""
    named = (
        ("resolution of annotated spans", result.on_annotated),
        ("resolution of found spans", result.on_found),
    )
    return [
        (
            name,
            f"{measured.toponyms}",
            f"{measured.within:.3f}",
            f"{measured.mean_km:.0f}",
            f"{measured.median_km:.1f}",
            f"{measured.area_under_curve:.3f}",
        )
        for name, measured in named
    ]


def reliability_rows(result: Evaluation) -> list[tuple[str, ...]]:
    """Return how often the answers of each confidence are right, under RELIABILITY_HEADING."""
    return [
        (
            f"{row.least:.1f} to {row.least + 0.1:.1f}",
            f"{row.answers}",
            f"{row.mean_confidence:.2f}",
            f"{row.share_right:.2f}",
        )
        for row in result.reliability
    ]


def parts_rows(result: Evaluation) -> list[tuple[str, ...]]:
    """Return recognition by its parts, alone and together, under PARTS_HEADING."""
    return [
        (
            " + ".join(row.parts),
            *(f"{v:.3f}" for v in (row.exact.precision, row.exact.recall, row.exact.f1)),
            f"{row.overlapping.f1:.3f}",
        )
        for row in result.by_parts
    ]


def error_rows(result: Evaluation, limit: int) -> list[tuple[str, ...]]:
    """Return the dearest errors, at most `limit`, under ERROR_HEADING."""
    return [
        (
            f"{error.cost:.2f}",
            error.kind.value,
            error.doc_id,
            error.surface,
            error.found.name if error.found else "",
            "" if error.distance_km is None else f"{error.distance_km:.0f}",
            _sentence(error),
        )
        for error in result.errors[:limit]
    ]


def to_json_text(results: Sequence[Evaluation]) -> str:
    """Return the figures and errors as JSON, each measure by its name."""
    return json.dumps([_to_json(r) for r in results], ensure_ascii=False, indent=2) + "\n"


def to_markdown(results: Sequence[Evaluation]) -> str:
    """Return the figures as Markdown tables, with the errors counted by their kind."""
    parts = []
    for result in results:
        kinds = Counter(error.kind.value for error in result.errors)
        counted = [(kind, f"{count}") for kind, count in sorted(kinds.items())]
        parts += [
            f"## {_title(result)}",
            f"{result.documents} documents, {result.toponyms} toponyms.",
            _markdown_table(SCORE_HEADING, score_rows(result)),
            _markdown_table(DISTANCE_HEADING, distance_rows(result)),
            _markdown_table(RELIABILITY_HEADING, reliability_rows(result)),
            _markdown_table(("error", "count"), counted),
        ]
        if result.by_parts:
            parts.append(_markdown_table(PARTS_HEADING, parts_rows(result)))
    return "\n\n".join(parts) + "\n"


def errors_html(results: Sequence[Evaluation], store: PlaceStore) -> str:
    """Return a page that shows each error in its sentence and on a small map.

    It needs no network and runs no script; the outlines of the countries are in it once.
    """
    legend = (
        "Blue is the annotation, red is what was found. An answer is wrong beyond "
        f"{RIGHT_WITHIN_KM:.0f} km. The dearest errors come first."
    )
    body = [f"<h1>Errors in finding places</h1><p>{legend}</p>"]
    for result in results:
        body.append(f"<h2>{escape(_title(result))}: {len(result.errors)} errors</h2><ol>")
        body.extend(_error_html(error) for error in result.errors)
        body.append("</ol>")
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Errors in finding places</title><style>{_STYLE}</style></head><body>",
            f'<svg style="display:none"><path id="land" class="land" d="{_land(store)}"/></svg>',
            *body,
            "</body></html>\n",
        )
    )


def _title(result: Evaluation) -> str:
    return f"{result.corpus} ({result.half} half)" if result.half else result.corpus


def _sentence(error: PlacingError) -> str:
    return " ".join((error.before + error.surface + error.after).split())


def _to_json(result: Evaluation) -> dict[str, Any]:
    return {
        "corpus": result.corpus,
        "half": result.half,
        "documents": result.documents,
        "toponyms": result.toponyms,
        "recognition_exact": _score_json(result.exact),
        "recognition_overlapping": _score_json(result.overlapping),
        "resolution_of_annotated_spans": _distances_json(result.on_annotated),
        "resolution_of_found_spans": _distances_json(result.on_found),
        "end_to_end_within_161_km": _score_json(result.end_to_end),
        "reliability": [
            {
                "least_confidence": row.least,
                "answers": row.answers,
                "mean_confidence": round(row.mean_confidence, 4),
                "share_right": round(row.share_right, 4),
            }
            for row in result.reliability
        ],
        "recognition_by_parts": [
            {
                "parts": list(row.parts),
                "exact": _score_json(row.exact),
                "overlapping": _score_json(row.overlapping),
            }
            for row in result.by_parts
        ],
        "errors": [_error_json(error) for error in result.errors],
    }


def _score_json(score: Score) -> dict[str, float]:
    return {
        "right": score.right,
        "found": score.found,
        "gold": score.gold,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def _distances_json(measured: Distances) -> dict[str, float]:
    return {
        "toponyms": measured.toponyms,
        "within_161_km": round(measured.within, 4),
        "mean_error_km": round(measured.mean_km, 1),
        "median_error_km": round(measured.median_km, 1),
        "area_under_log_error_curve": round(measured.area_under_curve, 4),
    }


def _error_json(error: PlacingError) -> dict[str, Any]:
    return {
        "cost": round(error.cost, 4),
        "kind": error.kind.value,
        "doc_id": error.doc_id,
        "start": error.start,
        "end": error.end,
        "surface": error.surface,
        "sentence": _sentence(error),
        "annotated": error.annotated and [error.annotated.lat, error.annotated.lon],
        "found": error.found and place_to_json(error.found),
        "confidence": round(error.confidence, 4),
        "distance_km": None if error.distance_km is None else round(error.distance_km, 1),
    }


def _markdown_table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _error_html(error: PlacingError) -> str:
    found = error.found
    facts = [f"cost {error.cost:.2f}", f"text {error.doc_id}, at {error.start}"]
    if found is not None:
        facts.append(
            f"found: {found.name}, {found.country_code or 'no country'} ({found.feature_code}), "
            f"confidence {error.confidence:.2f}"
        )
    if error.distance_km is not None:
        facts.append(f"{error.distance_km:,.0f} km away")
    return (
        f'<li><div><p class="what">{escape(error.kind.value)}: {escape(error.surface)}</p>'
        f'<p dir="auto">{escape(error.before)}<mark>{escape(error.surface)}</mark>'
        f'{escape(error.after)}</p><p class="note">{escape(" · ".join(facts))}</p></div>'
        f"{_small_map(error.annotated, found.coordinates if found else None)}</li>"
    )


def _small_map(annotated: Coordinates | None, found: Coordinates | None) -> str:
    points = [point for point in (annotated, found) if point is not None]
    if not points:
        return '<p class="note">Neither has a place.</p>'
    west = min(point.lon for point in points) - _MARGIN_DEGREES
    east = max(point.lon for point in points) + _MARGIN_DEGREES
    north = min(-point.lat for point in points) - _MARGIN_DEGREES
    south = max(-point.lat for point in points) + _MARGIN_DEGREES
    marks = [
        f'<path class="{name}" d="M{point.lon:.2f},{-point.lat:.2f}h0"/>'
        for name, point in (("annotated", annotated), ("found", found))
        if point is not None
    ]
    if len(points) == 2:
        a, b = points
        marks.insert(
            0, f'<path class="way" d="M{a.lon:.2f},{-a.lat:.2f}L{b.lon:.2f},{-b.lat:.2f}"/>'
        )
    box = f"{west:.2f} {north:.2f} {east - west:.2f} {south - north:.2f}"
    return (
        f'<svg viewBox="{box}" role="img" aria-label="map"><use href="#land"/>'
        f"{''.join(marks)}</svg>"
    )


def _land(store: PlaceStore) -> str:
    """Return the outlines of all countries as one SVG path, longitude right, latitude up."""
    lands = (store.country(code) for code in sorted(countries()))
    outlines = (store.geometry(place.place_id) for place in lands if place)
    return "".join(
        _outline(part[0]) for geometry in outlines if geometry for part in geometry.parts
    )


def _outline(path: Iterable[tuple[float, float]]) -> str:
    steps: list[tuple[int, int]] = []
    turns, before = 0, None
    for lat, lon in path:
        if before is not None and abs(lon - before) > 180:  # go on across 180 degrees, not back
            turns += 1 if lon < before else -1
        before = lon
        held = max(-_MOST_LATITUDE, min(_MOST_LATITUDE, lat))
        unrolled = lon + 360 * turns
        step = (round(unrolled * _STEPS_PER_DEGREE), round(-held * _STEPS_PER_DEGREE))
        if not steps or steps[-1] != step:
            steps.append(step)
    if len(steps) < 4:
        return ""
    points = "L".join(f"{x / _STEPS_PER_DEGREE:g},{y / _STEPS_PER_DEGREE:g}" for x, y in steps)
    return f"M{points}Z"
