"""The page of places: look a name up, correct what it means, add what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.credits import BOUNDARIES_NOTE
from dashboard.event_map import event_layer
from dashboard.place_listing import (
    bearers,
    country_words,
    data_sources,
    demonym_words,
    kind_words,
    place_layers,
    place_rows,
)
from dashboard.ui import session, wording
from dashboard.ui.map_frame import map_frame, theme
from dashboard.ui.recoding import recode_with_bar
from gazetteer.added import add_missing_place
from gazetteer.corrections import CorrectionScope
from gazetteer.corrections_csv import from_csv, to_csv
from gazetteer.errors import CorrectionError, GazetteerError
from gazetteer.names import name_key
from gazetteer.places import Coordinates
from gazetteer.records import feature_types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.corrections import AddedPlace, Correction
    from gazetteer.store import NameMatch

_MOST_CANDIDATES = 60
_MOST_OFFERED = 8
_NAMES_PIXELS = 260
_NO_PLACE = "no place at all"
_SCOPES = {
    CorrectionScope.ALWAYS: "always",
    CorrectionScope.SOURCE: "for one source",
    CorrectionScope.ARTICLE: "for one article",
}
"""What a name can be corrected for here; one mention is corrected in the article."""
_STYLE = """
<style>
  /* Higher where wider: the world fills the frame's width, and should not be cut off much. */
  iframe[title^="streamlit_folium"] { height: max(26rem, 33vw); }
</style>
"""


def gazetteer_page() -> None:
    """Let the user look names up, correct them, add places, and see where the data is from."""
    st.html(_STYLE)
    session.show_messages()
    name = st.text_input("Name of a place, in any script", key="gazetteer_name")
    matches = bearers(name, session.place_store(), limit=_MOST_CANDIDATES) if name else ()
    similar = _similar(name, is_known=bool(matches)) if name else []
    if not name:
        st.info(
            "Type the name of a town, province, country, sea or site, in any spelling or script, "
            "to see on the map every place that bears it. Below, say what a name means in your "
            "articles, or add a place that is missing."
        )
    if name:
        _offer_names(name, similar, is_known=bool(matches))
    if matches:
        _show_candidates(name, matches)
    correct, add, made, sources = st.tabs(
        ["Correct a name", "Add a missing place", "Corrections", "How the places came here"]
    )
    with correct:
        _correction_form(name, (*matches, *similar))
    with add:
        _place_form()
    with made:
        _corrections()
    with sources:
        _sources()


def _similar(name: str, *, is_known: bool) -> list[NameMatch]:
    """Return places whose names start as `name` does or, when nothing does, resemble it."""
    store = session.place_store()
    found = list(store.by_prefix(name, limit=_MOST_OFFERED))
    if not found and not is_known:
        found = [suggestion.match for suggestion in store.suggest(name)]
    return found


def _offer_names(name: str, similar: Sequence[NameMatch], *, is_known: bool) -> None:
    key = name_key(name)
    starts_so = is_known or any(name_key(match.matched).startswith(key) for match in similar)
    what = "Names that start so" if starts_so else "No place has this name. Did you mean"
    found = dict.fromkeys(match.matched for match in similar)
    offered = [other for other in found if name_key(other) != key]
    if offered:
        st.pills(what, offered, key="gazetteer_offer", on_change=_take_offer)
    elif not is_known:
        st.info("No such place.")


def _take_offer() -> None:
    st.session_state["gazetteer_name"] = st.session_state["gazetteer_offer"]
    st.session_state["gazetteer_offer"] = None


def _show_candidates(name: str, matches: Sequence[NameMatch]) -> None:
    store = session.place_store()
    if origin := demonym_words(name, store):
        st.text(f"{origin}.")
    if store.by_name(name):
        order = ", the best known first" if len(matches) > 1 else ""
        st.caption(f"{wording.counted(len(matches), 'place')} of this name{order}.")
    st.caption(BOUNDARIES_NOTE)
    found = event_layer(place_layers(matches, store), theme=theme(), fit=name)
    map_frame(found, key="gazetteer_map")
    st.dataframe(
        place_rows(matches, store),
        hide_index=True,
        width="stretch",
        column_config={
            "People": st.column_config.NumberColumn(format="localized"),
            "Names": st.column_config.TextColumn(width=_NAMES_PIXELS),
        },
        placeholder="",
    )


def _correction_form(name: str, matches: Sequence[NameMatch]) -> None:
    if not name:
        st.write("Look a name up first; then say here what it means.")
        return
    labels = {_label(match): match.place for match in matches}
    scope = st.radio("This holds", _SCOPES, format_func=_SCOPES.__getitem__, horizontal=True)
    with st.form("correction"):
        meaning = st.selectbox("It means", [*labels, _NO_PLACE])
        bound = _bound(scope)
        who, why = st.text_input("Who says so"), st.text_input("How it is known")
        if st.form_submit_button("Keep this correction") and _is_signed(who, why):
            if scope is not CorrectionScope.ALWAYS and not bound:
                st.error("There is no article yet that it could hold for.")
                return
            session.gazetteer_cache().correct(
                name,
                labels.get(meaning),
                who=who,
                why=why,
                source=bound if scope is CorrectionScope.SOURCE else None,
                article_id=bound if scope is CorrectionScope.ARTICLE else None,
            )
            _say("Kept. Articles coded from now on follow it.")


def _bound(scope: CorrectionScope) -> str | None:
    """Return the source or the article that the user chooses for a correction of that scope."""
    articles = session.event_store().articles() if scope is not CorrectionScope.ALWAYS else ()
    if scope is CorrectionScope.SOURCE:
        return st.selectbox("Source", sorted({a.source for a in articles if a.source}))
    if scope is CorrectionScope.ARTICLE:
        titles = {article.article_id: article.title for article in articles}
        return st.selectbox("Article", titles, format_func=titles.__getitem__)
    return None


def _place_form() -> None:
    kinds = {f"{kind.meaning} ({code})": code for code, kind in feature_types().items()}
    with st.form("place", clear_on_submit=False):
        name = st.text_input("Its name")
        aliases = st.text_input("Other names, separated by |")
        usual = "populated place or, with an area, region"
        kind = st.selectbox("Kind", list(kinds), index=None, placeholder=usual)
        where = st.text_input("Point: latitude, longitude")
        area = st.text_input("or area: south,west,north,east, or corners “lat lon, lat lon, …”")
        who, why = st.text_input("Who adds it"), st.text_input("How it is known to be there")
        if st.form_submit_button("Add this place") and _is_signed(who, why):
            try:
                addition = add_missing_place(
                    session.gazetteer_cache(),
                    session.place_store(),
                    name,
                    coordinates=_point(where),
                    area=area.strip() or None,
                    aliases=[alias.strip() for alias in aliases.split("|") if alias.strip()],
                    feature_code=kinds[kind] if kind else None,
                    who=who,
                    why=why,
                )
            except GazetteerError as error:
                st.error(str(error))
                return
            name, earlier = addition.added.place.name, addition.earlier
            if earlier:
                since = f"{earlier.who} added it on {wording.day(earlier.made_at)}"
                _say(f"{name} was here already ({since}); it is now as you say.")
            _say(f"{name} is found from now on.")


def _corrections() -> None:
    cache = session.gazetteer_cache()
    corrections, places = cache.corrections(), cache.added_places()
    if not corrections and not places:
        st.write("Nobody has corrected a name or added a place yet.")
    if corrections or places:
        session.your_name()
    for made in corrections:
        meaning = f"{made.place.name} ({made.place.place_id})" if made.place else _NO_PLACE
        text = f"“{made.name}” means {meaning}, {_scope_words(made)}"
        _undoable(made, text, f"{made.who}, {wording.day(made.made_at)}: {made.why}")
    for added in places:
        text = f"Added: {', '.join(added.names)}, {kind_words(added.place)}"
        _undoable(added, text, f"{added.who}, {wording.day(added.made_at)}: {added.why}")
    st.download_button(
        "Export as CSV", to_csv(corrections, places), "corrections.csv", mime="text/csv"
    )
    _import_form()


def _scope_words(made: Correction) -> str:
    if made.scope is CorrectionScope.ALWAYS:
        return "always"
    if made.scope is CorrectionScope.SOURCE:
        return f"in what {made.source} publishes"
    one = "one mention of " if made.scope is CorrectionScope.MENTION else ""
    return f"in {one}the article {made.article_id}"


def _undoable(made: Correction | AddedPlace, text: str, history: str) -> None:
    left, right = st.columns([6, 1], vertical_alignment="center")
    left.text(text)
    left.text(f"    {history}")
    if right.button("Undo", key=f"undo-{made.record_id}"):
        answered = session.event_store().answered_by(made)
        try:
            session.gazetteer_cache().undo_named(made.record_id, who=session.who())
        except CorrectionError as error:
            st.error(str(error))
            return
        anew = recode_with_bar(answered).added if answered else 0
        _say(f"Undone. {wording.counted(anew, 'article')} coded anew." if anew else "Undone.")


def _import_form() -> None:
    with st.form("import", clear_on_submit=True):
        upload = st.file_uploader("Corrections of others (CSV)", type="csv")
        if st.form_submit_button("Import") and upload:
            try:
                shared = from_csv(upload.getvalue().decode("utf-8"))
                new, known = session.gazetteer_cache().merge(shared.corrections, shared.places)
            except GazetteerError as error:
                st.error(f"Nothing was imported: {error}")
                return
            except UnicodeDecodeError:
                st.error("Nothing was imported: the file is not UTF-8 text. Save it as UTF-8.")
                return
            _say(f"{new} new, {known} known already.")


def _sources() -> None:
    store = session.place_store()
    places, names = map(wording.number, store.size())
    st.text(f"{places} places, {names} names, built from {store.built_from}")
    st.text(f"{store.path}\nversion {store.version[:16]}")
    st.table(data_sources())


def _label(match: NameMatch) -> str:
    place = match.place
    where = country_words(place) or "no country"
    return f"{place.name}, {where} ({kind_words(place)}, {place.place_id})"


def _is_signed(who: str, why: str) -> bool:
    if who.strip() and why.strip():
        return True
    st.error("Say who you are and how it is known.")
    return False


def _point(text: str) -> Coordinates | None:
    if not text.strip():
        return None
    try:
        lat, lon = map(float, text.split(","))
    except ValueError:
        raise CorrectionError("Write the point as latitude, longitude: 30.5, 70.5") from None
    return Coordinates(lat=lat, lon=lon)


def _say(message: str) -> None:
    session.remember_message(message)
    st.rerun()
