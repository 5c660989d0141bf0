"""A text as it is read: without the marks in and round its names that change nothing.

Quotes and brackets that hug a name, soft hyphens, a hyphen in the midst of a name, the
break of a hyphenated line, and the capitals of a headline say nothing of where a place is,
yet each leads a language pipeline astray. So the pipeline and the rules read a plain text,
and every offset is carried back to the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gazetteer.rules import words
from gazetteer.word_ranks import WordRanks

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

    from gazetteer.toponyms import Mention

_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile("\u00ad[ \t]*\n?[ \t]*|[\u200b\u2060\ufeff]")
"""A soft hyphen with the line that it ends; spaces of no width that join or part nothing."""
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|em|font|i|mark|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]{0,300})?/?>|&shy;"
    r"|\[(?=[^\[\]\n]{1,80}\]\((?:https?:|/|#)[^()\s]*\))|(?<=\w)\]\((?:https?:|/|#)[^()\s]*\)"
)
"""Tags of words in a line, as in HTML, and what is no word of a Markdown link."""

_PAIRS = {
    '"': '"', "'": "'", "`": "`", "*": "*", "_": "_", "(": ")", "[": "]", "{": "}", "<": ">",
    "\u201c": "\u201d\u201c", "\u201d": "\u201d", "\u201e": "\u201c\u201d", "\u2018": "\u2019",
    "\u2019": "\u2019", "\u201a": "\u2018\u2019", "\u00ab": "\u00bb", "\u00bb": "\u00ab",
    "\u2039": "\u203a", "\u203a": "\u2039",
}  # fmt: skip
_BRACKETS = frozenset("([")
_OPENING = re.escape("".join(_PAIRS))
_WORD = r"[^\W\d_](?:[^\W_]|[.'\u2019-](?=[^\W_])|\.(?= [^\W_]))*"
_LINK = r"(?:of|the|de|da|do|dos|del|della|di|du|des|la|le|les|el|al|am|an|der|sur|upon|and|y)"
_MARKED = re.compile(
    rf"(?<![\w{_OPENING}])(?P<open>[{_OPENING}]{{1,3}}) ?"
    rf"(?P<name>(?:[Tt]he )?(?![a-z]){_WORD}(?:,? (?:{_LINK} )*{_WORD}){{0,4}}?)"
    rf"(?P<stop>[,.]?) ?(?P<close>[^\w\s]|_)"
)
_OWNER = re.compile(r"['\u2019]s\s")
_LOWER_WORD_BEFORE = re.compile(r"[^\W\d_A-Z]\s\Z")
_WORD_BEFORE = re.compile(r"(\w[\w'\u2019-]*(?:\.[\w'\u2019-]+)*\.?)\s\Z")
_SENTENCE_END = re.compile(r"(?:[a-z\d]{4}|\d)\.\Z")
_BEGIN_SENTENCES = frozenset(
    {"After", "At", "Before", "By", "For", "From", "In", "Near", "On", "Outside", "The", "To"}
)

_BROKEN_LINE = re.compile(
    r"(?<![\w-])(?P<head>[^\W\d_][\w-]*?)(?P<hyphen>-)(?P<gap>[ \t]*\n[ \t]*)(?P<tail>[^\W\d_]+)"
)
_HYPHEN_INSIDE = re.compile(
    r"(?<![\w-])(?P<head>[A-Z][a-z]+)(?P<hyphen>-)(?P<tail>[a-z]+)(?![\w-])"
)

_LEAST_WORDS_OF_HEADLINE = 3
_CAPITAL_WORD = re.compile(r"(?<![.\w])[A-Z]+(?:['\u2019][A-Z]+)?(?!\w|\.\w)")
_ALWAYS_CAPITALS = frozenset({"US", "UK", "UN", "EU"})
_SMALL_WORDS = frozenset({"of", "the", "and", "de", "au", "on", "al"})
_AS_COMMON_IN_NAMES = 2.0
"""A word that is this near to as common with a capital as without goes with a name after it:
"New", but not "In"."""


class Reading:
    """The plain text of `source`, and where each of its characters stands there.

    With a `vocab` whose words have ranks, words that a hyphen splits are told from compounds,
    and headlines in capitals are read in small letters.
    """

    def __init__(self, source: str, vocab: Vocab | None = None) -> None:
        self.source = source
        edits = _Edits(source, WordRanks.of(vocab) if vocab is not None else None)
        self.is_plain = not edits.dropped and not edits.recased
        self.text = source
        self._at: list[int] = []
        if not self.is_plain:
            self._at = [at for at in range(len(source)) if at not in edits.dropped]
            self.text = "".join(edits.recased.get(at, source[at]) for at in self._at)

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the source stands in the plain text."""
        if self.is_plain:
            return start, end
        return bisect_left(self._at, start), bisect_left(self._at, end)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the plain text, of a character at least, stands in the source."""
        if self.is_plain:
            return start, end
        return self._at[start], self._at[end - 1] + 1

    def mention_from_source(self, mention: Mention) -> Mention:
        """Return a mention of the source as it stands in the plain text."""
        start, end = self.from_source(mention.start, mention.end)
        return replace(mention, start=start, end=end, surface=self.text[start:end])

    def mention_of_source(self, mention: Mention) -> Mention:
        """Return a mention of the plain text as it stands in the source."""
        start, end = self.to_source(mention.start, mention.end)
        return replace(mention, start=start, end=end, surface=self.source[start:end])

    def plain_doc(self, doc: Doc) -> Doc:
        """Return the parse of the source as the parse of the plain text."""
        if self.is_plain:
            return doc
        spans = [self.from_source(token.idx, token.idx + len(token)) for token in doc]
        kept = [number for number, (start, end) in enumerate(spans) if start < end]
        words = [self.text[slice(*spans[number])] for number in kept]
        ends = [spans[number][1] for number in kept]
        spaces = [self.text[end : end + 1] == " " for end in ends]
        return _with_words(doc, words, spaces, list(kept))

    def source_doc(self, doc: Doc) -> Doc:
        """Return the parse of the plain text as the parse of the source.

        Marks that the plain text leaves out are words of their own, beside the name.
        """
        if self.is_plain:
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        origins: list[int | None] = []

        def add_between(gap: str) -> None:
            for character in gap:
                if character == " " and words and not spaces[-1]:
                    spaces[-1] = True
                else:
                    words.append(character)
                    spaces.append(False)
                    origins.append(None)

        last_end = 0
        for token in doc:
            start, end = self.to_source(token.idx, token.idx + len(token))
            add_between(self.source[last_end:start])
            words.append(self.source[start:end])
            spaces.append(False)
            origins.append(token.i)
            last_end = end
        add_between(self.source[last_end:])
        return _with_words(doc, words, spaces, origins)


def with_other_words(doc: Doc, others: Mapping[int, str]) -> Doc:
    """Return words with `others` in place of those that they are numbered by.

    After a full stop begins a new sentence. `doc` itself if there are none.
    """
    from spacy.tokens import Doc

    if not others:
        return doc
    words = [others.get(token.i, token.text) for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    starts: list[bool | int | None] = [others.get(token.i - 1) == "." or None for token in doc]
    changed = Doc(doc.vocab, words=words, spaces=spaces, sent_starts=starts)
    for token, own in zip(changed, doc, strict=True):
        if own.i not in others and token.norm != own.norm:
            token.norm_ = own.norm_  # "n't" is read as "not"
    return changed


def with_words_of(parsed: Doc, doc: Doc) -> Doc:
    """Return a parse of as many words with the words of `doc`."""
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    return _with_words(parsed, words, spaces, list(range(len(words))))


def without_surrogates(text: str) -> str:
    """Return `text` with U+FFFD for halves of surrogate pairs, which are no characters.

    Broken JSON and file names bring such; neither a pipeline nor a file takes them.
    """
    return _SURROGATE.sub("\ufffd", text)


@lru_cache(maxsize=4)
def reading_of(source: str, vocab: Vocab | None = None) -> Reading:
    """Return the reading of a text; recognition and resolution ask for the same one."""
    return Reading(source, vocab)


class _Edits:
    """What of a text is left out, and what is written with another letter."""

    def __init__(self, text: str, ranks: WordRanks | None) -> None:
        self.text = text
        self.ranks = ranks
        self.dropped: set[int] = set()
        self.recased: dict[int, str] = {}
        self._drop_invisible()
        self._drop_marks()
        self._join_lines()
        if ranks is not None:
            self._join_words(ranks)
            self._lower_headlines(ranks)

    def _drop(self, start: int, end: int) -> None:
        self.dropped.update(range(start, end))

    def _drop_invisible(self) -> None:
        for pattern in (_INVISIBLE, _MARKUP):
            for found in pattern.finditer(self.text):
                self._drop(*found.span())

    # Marks

    def _drop_marks(self) -> None:
        for found in _MARKED.finditer(self.text):
            opening, name = found["open"], found["name"]
            end = found.start("close") + len(opening)
            closing = self.text[found.start("close") : end]
            if not _mirrors(opening, closing) or self.text[end : end + 1].isalnum():
                continue
            if not _is_name(name, opening) or not self._may_go(found):
                continue
            self._drop(found.start("open"), found.start("name"))
            self._drop(found.end("stop"), end)

    def _may_go(self, found: re.Match[str]) -> bool:
        """Say whether marks round a name say no more than the name does."""
        before = self.text[max(0, found.start() - 40) : found.start()]
        if found["stop"] and not _LOWER_WORD_BEFORE.search(before):
            return False  # “Iran,” he said: somebody speaks
        if not _BRACKETS & {*found["open"]}:
            return True
        word = _WORD_BEFORE.search(before)
        if word is None or not _may_be_explained(word[1]):
            return "(" not in found["open"] or not found["name"].isupper()  # "forces (SAF)"
        # "Lyon (France)" and "RAMALLAH [West Bank]" say something; "Vladimir [Putin] Ivanov" not.
        end = found.start("close") + len(found["open"])
        after = self.text[end : end + 2]
        return "[" in found["open"] and after[:1] == " " and after[1:].isupper()

    # Hyphens

    def _join_lines(self) -> None:
        for found in _BROKEN_LINE.finditer(self.text):
            head, tail = found["head"], found["tail"]
            if tail.islower():
                self._drop(*found.span("gap"))
                if self._is_one_word(head, tail):
                    self._drop(*found.span("hyphen"))
            elif head[0].isupper():
                self._drop(*found.span("gap"))

    def _is_one_word(self, head: str, tail: str) -> bool:
        """Say whether a word that a line's end splits is rarer in parts than in one."""
        if self.ranks is None or self._is_known_name(self.ranks, head + tail):
            return True
        rank = self.ranks.least
        head = head.rsplit("-", 1)[-1]
        return rank(head + tail) <= max(rank(head), rank(tail))

    def _join_words(self, ranks: WordRanks) -> None:
        for found in _HYPHEN_INSIDE.finditer(self.text):
            head, tail = found["head"], found["tail"]
            is_rarer = ranks.of_word(head + tail) < max(ranks.least(head), ranks.least(tail))
            if is_rarer and self._is_known_name(ranks, head + tail):
                self._drop(*found.span("hyphen"))

    def _is_known_name(self, ranks: WordRanks, word: str) -> bool:
        """Say whether a word is more common with a capital than without: "Freetown"."""
        return word[0].isupper() and ranks.of_word(word) < ranks.of_word(word.lower())

    # Capitals

    def _lower_headlines(self, ranks: WordRanks) -> None:
        at = 0
        for line in self.text.splitlines(keepends=True):
            if _is_headline(line):
                for start, word in _sentence_case(line, ranks):
                    for number, letter in enumerate(word, start=at + start):
                        if self.text[number] != letter:
                            self.recased[number] = letter
            at += len(line)


def _mirrors(opening: str, closing: str) -> bool:
    return len(opening) == len(closing) and all(
        close in _PAIRS[open_] for open_, close in zip(opening, reversed(closing), strict=True)
    )


def _may_be_explained(word: str) -> bool:
    """Say whether brackets after a word may explain it, as they do a name."""
    is_small = word.islower() or word in _BEGIN_SENTENCES
    return not is_small and _SENTENCE_END.search(word) is None


def _is_name(marked: str, opening: str) -> bool:
    """Say whether what stands between marks begins as a name; a quoted title owns something."""
    name = marked.removeprefix("the ").removeprefix("The ")
    return name[0].isupper() and (opening[0] in _BRACKETS or _OWNER.search(name) is None)


def _is_headline(line: str) -> bool:
    words: list[str] = re.findall(r"[^\W\d_]{2,}", line)
    in_capitals = sum(word.isupper() for word in words)
    return in_capitals >= _LEAST_WORDS_OF_HEADLINE and in_capitals >= 0.9 * len(words)


def _sentence_case(line: str, ranks: WordRanks) -> Iterator[tuple[int, str]]:
    """Yield each word of a headline as it is most often written, with its offset.

    Truecasing by the frequency of each form, as in Lita et al. (2003), "tRuEcasIng".
    """
    words = [(found.start(), found[0]) for found in _CAPITAL_WORD.finditer(line)]
    forms = [_usual_form(word, ranks) for _, word in words]
    for number in _in_known_names(line, words):
        forms[number] = forms[number].capitalize()
    in_names = [form[0].isupper() for form in forms]
    for number in reversed(range(len(words))):
        small, title = forms[number], forms[number].capitalize()
        if ranks.of_word(title) >= _AS_COMMON_IN_NAMES * ranks.of_word(small):
            continue
        beside = [
            in_names[other]
            for other in (number - 1, number + 1)
            if 0 <= other < len(words) and _only_space(line, words, min(number, other))
        ]
        if any(beside):
            forms[number], in_names[number] = title, True
    for number, ((start, _), form) in enumerate(zip(words, forms, strict=True)):
        yield start, form.capitalize() if number == 0 and form.islower() else form


def _in_known_names(line: str, words: Sequence[tuple[int, str]]) -> Iterator[int]:
    """Yield which words of a headline belong to a name of common words: "THE RED SEA"."""
    starts = {start: number for number, (start, _) in enumerate(words)}
    for found in _known_names().finditer(line):
        for word in re.finditer(r"[A-Z]+", found[0]):
            if word[0].lower() not in _SMALL_WORDS and found.start() + word.start() in starts:
                yield starts[found.start() + word.start()]


@cache
def _known_names() -> re.Pattern[str]:
    names = sorted(words("headline_names"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


def _only_space(line: str, words: Sequence[tuple[int, str]], number: int) -> bool:
    """Say whether only a space stands between a word and the next."""
    start, word = words[number]
    return line[start + len(word) : words[number + 1][0]] == " "


def _usual_form(word: str, ranks: WordRanks) -> str:
    if word in _ALWAYS_CAPITALS:
        return word
    return min((word.capitalize(), word.lower(), word), key=ranks.of_word)


def _with_words(doc: Doc, words: list[str], spaces: list[bool], origins: list[int | None]) -> Doc:
    """Return a parse with other words, each like the word of `doc` that `origins` numbers.

    A word without an origin is a mark, which hangs on the word after it, else before it.
    """
    from spacy.tokens import Doc

    tokens = [doc[origin] if origin is not None else None for origin in origins]
    place_of = {origin: at for at, origin in enumerate(origins) if origin is not None}

    words_after = _words_after(tokens)
    last_word = max(place_of.values(), default=None)

    def head_of(at: int, token: Token | None) -> int:
        if token is None:
            head = last_word if words_after[at] is None else words_after[at]
            return at if head is None else head
        while token.head.i not in place_of and token.head.i != token.i:
            token = token.head
        return place_of.get(token.head.i, at)

    has_heads = doc.has_annotation("DEP")
    starts: list[bool | int | None] = [bool(token and token.is_sent_start) for token in tokens]
    return Doc(
        doc.vocab,
        words=words,
        spaces=spaces,
        tags=[token.tag_ if token else ":" for token in tokens],
        pos=[token.pos_ if token else "PUNCT" for token in tokens],
        morphs=[str(token.morph) if token else "" for token in tokens],
        lemmas=[token.lemma_ if token else word for token, word in zip(tokens, words, strict=True)],
        heads=[head_of(*item) for item in enumerate(tokens)] if has_heads else None,
        deps=[token.dep_ if token else "punct" for token in tokens] if has_heads else None,
        sent_starts=None if has_heads else starts,
        ents=_entities(tokens, words_after),
    )


def _words_after(tokens: Sequence[Token | None]) -> list[int | None]:
    """Return for each place the number of the first word from there on; None after the last."""
    word: int | None = None
    numbers = []
    for at in reversed(range(len(tokens))):
        word = word if tokens[at] is None else at
        numbers.append(word)
    return numbers[::-1]


def _entities(tokens: Sequence[Token | None], words_after: Sequence[int | None]) -> list[str]:
    """Return the tags of entities: a mark amid one belongs to it."""
    tags: list[str] = []
    for token, word in zip(tokens, words_after, strict=True):
        follows = None if word is None else tokens[word]
        is_in = bool(follows and follows.ent_type_ and (token or follows.ent_iob_ == "I"))
        if not follows or not is_in or (token is None and tags[-1:] == ["O"]):
            tags.append("O")
            continue
        goes_on = follows.ent_iob_ == "I" and tags[-1:] not in ([], ["O"])
        tags.append(f"{'I' if goes_on else 'B'}-{follows.ent_type_}")
    return tags
