"""The tree of errors that the dashboard raises.

DatelineError
├── UnreadableInputError (ValueError)
├── FetchError (OSError)
│   └── OfflineError
├── StoreVersionError (RuntimeError)
├── StoreUnusableError (OSError)
├── NotStoredError (LookupError)
├── DecisionError (ValueError)
│   └── DecidedMeanwhileError
├── PictureError (RuntimeError)
└── WithheldError (ValueError)
"""

from __future__ import annotations

from pathlib import Path
from typing import Self


class DatelineError(Exception):
    """Base of every error that `dashboard` raises on purpose."""


class UnreadableInputError(DatelineError, ValueError):
    """What was given cannot be read as an article; the message says what to do."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Let it come out of another process as it went in."""
        return type(self), (self.name, self.problem)


class FetchError(DatelineError, OSError):
    """A page could not or must not be fetched; the message says why."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{url}: {problem}")
        self.url = url
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.url}: {self.problem}"


class OfflineError(FetchError):
    """Fetching is switched off."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "fetching is switched off here (DATELINE_OFFLINE)")


class StoreVersionError(DatelineError, RuntimeError):
    """The store was written by a newer Dateline."""

    def __init__(self, path: Path | str, found: int, known: int) -> None:
        super().__init__(
            f"The store {path} has schema version {found}; this Dateline knows {known}. "
            "Upgrade Dateline, or point DATELINE_HOME at another folder."
        )
        self.path = path
        self.found = found
        self.known = known


class StoreUnusableError(DatelineError, OSError):
    """The store cannot be opened: no such database, no driver for it, or not a database."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(
            f"The store {where} cannot be used: {problem}. "
            "Check DATELINE_DATABASE and DATELINE_HOME."
        )
        self.where = where
        self.problem = problem


class NotStoredError(DatelineError, LookupError):
    """No article or event of that id is in the store."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"No {kind} {key!r} in the store.")
        self.kind = kind
        self.key = key


class DecisionError(DatelineError, ValueError):
    """An event cannot be decided on in this way; the message says why."""


class DecidedMeanwhileError(DecisionError):
    """Somebody decided on the event after it was shown to who decides now."""

    def __init__(self, meanwhile: str) -> None:
        super().__init__(f"Changed meanwhile by {meanwhile}. Look again before you decide.")
        self.meanwhile = meanwhile


class PictureError(DatelineError, RuntimeError):
    """The map cannot be drawn as a picture here; the message says what to do."""


class WithheldError(DatelineError, ValueError):
    """What was asked for cannot be shared so; the message says why and what to do."""
