"""Articles coded anew, with a bar that says how far it is."""

from __future__ import annotations

import os
from collections.abc import Sequence

import streamlit as st

from dashboard.bulk import Failure
from dashboard.intake import Tally, recode_all
from dashboard.ui import session

MANY_ARTICLES = 100
"""From so many on, processes that code win more than their start takes."""

MOST_WORKERS = 4


def recode_with_bar(article_ids: Sequence[str]) -> Tally:
    """Code these articles anew, let the user see it, and return what came of it."""
    tally = Tally(total=len(article_ids))
    is_large = len(article_ids) >= MANY_ARTICLES
    bar = st.progress(0.0, text="Starting")
    for outcome in recode_all(
        article_ids,
        session.event_store(),
        session.place_store(),
        session.gazetteer_cache(),
        geocoder=session.geocoder(),
        workers=min(MOST_WORKERS, os.cpu_count() or 1) if is_large else 1,
    ):
        tally.count(outcome)
        bar.progress(tally.fraction, text=tally.in_words)
        if isinstance(outcome, Failure):
            session.remember_message(outcome.problem)
    return tally
