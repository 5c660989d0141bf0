"""What a reader made of documents, to be looked at and corrected before it is coded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from dashboard.articles import Article, article_id
from dashboard.bulk import Document, bytes_of, problem_with
from dashboard.readers.cleaning import clean_line, clean_text
from dashboard.readers.encoding import encoding_of, is_text
from dashboard.readers.reading import Reading, Sent

if TYPE_CHECKING:
    from dashboard.store import EventStore

MOST_PROOFS = 200
"""Documents that are offered for looking at; of more, the rest comes in as it is read."""

ENCODINGS = ("utf-8", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256",
    "cp1257", "cp1258", "iso8859-2", "koi8-r", "cp874", "gb18030", "big5", "shift_jis", "euc_jp",
    "euc_kr", "mac_roman", "utf-16")  # fmt: skip
"""Encodings that are offered in place of the one that was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A document as it was read, to be proofread: an article, or why there is none."""

    document: Document
    raw: bytes | None = None
    encoding: str | None = None
    """None: the document is no text file, or a row of a table."""
    article: Article | None = None
    problem: str | None = None
    is_known: bool = False
    """Its text is in the store already."""


def proofs_of(
    documents: Iterable[Document], event_store: EventStore, *, most: int = MOST_PROOFS
) -> tuple[Proof, ...]:
    """Return what the first documents are read as; one that cannot be read says why."""
    return tuple(_read(document, event_store) for document in islice(documents, most))


def corrected(proof: Proof, **changes: Any) -> Proof:  # noqa: ANN401  # fields of an article
    """Return the proof with these fields of its article in place of what was read.

    A day or a source that is None stays unknown: nothing is guessed in its place.
    """
    article = proof.article
    if article is None:
        return proof
    changes = {**changes, "text": clean_text(changes.get("text") or article.text)}
    changes["title"] = clean_line(changes.get("title") or "") or article.title
    changes["article_id"] = article_id(changes["text"])
    return replace(proof, article=replace(article, **changes))


def read_as(proof: Proof, encoding: str, event_store: EventStore) -> Proof:
    """Return the proof read anew, with its bytes taken for text of this encoding."""
    if proof.raw is None:
        return proof
    text = proof.raw.decode(encoding, errors="replace")
    fixed = replace(proof.document, read=partial(text.encode, "utf-8"))
    anew = _read(fixed, event_store)
    return replace(anew, document=proof.document, raw=proof.raw, encoding=encoding)


def documents_of_proofs(
    proofs: Iterable[Proof], rest: Callable[[], Iterator[Document]] | None = None
) -> Iterator[Document]:
    """Yield the documents of proofs as they were corrected, then what `rest` has beyond them."""
    count = 0
    for proof in proofs:
        count += 1
        if proof.article:
            yield replace(proof.document, read=partial(_given, proof.article), raw=proof.raw)
    if rest:
        yield from islice(rest(), count, None)


def _given(article: Article) -> Article:
    return article


def _read(document: Document, event_store: EventStore) -> Proof:
    proof = Proof(document=document)
    try:
        data = document.read()
        if isinstance(data, Article):
            return replace(proof, article=data)
        proof = replace(proof, **_bytes_and_encoding(data))
        article = document.article(data)
    except Exception as error:  # noqa: BLE001  # whatever one document does, the others are shown
        return replace(proof, problem=problem_with(document.name, error))
    return replace(proof, article=article, is_known=event_store.has(article.article_id))


def _bytes_and_encoding(data: bytes | Sent | Reading) -> dict[str, Any]:
    raw = bytes_of(data)
    named = data.charset if isinstance(data, Sent) else None
    is_file = not isinstance(data, Reading) and is_text(raw)
    return {"raw": raw, "encoding": encoding_of(raw, named) if is_file else None}
