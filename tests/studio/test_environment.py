"""Label Studio's own environment: made whole or not at all, of known versions."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from newspan.annotations.studio import environment
from newspan.annotations.studio.environment import LOCK, VERSION, Environment
from newspan.errors import NewspanError


@pytest.mark.slow
def test_an_environment_that_was_cut_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    made = environment.prepare_environment()
    assert made.is_complete
    cut_off = Environment(tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    assert not cut_off.is_complete


@pytest.mark.slow
def test_an_index_that_is_not_reached_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreachable: dict[str, Any] = {
        "XDG_CACHE_HOME": tmp_path / "cache",
        "UV_CACHE_DIR": tmp_path / "uv",
        "UV_OFFLINE": "1",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": tmp_path,
        "PIP_CONFIG_FILE": os.devnull,
    }
    for name, value in unreachable.items():
        monkeypatch.setenv(name, str(value))
    with pytest.raises(NewspanError, match="could not be installed") as caught:
        environment.prepare_environment()
    assert "No matching distribution" in str(caught.value)
    assert [path.name for path in (tmp_path / "cache" / "newspan").iterdir()] == [
        f"{environment._name()}.lock"
    ]
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert environment.prepare_environment().is_complete


@pytest.mark.slow
def test_the_database_that_folders_begin_with_is_nobodys() -> None:
    made = environment.prepare_environment()
    # Label Studio keeps its secret key in a file .env, beside the database.
    assert sorted(path.name for path in made.folder.glob("*template*")) == [made.template.name]
    assert not list(made.folder.glob(".env"))
    with sqlite3.connect(made.template) as database:
        for table in ("htx_user", "authtoken_token", "organization", "project"):
            assert database.execute(f"select count(*) from {table}").fetchone() == (0,)


MAKE = """
from newspan.annotations.studio.environment import prepare_environment
print(prepare_environment(lambda told: print(told, flush=True)).is_complete)
"""


@pytest.mark.big
def test_cut_off_and_made_by_two_at_once_it_is_whole(tmp_path: Path) -> None:
    def make() -> subprocess.Popen[str]:
        env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
        command = [sys.executable, "-c", MAKE]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)

    with make() as first:
        while not list(tmp_path.glob("newspan/*/lib/python*/site-packages/*")):
            time.sleep(0.01)
            assert first.poll() is None
        first.kill()  # what it has started goes on for a while
    with make() as second, make() as third:
        told = second.communicate()[0] + third.communicate()[0]
    assert told.count("True") == 2
    assert told.count("Making") == 1
    (folder,) = (path for path in (tmp_path / "newspan").iterdir() if path.is_dir())
    made = Environment(folder)
    assert made.is_complete
    assert "1.23.2" in subprocess.check_output(
        made.command("version"), env=environment.variables(tmp_path), text=True
    )


def test_the_lock_has_hashes_and_no_addresses() -> None:
    text = LOCK.read_text()
    assert f"label-studio=={VERSION} " in text
    assert "://" not in text
    assert "--index" not in text
    for entry in re.split(r"\n(?! )", text.strip()):
        assert "--hash=sha256:" in entry
