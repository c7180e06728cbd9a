"""A command as a user types it: its exit code, what it prints and what it says of faults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newspan.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["newspan", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        code = caught.value.code
        return (0 if code is None else int(code), *capsys.readouterr())

    return run
