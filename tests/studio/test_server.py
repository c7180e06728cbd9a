"""The server itself: begun, ended, killed, found again; closed to all but its owner."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from live_server import LiveServer, free_port
from newspan.annotations.studio import environment
from newspan.annotations.studio import server as server_module
from newspan.annotations.studio.data_folder import DATABASE, LOCK_FILE, account_of
from newspan.annotations.studio.environment import Environment
from newspan.annotations.studio.server import Server
from newspan.errors import NewspanError
from studio.reach import TITLE, client, make_project, processes_with, servers_on, titles

pytestmark = pytest.mark.slow


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Server]:
    """A server on a new folder, not started yet."""
    server = Server(tmp_path / "data", free_port())
    yield server
    server.stop()


# --- the running server


def test_the_token_is_taken_and_the_password_logs_in(server: LiveServer) -> None:
    with client(server) as http:
        assert http.get("/api/current-user/whoami").json()["email"] == server.email
    with httpx.Client(base_url=server.url, trust_env=False) as browser:
        browser.get("/user/login")
        form = {
            "email": server.email,
            "password": server.password,
            "csrfmiddlewaretoken": browser.cookies["csrftoken"],
        }
        browser.post("/user/login", data=form, headers={"Referer": server.url})
        assert browser.get("/api/current-user/whoami").json()["email"] == server.email


def test_nobody_can_sign_up(server: LiveServer) -> None:
    with httpx.Client(base_url=server.url, trust_env=False) as browser:
        browser.get("/user/login")
        form = {
            "email": "stranger@example.org",
            "password": "a long enough password",
            "csrfmiddlewaretoken": browser.cookies["csrftoken"],
        }
        browser.post("/user/signup/", data=form, headers={"Referer": server.url})
    with client(server) as http:
        users = [user["email"] for user in http.get("/api/users").json()]
    assert server.email in users  # beside those whom other tests invited
    assert "stranger@example.org" not in users


def test_it_listens_on_loopback_only(server: LiveServer) -> None:
    port = f"{server.port:04X}"
    listening = [
        line.split()[1].rpartition(":")[0]
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[1].endswith(f":{port}")
    ]
    assert listening == ["0100007F"]  # 127.0.0.1
    for address in other_addresses():
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((address, server.port), timeout=5).close()


def other_addresses() -> list[str]:
    """Addresses of this machine that the server must not be reached on."""
    found = ["127.0.0.2"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; says which address it would leave by
            found.append(probe.getsockname()[0])
        except OSError:
            pass  # a machine without a network
    return found


def test_other_names_of_this_machine_are_refused(server: LiveServer) -> None:
    # A web page could give itself a name that leads to 127.0.0.1.
    reply = httpx.get(
        f"{server.url}/api/version", headers={"Host": "evil.example.org"}, trust_env=False
    )
    assert reply.status_code == 400


def test_other_web_pages_may_not_read_answers(server: LiveServer) -> None:
    reply = httpx.get(
        f"{server.url}/api/version", headers={"Origin": "http://evil.example.org"}, trust_env=False
    )
    assert reply.is_success
    assert "access-control-allow-origin" not in reply.headers


def test_password_and_token_stay_in_one_file_of_the_owner(server: LiveServer) -> None:
    assert server.folder.stat().st_mode & 0o777 == 0o700
    assert (server.folder / ".gitignore").read_text() == "*\n"
    account = server.folder / "account.json"
    assert account.stat().st_mode & 0o777 == 0o600
    for secret in (server.password, server.token):
        assert len(secret) >= 20
        assert secret in account.read_text()
        assert secret not in server.log.read_text()
        assert processes_with(secret) == []
    assert processes_with("launcher.py start")  # so that the line above could have found it


def test_accounts_are_made_up_anew_for_each_folder(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    accounts = []
    for folder in folders:
        folder.mkdir()
        accounts.append(account_of(folder))
    assert accounts[0].password != accounts[1].password
    assert accounts[0].token != accounts[1].token
    assert accounts[0].token not in repr(accounts[0])
    assert accounts[0].password not in repr(accounts[0])


# --- begun and ended


def test_work_is_there_again_after_a_stop_and_a_kill_and_a_death_is_told(fresh: Server) -> None:
    fresh.start()
    make_project(fresh)
    account = fresh.account
    pid = fresh.pid
    assert pid is not None
    fresh.stop()
    assert servers_on(fresh.folder) == []
    again = Server(fresh.folder, free_port())
    with again:
        assert titles(again) == [TITLE]
        assert again.account == account
        again.kill()
        assert servers_on(fresh.folder) == []
        again.start()
        assert titles(again) == [TITLE]
        assert again.pid is not None
        os.kill(again.pid, signal.SIGKILL)
        with pytest.raises(NewspanError, match=r"ended by itself \(exit code -9\)"):
            again.wait()
    with sqlite3.connect(fresh.folder / DATABASE) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_busy_port_is_an_error_and_not_another_port(tmp_path: Path, server: LiveServer) -> None:
    second = Server(tmp_path / "data", server.port)
    with pytest.raises(NewspanError, match=rf"port {server.port} cannot be used.*--port"):
        second.start()
    assert second.pid is None
    assert servers_on(tmp_path / "data") == []


def test_a_port_taken_meanwhile_is_an_error_too(
    fresh: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", fresh.port)):
        monkeypatch.setattr(server_module, "_check_port", lambda _: None)  # it came too early
        monkeypatch.setattr(server_module, "_START_SECONDS", 60.0)
        with pytest.raises(NewspanError, match="port is already in use"):
            fresh.start()
    assert servers_on(fresh.folder) == []


def test_one_folder_is_for_one_server(server: LiveServer) -> None:
    second = Server(server.folder, free_port())
    with pytest.raises(NewspanError, match="another Label Studio is running on this folder"):
        second.start()
    assert httpx.get(f"{server.url}/health", trust_env=False).is_success


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    before = tmp_path.stat().st_mode
    with pytest.raises(NewspanError, match="has not made"):
        Server(tmp_path, free_port()).start()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert tmp_path.stat().st_mode == before


def test_a_server_that_cannot_start_says_why(fresh: Server) -> None:
    fresh.folder.mkdir()
    (fresh.folder / LOCK_FILE).touch()
    (fresh.folder / DATABASE).write_bytes(b"no database at all" * 1000)
    with pytest.raises(NewspanError, match="file is not a database"):
        fresh.start()
    assert servers_on(fresh.folder) == []


def test_a_server_that_does_not_answer_is_ended(
    fresh: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_START_SECONDS", 0.3)
    with pytest.raises(NewspanError, match="did not answer"):
        fresh.start()
    assert fresh.pid is None
    assert servers_on(fresh.folder) == []


def test_names_in_our_environment_change_nothing(
    fresh: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "HOST": "http://evil.example.org",
        "PORT": "1",
        "USERNAME": "stranger@example.org",
        "PASSWORD": "stranger-password",
        "DEBUG": "true",
        "LABEL_STUDIO_HOST": "http://evil.example.org",
        "DJANGO_DB": "postgresql",
        "PYTHONPATH": "/nowhere",
        "http_proxy": "http://evil.example.org:1",
    }.items():
        monkeypatch.setenv(name, value)
    fresh.start()
    with client(fresh) as http:
        assert [user["email"] for user in http.get("/api/users").json()] == [fresh.account.email]
    assert "evil" not in fresh.log.read_text()


# --- what it sends

AUDIT = """
import runpy, sys
def note(event, arguments):
    if event == "socket.connect":
        print("CONNECT", arguments[1], flush=True)
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        print("LOOKUP", arguments[0], flush=True)
sys.addaudithook(note)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


class Audited(Environment):
    """The environment, with every connection and every look-up written into the log."""

    def command(self, *arguments: str) -> list[str]:
        line = super().command(*arguments)
        at = line.index(str(environment.LAUNCHER))
        return [*line[:at], "-c", AUDIT, *line[at:]]


def test_nothing_leaves_the_machine(fresh: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    made = environment.prepare_environment()
    monkeypatch.setattr(server_module, "prepare_environment", lambda _: Audited(made.folder))
    fresh.start()
    make_project(fresh)
    with client(fresh) as http:
        project = http.get("/api/projects").json()["results"][0]["id"]
        task = [{"data": {"text": "Nobody was hurt."}}]
        http.post(f"/api/projects/{project}/import", json=task).raise_for_status()
        export = {"exportType": "JSON", "download_all_tasks": "true"}
        http.get(f"/api/projects/{project}/export", params=export).raise_for_status()
        http.get("/api/version").raise_for_status()
        # A lone surrogate makes it fail inside: that is what it would report to its makers.
        http.post(
            f"/api/projects/{project}/import",
            content=b'[{"data": {"text": "\\ud800"}}]',
            headers={"Content-Type": "application/json"},
        )
        assert http.get("/api/tasks", params={"project": project}).is_server_error
        assert http.get("/projects/", follow_redirects=True).is_success
        # So that we know that the log would tell: an import by address asks for the name.
        http.post(f"/api/projects/{project}/import", data={"url": "http://news.invalid/a.json"})
    fresh.stop()
    log = fresh.log.read_text()
    named = set(re.findall(r"^(?:CONNECT \('|LOOKUP )([^',\n]*)", log, re.MULTILINE))
    assert named - {"127.0.0.1", "localhost", "::1", ""} == {"news.invalid"}
