"""The place names of the reports as Web Annotations (W3C Recommendation, 23 February 2017).

One AnnotationCollection with one page. A target is the report, by its address or else by
`urn:dateline:article:` and its id, with the words and where they stand: code points, as
the Recommendation counts. The body says which place is meant.
"""

from __future__ import annotations

import json
from typing import Any

from dashboard.disclosure import PLAINLY, QUOTE_WITHHELD, Disclosure
from dashboard.errors import WithheldError
from dashboard.popups import web_link
from dashboard.provenance import Corpus
from gazetteer.places import Place
from gazetteer.toponyms import Resolution

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def to_web_annotations(shown: Disclosure, corpus: Corpus) -> bytes:
    """Return the resolved place names of every report that has one of the events.

    Reports whose source does not share its words are left out.

    Raises: WithheldError when places or names are to be withheld: an annotation gives both away.
    """
    if shown.care != PLAINLY:
        raise WithheldError(
            "Web Annotations say where each place name stands: they can neither be made coarse "
            "nor masked. Choose another form."
        )
    addresses = {
        report.article.article_id: web_link(report.article.url)
        or f"urn:dateline:article:{report.article.article_id}"
        for report in shown.reports
        if report.event.quote != QUOTE_WITHHELD
    }
    items = [
        _annotation(article_id, addresses[article_id], resolution, resolution.place)
        for article_id in sorted(addresses)
        for resolution in corpus.geoparse_of(article_id).resolutions
        if resolution.place
    ]
    collection = {
        "@context": CONTEXT,
        "id": "urn:dateline:mentions",
        "type": "AnnotationCollection",
        "label": "Place names",
        "total": len(items),
        "first": {"id": "urn:dateline:mentions:1", "type": "AnnotationPage", "items": items},
    }
    text = json.dumps(collection, ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def _annotation(
    article_id: str, address: str, resolution: Resolution, place: Place
) -> dict[str, Any]:
    mention = resolution.mention
    return {
        "id": f"urn:dateline:mention:{article_id}:{mention.start}-{mention.end}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {
                "type": "SpecificResource",
                "purpose": "identifying",
                "source": _place_address(place),
            },
            {"type": "TextualBody", "purpose": "describing", "value": place.name},
        ],
        "target": {
            "source": address,
            "selector": [
                {"type": "TextQuoteSelector", "exact": mention.surface},
                {"type": "TextPositionSelector", "start": mention.start, "end": mention.end},
            ],
        },
    }


def _place_address(place: Place) -> str:
    source, _, number = place.place_id.partition(":")
    if source == "gn" and number.isdigit():
        return f"https://sws.geonames.org/{number}/"
    return f"urn:dateline:place:{place.place_id}"
