"""The app that `streamlit run dashboard/app.py` serves: the screen, and what the map asks for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.ui.web import ROUTES, Embedded

app = st.App(
    Path(__file__).with_name("screen.py"), routes=ROUTES, middleware=[Middleware(Embedded)]
)
