"""A reader of the page: opens it from the disk, and fails where the page complains."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page


@contextmanager
def opened(
    chromium: Browser, file: Path, address: str = "#/", width: int = 1200, *, dark: bool = False
) -> Iterator[Page]:
    """The page at an address within it. Nothing is asked of any host, nothing is complained of."""
    complaints: list[str] = []
    asked: list[str] = []
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{file.as_uri()}{address}")
    page.wait_for_selector("main h1", state="attached")
    yield page
    context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
