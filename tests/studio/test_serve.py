"""`newspan studio serve`: what it says, what it leaves, what it finds again."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from live_server import LiveServer, free_port
from studio.reach import TITLE, servers_on

pytestmark = pytest.mark.slow

NEWSPAN = Path(sys.executable).with_name("newspan")


@contextlib.contextmanager
def begin(*arguments: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """The command, which is gone when the block ends."""
    # Whoever runs the tests may ignore these signals, and a program inherits that.
    command = ["env", "--default-signal=INT,HUP", str(NEWSPAN), "studio", "serve", *arguments]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> dict[str, str]:
    """What the command printed, up to its last line: what comes before `:` or `=`, and after."""
    assert process.stdout is not None
    found: dict[str, str] = {}
    for line in process.stdout:
        head, _, tail = re.sub(r"^export ", "", line).replace("=", ":", 1).partition(":")
        found[head.strip()] = tail.strip()
        if line.startswith("Ctrl-C"):
            break
    return found


def test_a_signal_ends_it_whole(tmp_path: Path) -> None:
    env = {"TMPDIR": str(tmp_path)}
    with begin("--no-push", "--port", str(free_port()), env=env) as process:
        words = said(process)
        folder = next(tmp_path.glob("newspan-studio-*"))
        assert servers_on(folder)
        assert httpx.get(f"{words['LABEL_STUDIO_URL']}/health", trust_env=False).is_success
        process.terminate()
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in errors
    for secret in (words["password"], words["LABEL_STUDIO_API_KEY"]):
        assert secret not in errors
    assert servers_on(folder) == []
    assert list(tmp_path.glob("newspan-studio-*")) == []


def test_with_a_folder_the_work_is_there_again_even_after_kill(tmp_path: Path) -> None:
    arguments = ("--data", str(tmp_path / "work"), "--project", TITLE, "--port")
    with begin(*arguments, str(free_port())) as process:
        first = said(process)
        pushed = tasks(first)
        process.kill()  # it cannot stop the server any more; the server does so itself
        process.communicate()
    assert "inv-0101" in pushed
    wait_until_gone(tmp_path / "work")
    with begin(*arguments, str(free_port())) as process:
        second = said(process)
        found = tasks(second)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert servers_on(tmp_path / "work") == []
    assert found == pushed
    assert f"{len(pushed)} there already" in errors
    assert second["password"] == first["password"]


def tasks(words: dict[str, str]) -> list[str]:
    """The articles in the one project of a server that the command runs."""
    with httpx.Client(
        base_url=words["LABEL_STUDIO_URL"],
        headers={"Authorization": f"Token {words['LABEL_STUDIO_API_KEY']}"},
        trust_env=False,
        timeout=60,
    ) as http:
        (project,) = http.get("/api/projects").json()["results"]
        assert project["title"] == TITLE
        listed = http.get("/api/tasks", params={"project": project["id"], "page_size": 1000})
        return sorted(task["data"]["article_id"] for task in listed.json()["tasks"])


def test_what_cannot_be_pushed_does_not_keep_the_work_from_being_reached(tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_text("no JSON\n")
    port = str(free_port())
    with begin(str(tmp_path / "broken.jsonl"), "--port", port) as process:
        words = said(process)
        assert httpx.get(f"{words['LABEL_STUDIO_URL']}/health", trust_env=False).is_success
        process.send_signal(signal.SIGHUP)  # as when the terminal's window is closed
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Not everything was pushed" in errors
    assert "broken.jsonl" in errors


def test_a_source_that_is_not_there_is_told_before_anything_starts(tmp_path: Path) -> None:
    with begin(str(tmp_path / "nowhere"), "--data", str(tmp_path / "work")) as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "nowhere: is not there" in errors
    assert not (tmp_path / "work").exists()


def wait_until_gone(folder: Path) -> None:
    limit = time.monotonic() + 30
    while servers_on(folder):
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_a_busy_port_is_told_by_the_command(server: LiveServer) -> None:
    with begin("--no-push", "--port", str(server.port)) as process:
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert out == ""
    assert f"port {server.port} cannot be used" in errors
    assert "Traceback" not in errors
