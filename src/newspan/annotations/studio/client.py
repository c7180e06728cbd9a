"""Talking to a Label Studio server: who we are, retries, errors in the server's own words.

By hand over httpx: some ten endpoints, replies as the server gave them. The token comes
from the environment or the caller; it stands in no message, representation or log.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import msgspec

from newspan.annotations.studio.address import (
    TOKEN,
    URL,
    given,
    is_loopback,
    server_address,
    sound_token,
)
from newspan.annotations.studio.replies import decoded, refuse_failure, strange
from newspan.annotations.studio.retries import Retries, Uncertain
from newspan.errors import NewspanError, printable
from newspan.files import write_chunks

if TYPE_CHECKING:
    import httpx

__all__ = ["Studio", "Uncertain"]

_LIVES = 240.0
"""Seconds an access token is used; the server lets it live for 300."""
_REFRESH = "/api/token/refresh/"
_WHOLE = frozenset({"annotations", "predictions", "drafts"})
"""Fields that the list of tasks has only on demand."""


class Studio:
    """One connection to a Label Studio server, as one user; a context manager.

    `user` has at least `id` and `email`. Not for several threads at once.
    """

    def __init__(self, url: str, token: str, *, timeout: float = 300, patience: float = 60) -> None:
        self.url = server_address(url)
        self.user: Mapping[str, Any] = {}
        self._token = sound_token(token)
        # A personal access token is a JWT, and is exchanged for one that lives 300 s.
        self._personal = self._token.count(".") == 2
        self._access, self._access_until = "", 0.0
        self._retries = Retries(self.url, patience)
        self._http = _open(self.url, timeout)

    @classmethod
    def connect(
        cls,
        url: str | None = None,
        token: str | None = None,
        *,
        timeout: float = 300,
        patience: float = 60,
    ) -> Studio:
        """A connection to the server, as the user the token is of.

        Without `url` and `token`, those of LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY.
        `timeout` is how many seconds an answer may take, `patience` how many are waited
        between the tries of one request. Raises NewspanError where something is missing,
        the server is not there, or it does not know the token.
        """
        studio = cls(given(url, URL), given(token, TOKEN), timeout=timeout, patience=patience)
        try:
            user = studio.get("/api/current-user/whoami")
            if not isinstance(user, dict) or type(user.get("id")) is not int:
                raise studio.strange("/api/current-user/whoami")
        except BaseException:
            studio.close()
            raise
        studio.user = {**user, "email": str(user.get("email"))}
        return studio

    @property
    def caution(self) -> str | None:
        """What is unsafe about the connection, in words for the user."""
        if self.url.startswith("https:") or is_loopback(self.url):
            return None
        return printable(f"{self.url} is not encrypted: others can read texts and token.")

    def __repr__(self) -> str:
        return printable(f"<Studio {self.url} as {self.user.get('email', 'nobody yet')}>")

    def __enter__(self) -> Studio:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def get(self, path: str, **params: Any) -> Any:
        """The JSON at a path. Raises NewspanError."""
        return self.send("GET", path, **params)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        safe_to_repeat: bool = False,
        **params: Any,
    ) -> Any:
        """Send a request and return the JSON of the answer, None where it has none.

        `body` is what JSON can hold, or bytes of JSON. 429, 5xx, time-outs and lost
        connections are tried again: a POST only where it is `safe_to_repeat` or the server
        cannot have begun; else Uncertain is raised. A DELETE of what a former try deleted
        is done. Raises NewspanError with the server's own words.
        """
        repeatable = method != "POST" or safe_to_repeat
        payload = body if body is None or isinstance(body, bytes) else msgspec.json.encode(body)
        reply, tries = self._retries.run(
            method, path, repeatable, lambda: self._once(method, path, payload, params)
        )
        if method == "DELETE" and reply.status_code == 404 and tries > 1:
            return None
        self._refuse(method, path, reply)
        return self._json(path, reply.content) if reply.content.strip() else None

    def download(self, path: str, target: Path, **params: Any) -> None:
        """Write what is at a path to a file, in little memory and whole or not at all.

        Raises NewspanError; a download that breaks off is begun again.
        """

        def once() -> httpx.Response:
            reply = self._http.send(self._request("GET", path, None, params), stream=True)
            try:
                if reply.is_success:
                    write_chunks(reply.iter_bytes(), target)
                else:
                    reply.read()
            finally:
                reply.close()
            return reply

        reply, _ = self._retries.run("GET", path, True, once)
        self._refuse("GET", path, reply)

    def tasks(
        self,
        project: int,
        *,
        include: Sequence[str] = (),
        query: Mapping[str, Any] | None = None,
        page_size: int = 1000,
    ) -> Iterator[dict[str, Any]]:
        """The tasks of a project as the data manager lists them, by their number.

        `include` names the fields wanted; all come without it, and only then annotations
        with their results. `query` is a filter of the data manager. One page is in memory at
        a time.
        """
        fields = "all" if not include or _WHOLE & set(include) else "task_only"
        wanted = msgspec.json.encode({"ordering": ["tasks:id"], **(query or {})}).decode()
        params = {"project": project, "page_size": page_size, "fields": fields,
                  "query": wanted}  # fmt: skip
        if include:
            params["include"] = ",".join(include)
        page, found = 1, page_size
        while found == page_size:
            tasks = self._page({**params, "page": page})
            yield from tasks
            page, found = page + 1, len(tasks)

    def _page(self, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        path = "/api/tasks"
        reply, _ = self._retries.run(
            "GET", path, True, lambda: self._once("GET", path, None, params)
        )
        if reply.status_code == 404 and params["page"] > 1:
            return []  # the page before was the last, and full
        self._refuse("GET", path, reply)
        listed = self._json(path, reply.content)
        tasks = listed.get("tasks") if isinstance(listed, dict) else None
        if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
            raise self.strange(path)
        return tasks

    def _once(
        self, method: str, path: str, payload: bytes | None, params: Mapping[str, Any]
    ) -> httpx.Response:
        reply = self._http.send(self._request(method, path, payload, params))
        if reply.status_code == 401 and self._personal:
            self._access_until = 0.0  # it may have been withdrawn: once with a new one
            reply = self._http.send(self._request(method, path, payload, params))
        return reply

    def _request(
        self, method: str, path: str, payload: bytes | None, params: Mapping[str, Any]
    ) -> httpx.Request:
        headers = {"Authorization": self._authorization()}
        if payload is not None:
            headers["Content-Type"] = "application/json"
        return self._http.build_request(
            method, self.url + path, content=payload, params=dict(params), headers=headers
        )

    def _authorization(self) -> str:
        if not self._personal:
            return f"Token {self._token}"
        if time.monotonic() >= self._access_until:
            reply, _ = self._retries.run(
                "POST", _REFRESH, True,
                lambda: self._http.post(self.url + _REFRESH, json={"refresh": self._token}),
            )  # fmt: skip
            self._refuse("POST", _REFRESH, reply)
            exchanged = self._json(_REFRESH, reply.content)
            access = exchanged.get("access") if isinstance(exchanged, dict) else None
            if not isinstance(access, str):
                raise self.strange(_REFRESH)
            self._access, self._access_until = sound_token(access), time.monotonic() + _LIVES
        return f"Bearer {self._access}"

    def _refuse(self, method: str, path: str, reply: httpx.Response) -> None:
        """Raise NewspanError where the answer is no success."""
        refuse_failure(self.url + path, method, reply, (self._token, self._access))

    def _json(self, path: str, content: bytes) -> Any:
        return decoded(self.url + path, content)

    def strange(self, path: str) -> NewspanError:
        """The error for an answer that Label Studio never gives."""
        return strange(self.url + path)


def _open(url: str, timeout: float) -> httpx.Client:
    import httpx

    # Django's own server sends an answer in two pieces. On a connection that is kept, the second
    # waits some 40 ms until the first is acknowledged; a new connection on this machine is free.
    kept = 0 if is_loopback(url) else 10
    return httpx.Client(
        timeout=httpx.Timeout(timeout, connect=min(timeout, 10)),
        limits=httpx.Limits(max_keepalive_connections=kept),
        follow_redirects=False,  # the token is for this server alone
        trust_env=not is_loopback(url),  # a proxy cannot reach this machine
        headers={"Accept": "application/json", "User-Agent": "newspan"},
    )
