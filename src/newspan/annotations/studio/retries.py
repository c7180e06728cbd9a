"""Trying a request again, with growing pauses, where that can do no harm."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from newspan.errors import Fault, NewspanError, printable

if TYPE_CHECKING:
    import httpx

__all__ = ["Retries", "Uncertain"]

_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 20.0
_TOO_MANY = 429


class Uncertain(NewspanError):
    """The request may have been carried out, or may still be: the answer did not arrive."""


class Retries:
    """Runs requests to one server; `patience` is how many seconds are waited for each."""

    def __init__(self, url: str, patience: float) -> None:
        self._url = url
        self._patience = patience

    def run(
        self, method: str, path: str, repeatable: bool, once: Callable[[], httpx.Response]
    ) -> tuple[httpx.Response, int]:
        """The answer, and how many tries it took; the answer may be a refusal.

        429, 5xx, time-outs and lost connections are tried again. Where the server may have
        begun and the request is not repeatable, Uncertain is raised instead. Raises
        NewspanError when patience is at an end.
        """
        import httpx

        waited, tries = 0.0, 0
        while True:
            tries += 1
            wanted: float | None = None
            begun = True
            try:
                reply = once()
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
                trouble, begun = "cannot be reached", False
            except httpx.TimeoutException:
                trouble = "did not answer in time"
            except httpx.TransportError as error:
                trouble = f"broke off ({type(error).__name__})"
            else:
                status = reply.status_code
                if status != _TOO_MANY and status < 500:
                    return reply, tries
                trouble, begun = f"answered {status}", status != _TOO_MANY
                wanted = _retry_after(reply)
            if begun and not repeatable:
                raise Uncertain(self._fault(method, path, trouble))
            pause = wanted if wanted is not None else _pause(tries)
            if waited + pause > self._patience:
                raise NewspanError(self._fault(method, path, f"{trouble} ({tries} tries)"))
            time.sleep(pause)
            waited += pause

    def _fault(self, method: str, path: str, trouble: str) -> Fault:
        return Fault(
            printable(f"{self._url} {trouble} at {method} {path}."),
            "See whether the server runs and how busy it is, then run the command again: "
            "it goes on where it stopped.",
        )


def _pause(tries: int) -> float:
    """Twice as long each time; the jitter keeps clients from knocking in step."""
    longest: float = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** (tries - 1))
    return longest * (0.5 + random.random() / 2)  # noqa: S311 (no secret)


def _retry_after(reply: httpx.Response) -> float | None:
    """The seconds the server asks to wait, given as such or as a date."""
    asked = reply.headers.get("Retry-After", "").strip()
    if not asked:
        return None
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
