"""What one process shares and one session remembers."""

from __future__ import annotations

import gc
from threading import Thread
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.store import EventStore
from dashboard.ui import wording
from dashboard.ui.loading import LOADING
from gazetteer.build import open_place_store
from gazetteer.cache import GazetteerCache
from gazetteer.store import PlaceStore

if TYPE_CHECKING:
    from gazetteer.online import Geocoder

MOST_MESSAGES = 5
"""How many messages are shown one by one."""


@st.cache_resource(show_spinner=False)
def place_store() -> PlaceStore:
    """Return the process's place store, with the places that users added."""
    return open_place_store().with_added(gazetteer_cache())


@st.cache_resource(show_spinner=False)
def event_store() -> EventStore:
    """Return the process's event store."""
    return EventStore()


@st.cache_resource(show_spinner=False)
def gazetteer_cache() -> GazetteerCache:
    """Return the process's gazetteer cache."""
    return GazetteerCache()


@st.cache_resource(show_spinner=False)
def geocoder() -> Geocoder | None:
    """Return the online geocoder that the user switched on, or None."""
    with LOADING:
        from gazetteer.online import geocoder_from_environment

    return geocoder_from_environment()


def prepare() -> None:
    """Make what the first start needs, showing how far it is; at once when all is there."""
    bar = st.empty()

    def show(stage: str, fraction: float) -> None:
        bar.progress(min(1.0, fraction), text=stage)

    open_place_store(show).close()
    if event_store().is_new():
        with LOADING:
            from dashboard.bulk import add_samples

        add_samples(event_store(), place_store(), gazetteer_cache(), progress=show)
    bar.empty()


@st.cache_resource(show_spinner=False)
def warm_language_pipeline() -> Thread:
    """Load the language pipeline in the background, once, while the user still types."""
    with LOADING:
        from gazetteer.language import load_pipeline, model_name

    def load() -> None:
        load_pipeline(model_name())
        gc.freeze()

    thread = Thread(target=load, daemon=True)
    thread.start()
    return thread


def your_name() -> None:
    """Ask who decides, once for all pages."""
    st.text_input("Your name", key="your_name", persist_state="session", width=320)


def who() -> str:
    """Return who decides; "" when nobody said so."""
    return str(st.session_state.get("your_name", ""))


def remember_message(message: str) -> None:
    """Keep a message that the next run shows beside those kept before."""
    st.session_state.setdefault("messages", []).append(message)


def remember_messages(messages: list[str]) -> None:
    """Keep messages for the next run; of more than a handful, their count."""
    for message in messages[:MOST_MESSAGES]:
        remember_message(message)
    if len(messages) > MOST_MESSAGES:
        remember_message(f"{len(messages) - MOST_MESSAGES:,} more were taken in.")


def show_messages() -> None:
    """Show what `remember_message` kept, once."""
    for message in st.session_state.pop("messages", []):
        st.toast(wording.literal(message), duration="long")
