"""The connection: what is tried again and what is not, errors, and that no token gets out."""

from __future__ import annotations

import logging
import socket
import traceback
from email.utils import formatdate
from pathlib import Path
from time import time
from typing import Any

import httpx
import pytest

from faulty_server import CUT, Answer, faulty_server
from live_server import LiveServer
from newspan.annotations.studio.client import Studio, Uncertain
from newspan.errors import NewspanError

pytestmark = pytest.mark.slow

SECRET = "5ecret0f4ll5ecret5ecret0f4ll5ecret5ecret"
JWT = "eyJhbGciOi.eyJ0b2tlbl90.SflKxwRJSM"


def studio(url: str, token: str = SECRET, **options: Any) -> Studio:
    return Studio(url, token, **{"timeout": 5, "patience": 8, **options})


@pytest.mark.parametrize(
    ("method", "failure"),
    [
        *(("GET", Answer(status)) for status in (429, 500, 503, 504)),
        *((method, CUT) for method in ("GET", "PATCH", "DELETE")),
    ],
)
def test_what_can_do_no_harm_is_tried_again(method: str, failure: Answer) -> None:
    with faulty_server(failure, failure, Answer(body=b'{"a": 1}')) as server:
        body = {"b": 2} if method == "PATCH" else None
        with studio(server.url) as connection:
            assert connection.send(method, "/api/x", body) == {"a": 1}
        assert [seen.method for seen in server.seen] == [method] * 3
        assert len({seen.body for seen in server.seen}) == 1


@pytest.mark.parametrize("failure", [Answer(500), Answer(502), CUT, Answer(pause=1)])
def test_a_post_that_may_have_been_carried_out_is_not_sent_twice(failure: Answer) -> None:
    with (
        faulty_server(failure) as server,
        studio(server.url, timeout=0.5) as connection,
        pytest.raises(Uncertain),
    ):
        connection.send("POST", "/api/x", {})
    assert len(server.seen) == 1


@pytest.mark.parametrize("failure", [Answer(500), CUT, Answer(pause=1)])
def test_a_post_that_is_safe_to_repeat_is(failure: Answer) -> None:
    with faulty_server(failure) as server, studio(server.url, timeout=0.5) as connection:
        assert connection.send("POST", "/api/x", {}, safe_to_repeat=True) == {}
    assert len(server.seen) == 2


def test_a_post_that_was_refused_for_being_one_too_many_is_sent_again() -> None:
    with faulty_server(Answer(429)) as server, studio(server.url) as connection:
        assert connection.send("POST", "/api/x", {}) == {}
    assert len(server.seen) == 2


def test_a_post_waits_for_a_server_that_is_not_there_yet() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        studio(f"http://127.0.0.1:{port}", patience=1) as connection,
        pytest.raises(NewspanError, match="cannot be reached") as caught,
    ):
        connection.send("POST", "/api/x", {})
    assert not isinstance(caught.value, Uncertain)
    assert "(1 tries)" not in str(caught.value)


@pytest.mark.parametrize("as_date", [False, True])
def test_the_server_says_how_long_to_wait(as_date: bool) -> None:
    wait = formatdate(time() + 3, usegmt=True) if as_date else "2"
    headers = (("Retry-After", wait),)
    with faulty_server(Answer(503, headers=headers)) as server, studio(server.url) as connection:
        connection.get("/api/x")
        first, second = (seen.moment for seen in server.seen)
    assert 1.5 < second - first < 6


def test_patience_has_an_end() -> None:
    with (
        faulty_server(*[Answer(503)] * 20) as server,
        studio(server.url, patience=1) as connection,
        pytest.raises(NewspanError, match="answered 503") as caught,
    ):
        connection.get("/api/x")
    assert "goes on where it stopped" in str(caught.value)
    with (
        faulty_server(Answer(429, headers=(("Retry-After", "3600"),))) as server,
        studio(server.url) as connection,
        pytest.raises(NewspanError, match="answered 429"),
    ):
        connection.get("/api/x")
    assert len(server.seen) == 1


def test_what_a_former_try_deleted_is_deleted() -> None:
    with faulty_server(CUT, Answer(404)) as server, studio(server.url) as connection:
        assert connection.send("DELETE", "/api/x") is None
    with (
        faulty_server(Answer(404)) as server,
        studio(server.url) as connection,
        pytest.raises(NewspanError, match="404"),
    ):
        connection.send("DELETE", "/api/x")


def test_a_redirect_is_not_followed() -> None:
    with faulty_server() as other:
        headers = (("Location", f"{other.url}/api/x"),)
        with (
            faulty_server(Answer(302, headers=headers)) as server,
            studio(server.url) as connection,
            pytest.raises(NewspanError, match="sends us to"),
        ):
            connection.get("/api/x")
        assert other.seen == []


@pytest.mark.parametrize(
    "body", [b"<html>", b'{"a"', b"\xff", b"[" * 100_000, b'"\\ud800"'], ids=range(5)
)
def test_what_is_no_answer_of_label_studio_is_refused(body: bytes) -> None:
    with (
        faulty_server(Answer(body=body)) as server,
        studio(server.url) as connection,
        pytest.raises(NewspanError, match="does not answer as Label Studio"),
    ):
        connection.get("/api/x")


def test_the_servers_words_are_told_short_and_harmless() -> None:
    words = b'{"detail": "no such \\u001b[31m label\\n\\u202e", "validation_errors": {"a": ["b"]}}'
    with (
        faulty_server(Answer(400, words), Answer(400, b"x" * 10_000)) as server,
        studio(server.url) as connection,
    ):
        with pytest.raises(NewspanError) as caught:
            connection.get("/api/x")
        assert 'no such \\u001b[31m label \\u202e {"a":["b"]}' in str(caught.value)
        with pytest.raises(NewspanError) as caught:
            connection.get("/api/x")
        assert len(str(caught.value)) < 600


@pytest.mark.parametrize("token", [SECRET, JWT])
@pytest.mark.parametrize("status", [400, 401, 403, 500, 302])
def test_no_token_gets_out(
    token: str, status: int, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even where the server sends back what it was sent."""
    caplog.set_level(logging.DEBUG)
    access = "acce55.acce55.acce55"
    said = f'{{"detail": "you sent Token {token} and {access}"}}'.encode()
    headers = (("Location", f"http://127.0.0.1/{token}/{access}"),) if status == 302 else ()
    with (
        faulty_server(*[Answer(status, said, headers)] * 9, only="/api/x") as server,
        studio(server.url, token, patience=0.1) as connection,
    ):
        connection._access, connection._access_until = access, 1e12
        with pytest.raises(NewspanError) as caught:
            connection.get("/api/x")
        told = [str(caught.value), repr(caught.value), repr(connection), str(connection)]
    told += traceback.format_exception(caught.value)
    # At its most talkative the library shows what the server sent, which is the server's doing.
    own = [line for line in caplog.text.splitlines() if "receive_response" not in line]
    assert any("send_request_headers" in line for line in own)
    told += [*own, *capsys.readouterr()]
    for secret in (token, access):
        assert not any(secret in line for line in told)


@pytest.mark.parametrize("token", ["", " ", f"{SECRET}\n{SECRET}", f"{SECRET} x", "pä" + SECRET])
def test_a_token_that_is_none_is_refused_unseen(token: str) -> None:
    with pytest.raises(NewspanError) as caught:
        Studio("http://127.0.0.1:1", token)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8080",
        "ftp://x",
        "http://",
        "http://h:x",
        "http://u:pa55word@h",
        "http://h/?a",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(NewspanError, match="address") as caught:
        Studio(url, SECRET)
    assert "pa55word" not in str(caught.value)


def test_the_environment_says_server_and_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LABEL_STUDIO_URL", raising=False)
    monkeypatch.delenv("LABEL_STUDIO_API_KEY", raising=False)
    with pytest.raises(NewspanError, match="LABEL_STUDIO_URL"):
        Studio.connect()
    with faulty_server(Answer(body=b'{"id": 3, "email": "a@example.org"}')) as server:
        monkeypatch.setenv("LABEL_STUDIO_URL", server.url + "/")
        with pytest.raises(NewspanError, match="LABEL_STUDIO_API_KEY"):
            Studio.connect()
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", f" {SECRET}\n")
        with Studio.connect() as connection:
            assert connection.user["email"] == "a@example.org"
        assert server.seen[0].headers["Authorization"] == f"Token {SECRET}"


def test_a_server_that_is_another_is_told_from_label_studio() -> None:
    with faulty_server() as server, pytest.raises(NewspanError, match="as Label Studio does"):
        Studio.connect(server.url, SECRET)


@pytest.mark.parametrize(
    ("url", "warned"),
    [
        ("http://127.0.0.1:1", False),
        ("http://localhost:1", False),
        ("http://[::1]:1", False),
        ("https://studio.example.org", False),
        ("http://studio.example.org", True),
        ("http://127.0.0.1.example.org", True),
    ],
)
def test_an_open_connection_to_elsewhere_is_warned_of(url: str, warned: bool) -> None:
    with studio(url) as connection:
        assert bool(connection.caution) == warned


def test_a_proxy_of_the_environment_does_not_see_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with faulty_server() as proxy, faulty_server() as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with studio(server.url) as connection:
            connection.get("/api/x")
        assert (len(proxy.seen), len(server.seen)) == (0, 1)


def test_tasks_come_page_by_page() -> None:
    pages = [Answer(body=b'{"tasks": [{"id": 1}, {"id": 2}]}')] * 2
    with faulty_server(*pages, Answer(404)) as server, studio(server.url) as connection:
        found = list(connection.tasks(7, include=["id"], page_size=2))
        assert len(found) == 4
        assert len(server.seen) == 3
    with (
        faulty_server(Answer(404)) as server,
        studio(server.url) as connection,
        pytest.raises(NewspanError, match="404"),
    ):
        list(connection.tasks(7, include=["id"]))


def test_a_download_that_breaks_off_is_begun_again(tmp_path: Path) -> None:
    target = tmp_path / "export.json"
    target.write_text("old")
    whole = b"[" + b"1," * 500_000 + b"2]"
    with (
        faulty_server(Answer(body=whole[:600_000], cut=True), Answer(body=whole)) as server,
        studio(server.url) as connection,
    ):
        connection.download("/api/x", target)
        assert target.read_bytes() == whole
        server.script.extend([Answer(body=whole[:10], cut=True)] * 9)
        connection._retries._patience = 0.1
        with pytest.raises(NewspanError):
            connection.download("/api/x", target)
        server.script.clear()
        server.script.append(Answer(403, b'{"detail": "not yours"}'))
        with pytest.raises(NewspanError, match="not yours"):
            connection.download("/api/x", target)
    assert target.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [target]


def test_both_kinds_of_token_open_the_real_server(server: LiveServer) -> None:
    with Studio.connect(server.url, server.token) as legacy:
        assert legacy.user["email"] == server.email
        made = httpx.post(
            f"{server.url}/api/token/", headers={"Authorization": f"Token {server.token}"}
        )
        personal = made.json()["token"]
    assert personal.count(".") == 2
    with Studio.connect(server.url, personal) as connection:
        assert connection.user["email"] == server.email
        assert connection._access
        connection._access = connection._access[:-4] + "AAAA"  # as if it had run out
        assert connection.get("/api/projects/")["count"] >= 0
        assert personal not in repr(connection)


def test_the_real_server_refuses_a_wrong_token(server: LiveServer) -> None:
    for wrong in (SECRET, JWT):
        with pytest.raises(NewspanError, match="401") as caught:
            Studio.connect(server.url, wrong)
        assert "account page" in str(caught.value)
        assert wrong not in str(caught.value)
