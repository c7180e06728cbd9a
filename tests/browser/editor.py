"""Label Studio's editor in a real browser, worked with mouse and keys as an annotator does."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, TimeoutError

from browser.scripts import MODEL, NUMBER, PLACE, TEXT

Place = tuple[int, int]
"""Start and end of a region, in code points."""


class Editor:
    """One page with the editor open on a task."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.text = ""
        self._released = (0.0, 0.0)

    def log_in(self, email: str, password: str) -> None:
        self.page.goto(f"{self.url}/user/login/")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.click("button[type=submit]")
        self.page.wait_for_url(lambda url: "/user/login" not in url)

    def open(self, project: int, task: int, text: str, *, regions: int = 0) -> None:
        """Open a task that shows this many regions.

        While the list of tasks beside it is still being read, the editor may open a task
        that has an annotation as if it had none; it is loaded again then.
        """
        self.text = text
        for _ in range(4):
            self.page.goto(f"{self.url}/projects/{project}/data?task={task}")
            self.page.wait_for_selector(TEXT)
            self.page.wait_for_function(f"() => window.Htx && {MODEL}")
            try:
                self.until_regions(regions, patience=8000)
            except TimeoutError:
                continue
            self.page.wait_for_timeout(200)
            return
        raise AssertionError(f"task {task} does not show {regions} regions")

    def open_list(self, project: int) -> None:
        """The list of the project's tasks."""
        self.page.goto(f"{self.url}/projects/{project}/data")
        self.page.get_by_role("button", name="Label All Tasks").wait_for()

    def open_stream(self, project: int, text: str) -> None:
        """Press Label All Tasks: one task after the other, as an annotator gets them."""
        self.text = text
        self.open_list(project)
        self.page.get_by_role("button", name="Label All Tasks").click()
        self.page.wait_for_selector(TEXT)
        self.until_regions(0)

    def region_count(self) -> int:
        return int(self.page.evaluate(f"() => {MODEL}.regionStore.regions.length"))

    def mark(self, key: str, words: str, nth: int = 0) -> Place:
        """Press a label's key and drag over the words; their place."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        end = start + len(words)
        before = self.region_count()
        self.page.keyboard.press(key)
        self.page.wait_for_function(f"() => {MODEL}.names.get('span').isSelected")
        place = self._place(start, end)
        mouse = self.page.mouse
        if math.dist(self._released, place["to"]) < 10:
            self.page.wait_for_timeout(500)  # else the editor takes the two for a double click
        self._released = tuple(place["to"])
        mouse.move(*place["from"])
        mouse.down()
        middle = [(a + b) / 2 for a, b in zip(place["from"], place["to"], strict=True)]
        mouse.move(*middle, steps=3)
        mouse.move(*place["to"], steps=3)
        mouse.up()
        self.until_regions(before + 1)
        return start, end

    def _place(self, start: int, end: int) -> dict[str, list[float]]:
        """Where the mouse goes; asked until the page has come to rest."""
        before = None
        while True:
            found = self.page.evaluate(PLACE, [TEXT, start, end])
            if found == before:
                return dict(found)
            before = found
            self.page.wait_for_timeout(40)

    def until_regions(self, wanted: int, *, patience: float = 30_000) -> None:
        self.page.wait_for_function(
            f"n => {MODEL}.regionStore.regions.length === n", arg=wanted, timeout=patience
        )

    def number(self, place: Place) -> int:
        """The number that the list beside the text gives the region at a place."""
        found = self.page.evaluate(NUMBER, list(place))
        assert found is not None, f"no region at {place}"
        return int(found)

    def item(self, place: Place) -> Locator:
        """The line of a region in the list beside the text."""
        number = self.page.locator(".lsf-outliner-item__index")
        exact = re.compile(f"^{self.number(place)}$")
        return self.page.locator(".lsf-outliner-item").filter(has=number.get_by_text(exact))

    def choose(self, place: Place) -> None:
        """Click a region in the list, so that its form opens."""
        self.item(place).click()
        self.page.wait_for_selector(".ns-form:visible")

    def leave(self) -> None:
        self.page.keyboard.press("Escape")

    def field(self, control: str) -> Locator:
        return self.page.locator(f"#ns-{control}")

    def pick(self, control: str, shown: str) -> None:
        self.field(control).locator(f'label:has(input[name="{shown}"])').click()

    def type(self, control: str, value: str, *, enter: bool = True) -> None:
        field = self.field(control).locator("input")
        field.fill(value)
        if enter:
            field.press("Enter")

    def relate(
        self,
        head: Place,
        tail: Place,
        labels: Sequence[str],
        showing: Callable[[], None] = lambda: None,
    ) -> None:
        """Draw a relation from one region to another and pick its labels.

        `showing` is called when the labels are there to be picked.
        """
        self.choose(head)
        self.page.keyboard.press("Alt+r")
        self.item(tail).click()
        self._tab("Relations")
        row = self.page.locator(".lsf-relations__item").filter(
            has_text=re.compile(rf"^{self.number(head)}[A-Z][a-z]+{self.number(tail)}[A-Z]")
        )
        row.hover()
        row.get_by_role("button", name="Show Relation Labels").click()
        row.locator(".lsf-relation-meta button").click()
        self.page.get_by_test_id(f"select-option-{labels[0]}").wait_for()
        showing()
        for label in labels:
            self.page.get_by_test_id(f"select-option-{label}").click()
        self.page.keyboard.press("Escape")
        row.hover()
        row.get_by_role("button", name="Hide Relation Labels").click()
        self._tab("Regions")
        self.leave()

    def _tab(self, name: str) -> None:
        tabs = self.page.locator(".lsf-panel-tabs__tab").get_by_text(name, exact=True)
        tabs.locator("visible=true").last.click()

    def note(self, place: Place, words: str) -> None:
        """Leave a note on a region."""
        self.choose(place)
        self.page.keyboard.press("Alt+m")
        field = self.page.locator(".lsf-detailed-region textarea, [class*=region-meta] textarea")
        field.fill(words)
        field.press("Enter")
        self.leave()

    def press(self, keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def delete(self, place: Place) -> None:
        before = self.region_count()
        self.choose(place)
        self.page.keyboard.press("Backspace")
        self.until_regions(before - 1)

    def undo(self) -> None:
        self.page.keyboard.press("Control+z")

    def redo(self) -> None:
        self.page.keyboard.press("Control+Shift+z")

    def submit(self) -> None:
        """Press Submit or Update and wait until the server has it."""
        with self.page.expect_response(
            lambda r: "/annotations" in r.url and r.request.method in ("POST", "PATCH")
        ) as caught:
            self.page.locator("button[name=submit], button[name=update]").first.click()
        assert caught.value.ok, caught.value.status

    def skip(self) -> None:
        with self.page.expect_response(lambda r: "/annotations" in r.url) as caught:
            self.page.get_by_role("button", name="skip").click()
        assert caught.value.ok, caught.value.status

    def answers(self) -> list[dict[str, Any]]:
        """The results as the editor would send them now."""
        return list(self.page.evaluate(f"() => {MODEL}.serializeAnnotation()"))

    def chosen(self, control: str) -> list[str]:
        """What the editor would store now for a control of choices, over all regions."""
        return [
            value
            for result in self.answers()
            if result.get("from_name") == control
            for value in result["value"]["choices"]
        ]

    def picked(self, control: str) -> list[str]:
        """The choices that are shown as picked."""
        boxes = self.field(control).locator("input:checked").all()
        return [box.get_attribute("name") or "" for box in boxes]
