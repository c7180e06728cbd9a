"""A browser, logged in to a real Label Studio, and a project of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request

from browser.desk import Desk
from browser.editor import Editor
from live_server import LiveServer


@pytest.fixture(scope="session")
def annotator(chromium: Browser, server: LiveServer) -> Iterator[BrowserContext]:
    """A session of the browser in which the server's user is logged in."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    Editor(page, server.url).log_in(server.email, server.password)
    page.close()
    yield context
    context.close()


@pytest.fixture
def editor(annotator: BrowserContext, server: LiveServer) -> Iterator[Editor]:
    """The editor in a page of its own; the test fails where the page complains or asks abroad."""
    complaints: list[str] = []
    abroad: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith((server.url, "data:", "blob:")):
            abroad.append(request.url)

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" or "Key already added" in message.text:
            complaints.append(f"{message.text} {message.location['url']}")

    page = annotator.new_page()
    page.set_default_timeout(60_000)
    page.on("request", watch)
    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Editor(page, server.url)
    page.close()
    assert abroad == [], "the page asked another host"
    assert complaints == [], "the page complained"


@pytest.fixture
def desk(server: LiveServer, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A project with our labelling configuration, empty."""
    title = f"{uuid4().hex[:8]} {request.node.name}"[:50]
    with Desk.at(server, title, tmp_path) as made:
        yield made
