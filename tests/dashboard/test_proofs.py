"""What a reader made of documents can be looked at and corrected before it is coded."""

import io
import runpy
import zipfile
from datetime import date
from pathlib import Path

import pytest

from dashboard.bulk import OwnCoder, add_documents
from dashboard.fetching import Fetcher
from dashboard.intake import documents_at, documents_in, documents_of
from dashboard.proofs import corrected, documents_of_proofs, proofs_of, read_as
from dashboard.store import EventStore

serving = runpy.run_path(str(Path(__file__).parent / "test_fetching.py"))["serving"]


@pytest.fixture
def store(tmp_path):
    store = EventStore(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield store
    store.close()


@pytest.fixture
def take_in(nothing_found):
    """Take documents in without looking for events in them."""
    return lambda store, documents: list(add_documents(documents, store, OwnCoder(nothing_found)))


def test_each_document_of_an_archive_is_shown_also_what_cannot_be_read(store):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Title: A\n\nDelegates met in Geneva.")
        archive.writestr("b.png", b"\x89PNG\r\n\x1a\n\x00")
    first, second = proofs_of(documents_in("news.zip", packed.getvalue()), store)
    assert (first.article.title, first.encoding) == ("A", "utf-8")
    assert "PNG" in second.problem
    assert store.articles() == ()


def test_what_is_corrected_is_what_comes_in_with_the_bytes_as_they_came(store, take_in):
    data = b"Title: Wrong\nDate: 2019-04-18\n\nDelegates met in Geneva on Monday."
    [proof] = proofs_of(documents_in("a.txt", data), store)
    assert proof.article.published == date(2019, 4, 18)
    fixed = corrected(proof, title="Right", published=None, source="Desk", text="They met in Bern.")
    take_in(store, documents_of_proofs([fixed]))
    [summary] = store.articles()
    article = store.article(summary.article_id)
    assert (article.title, article.published, article.source) == ("Right", None, "Desk")
    assert article.text == "They met in Bern."
    assert store.intake.raw(article.article_id) == data


def test_a_text_is_read_anew_in_another_encoding(store):
    [proof] = proofs_of(documents_in("a.txt", "Встреча прошла в Москве.".encode("koi8-r")), store)
    fixed = read_as(proof, "koi8-r", store)
    assert fixed.article.text == "Встреча прошла в Москве."
    assert fixed.raw == proof.raw


def test_what_is_beyond_the_proofs_comes_in_as_it_is_read(store, take_in):
    rows = "".join(f'{{"text": "Report {n} of the delegates in Rome."}}\n' for n in range(5))

    def documents():
        return documents_in("news.jsonl", rows.encode())

    proofs = proofs_of(documents(), store, most=2)
    outcomes = take_in(store, documents_of_proofs(proofs, documents))
    assert len(outcomes) == len(store.articles()) == 5


def test_a_feed_is_known_by_what_was_taken_of_it_not_by_a_look(store, take_in):
    item = "<item><title>Talks</title><link>{}/a</link></item>"
    words = "Delegates met in Geneva for talks on Monday. " * 4
    page = f"<!doctype html><html><article><p>{words}</p></article></html>".encode()
    pages = {"/a": (200, {}, page)}
    fetcher = Fetcher(allows_loopback=True, seconds_between=0.0)
    with serving(pages) as (url, _):
        feed = f"<rss version='2.0'><channel><title>Desk</title>{item.format(url)}</channel></rss>"
        pages["/feed"] = (200, {"ETag": "1"}, feed.encode())
        proofs = proofs_of(documents_at(f"{url}/feed", store, fetcher), store)
        assert [proof.article.source for proof in proofs] == ["Desk"]
        assert store.intake.feeds() == ()
        take_in(store, documents_of_proofs(proofs))
        assert store.intake.feeds() == (f"{url}/feed",)
        assert take_in(store, documents_of(f"{url}/feed", store, fetcher)) == []
