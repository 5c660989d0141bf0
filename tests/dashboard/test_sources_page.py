"""The Sources page, run as Streamlit runs it."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bulk import OwnCoder, add_documents
from dashboard.filters import EventFilter
from dashboard.importers import dataset_for, import_file
from dashboard.intake import documents_in
from dashboard.store import EventStore

ROWS = "Date,Type,Lat,Lon\n2019-04-18,PROTEST,30.18,66.99\n2020-04-18,ASSAULT,30.18,66.99\n"


@pytest.fixture
def page(own_store, nothing_found, tmp_path):
    """Open the page of a store with an article, an error, a data set and a watch."""
    store = own_store
    for name, data in (("a.txt", b"Delegates met in Geneva."), ("b.png", b"\x89PNG\r\n\x1a\n")):
        list(add_documents(documents_in(name, data), store, OwnCoder(nothing_found)))
    path = tmp_path / "clashes.csv"
    path.write_text(ROWS)
    import_file(path, dataset_for(path)[0], store)
    store.watches.add("Ormara", EventFilter())
    return AppTest.from_string(
        "from dashboard.ui.sources_page import sources_page\nsources_page()", default_timeout=60
    ).run()


def test_the_sources_page_shows_where_articles_came_from_with_their_errors(page):
    assert not page.exception
    origins = page.dataframe[0].value
    assert set(origins["came from"]) == {"a.txt", "b.png"}
    page.selectbox[0].select_index(list(origins["came from"]).index("b.png")).run()
    assert "PNG" in page.dataframe[1].value["error"][0]
    assert any("Ormara: 0 new" in text.value for text in page.text)


def test_all_articles_are_recoded_from_the_top_of_the_page(page):
    first = page.tabs[0].children[0]
    assert first.label == "Recode all articles"
    first.click().run()
    assert not page.exception
    assert page.toast[-1].value == "1 article coded anew, 0 failed."


def test_a_data_set_stands_beside_what_was_coded_here_and_comes_back_when_removed(page):
    compared = next(frame.value for frame in page.dataframe if "act" in frame.value)
    assert dict(zip(compared["act"], compared["clashes"], strict=True))["protest"] == 1
    store = EventStore()
    store.removals.remove_dataset(store.datasets.all()[0].dataset.dataset_id)
    store.close()
    page.run()
    assert any("the data set clashes: 2 events removed" in text.value for text in page.text)
    next(button for button in page.button if button.label == "Bring back").click().run()
    assert not page.exception
    assert any("clashes" in frame.value.columns for frame in page.dataframe)


def test_a_data_set_tells_which_files_came_into_it(page):
    files = next(frame.value for frame in page.dataframe if "bad rows" in frame.value)
    assert (list(files["file"]), list(files["bad rows"])) == (["clashes.csv"], [0])


def test_what_was_removed_is_given_up_for_good_only_when_that_is_confirmed(page):
    store = EventStore()
    store.removals.remove_dataset(store.datasets.all()[0].dataset.dataset_id)
    page.run()
    next(button for button in page.button if button.label == "Compact the store").click().run()
    assert not page.exception
    assert "Give up for good" in [button.label for button in page.button]
    assert store.removals.all()
    store.close()
