"""`newspan studio serve`: a server with the project in it, until somebody ends it."""

from __future__ import annotations

import contextlib
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType

from newspan.annotations.studio.server import Server
from newspan.errors import Fault, NewspanError, printable

__all__ = ["filler", "serve"]

Say = Callable[[str], None]
Fill = Callable[[Server], None]
Handler = Callable[[int, FrameType | None], None] | signal.Handlers

_SHOWN = 10
"""Faults of a push that are printed; the rest are counted."""

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, `kill`, and the terminal's window being closed."""


def serve(data: Path | None, port: int, fill: Fill | None, say: Say, progress: Say) -> None:
    """Run Label Studio until Ctrl-C, SIGTERM or SIGHUP; then end it and return.

    Its data stay in the folder `data`; without one they are in a temporary folder that is
    gone afterwards. `fill` gets the running server, to put the project into it: where it
    raises NewspanError, `progress` is told and the server runs on, for the work that is in it
    already. `say` gets the address and who may log in. Raises NewspanError where the server
    cannot be started, or ends by itself.
    """
    with _ended_by_signals(), _folder(data) as folder:
        server = Server(folder, port, progress)
        try:
            server.start()
            if fill is not None:
                _fill(server, fill, progress)
            say(_how_to_log_in(server, data))
            server.wait()
        except KeyboardInterrupt:
            progress("Stopping Label Studio …")
        finally:
            with _undisturbed():
                server.stop()
    kept = "" if data is None else f" Its data are in {data}."
    progress(printable(f"Label Studio has ended.{kept}"))


def filler(source: Path | None, title: str, kind: str, say: Say) -> Fill:
    """What makes the project with this title and pushes the source into it.

    Raises NewspanError at once where the source is not there, before anything is started.
    """
    if source is not None and not source.exists():
        raise NewspanError(Fault("is not there.", "Correct the path.", source))

    def fill(server: Server) -> None:
        from newspan.annotations.studio.client import Studio
        from newspan.annotations.studio.upload import upload

        with Studio.connect(server.url, server.account.token) as studio:
            upload(studio, source, title, kind, say)

    return fill


def _fill(server: Server, fill: Fill, progress: Say) -> None:
    try:
        fill(server)
    except NewspanError as error:
        shown = [str(fault) for fault in error.faults[:_SHOWN]]
        if len(error.faults) > _SHOWN:
            shown.append(f"… and {len(error.faults) - _SHOWN} more.")
        progress("Not everything was pushed:\n" + "\n".join(shown) + "\n")


def _how_to_log_in(server: Server, data: Path | None) -> str:
    account = server.account
    kept = (
        "gone when it ends; --data DIR keeps it" if data is None else printable(f"kept in {data}")
    )
    return (
        f"Label Studio:  {server.url}\n"
        f"e-mail:        {account.email}\n"
        f"password:      {account.password}\n"
        f"work:          {kept}\n"
        "\n"
        "For newspan studio push, pull and status, in another terminal:\n"
        f"export LABEL_STUDIO_URL={server.url}\n"
        f"export LABEL_STUDIO_API_KEY={account.token}\n"
        "\n"
        "Ctrl-C ends it."
    )


@contextlib.contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    """The data folder, or one for this run only."""
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="newspan-studio-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let every signal that ends a program come as KeyboardInterrupt."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # What is ignored already stays so: nohup does that to SIGHUP.
    heeded = [number for number in _ENDING if signal.getsignal(number) != signal.SIG_IGN]
    with _handled(heeded, interrupt):
        yield


def _undisturbed() -> contextlib.AbstractContextManager[None]:
    """Let the server's end come to an end: a second Ctrl-C does not leave it running."""
    return _handled(_ENDING, signal.SIG_IGN)


@contextlib.contextmanager
def _handled(numbers: Iterable[signal.Signals], handler: Handler) -> Iterator[None]:
    """Let the signals be handled so within the block."""
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
