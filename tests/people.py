"""Annotators who work on a server as the editor does: by its requests, in sessions of theirs."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import httpx

from live_server import LiveServer

_NUMBERS = itertools.count()


class Person:
    """Somebody with an account, logged in; a context manager."""

    def __init__(self, server: LiveServer, name: str = "ana") -> None:
        self.email = f"{name}-{os.getpid()}-{next(_NUMBERS)}@example.org"
        admin = {"Authorization": f"Token {server.token}"}
        invited = httpx.get(f"{server.url}/api/invite", headers=admin, trust_env=False, timeout=60)
        page = {"token": invited.json()["token"]}
        self._http = httpx.Client(
            base_url=server.url, trust_env=False, timeout=60, follow_redirects=True
        )
        self._http.get("/user/signup/", params=page)
        form = {"email": self.email, "password": "a-long-pass-phrase-1",
                "csrfmiddlewaretoken": self._http.cookies["csrftoken"]}  # fmt: skip
        self._http.post(
            "/user/signup/", params=page, data=form, headers={"Referer": f"{server.url}/"}
        ).raise_for_status()
        self._referer = server.url
        assert self._send("GET", "/api/current-user/whoami")["email"] == self.email

    def __enter__(self) -> Person:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def submit(self, task: int, results: Sequence[Any], **more: Any) -> int:
        """Submit an annotation; its number."""
        body = {"result": list(results), "lead_time": 1.5, **more}
        return int(self._send("POST", f"/api/tasks/{task}/annotations/", body)["id"])

    def skip(self, task: int) -> int:
        """Skip a task."""
        return self.submit(task, [], was_cancelled=True)

    def update(self, annotation: int, results: Sequence[Any]) -> None:
        """Press Update."""
        self._send("PATCH", f"/api/annotations/{annotation}/", {"result": list(results)})

    def delete(self, annotation: int) -> None:
        """Delete an annotation."""
        self._send("DELETE", f"/api/annotations/{annotation}/")

    def draft(self, task: int, results: Sequence[Any], annotation: int | None = None) -> int:
        """What the editor saves by itself while somebody works."""
        place = f"/api/tasks/{task}/annotations/{annotation}/drafts"
        path = place if annotation is not None else f"/api/tasks/{task}/drafts"
        body = {"result": list(results), "lead_time": 0.5}
        return int(self._send("POST", path, body)["id"])

    def redraft(self, draft: int, results: Sequence[Any]) -> None:
        """Go on with a draft."""
        self._send("PATCH", f"/api/drafts/{draft}/", {"result": list(results), "lead_time": 1})

    def discard(self, draft: int) -> None:
        """Throw a draft away."""
        self._send("DELETE", f"/api/drafts/{draft}/")

    def _send(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"X-CSRFToken": self._http.cookies.get("csrftoken", ""),
                   "Referer": f"{self._referer}/"}  # fmt: skip
        reply = self._http.request(method, path, json=body, headers=headers)
        assert reply.is_success, (reply.status_code, reply.text[:400])
        return reply.json() if reply.content else None
