"""Where an article came from, on the Articles page, run as Streamlit runs it."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bulk import Document, OwnCoder, add_documents

URL = "https://news.example/a"
SCRIPT = "from dashboard.ui.articles_page import articles_page\narticles_page()"


@pytest.fixture
def store(own_store, nothing_found):
    """Keep two versions of a page in the store that the app opens."""
    store = own_store
    for text in ("Title: First\n\nDelegates met on Monday.", "Title: Second\n\nMinisters met."):
        document = Document(name=URL, read=text.encode, url=URL)
        list(add_documents([document], store, OwnCoder(nothing_found)))
    return store


def test_a_version_leads_to_the_other_one(store):
    page = AppTest.from_string(SCRIPT, default_timeout=60).run()
    labels = {button.label for button in page.button}
    (link,) = labels & {"Earlier version: First", "Later version: Second"}
    next(button for button in page.button if button.label == link).click().run()
    labels = {button.label for button in page.button}
    (back,) = labels & {"Earlier version: First", "Later version: Second"}
    assert back != link
    assert not page.exception


def test_the_list_of_articles_says_which_is_an_earlier_version(store):
    page = AppTest.from_string(SCRIPT, default_timeout=60).run()
    choice = next(item for item in page.selectbox if item.label == "Article")
    assert sorted(choice.options) == ["no date · First · earlier version", "no date · Second"]


def test_what_an_article_says_of_itself_can_be_mended(store):
    page = AppTest.from_string(SCRIPT, default_timeout=60).run()
    article_id = page.session_state["article"]
    fields = {field.label: field for field in page.text_input}
    fields["Author"].set_value("Ann Writer")
    fields["Address"].set_value("javascript:alert(1)")
    page.date_input[0].set_value(date(2020, 3, 2))
    keep = next(button for button in page.button if button.label == "Keep, and code anew")
    keep.click().run()
    assert "no web address" in page.error[0].value
    assert store.article(article_id).published is None
    fields = {field.label: field for field in page.text_input}
    fields["Address"].set_value(URL)
    next(button for button in page.button if button.label == "Keep, and code anew").click().run()
    article = store.article(article_id)
    assert (article.author, article.published, article.url) == ("Ann Writer", date(2020, 3, 2), URL)
