"""The drawings as a browser lays them out: no word outside, none upon another."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from newspan.browse.plots import charts
from newspan.corpus.load import load
from trees import REPOSITORY

MEASURE = """
const found = {};
for (const box of document.querySelectorAll('div')) {
  const svg = box.firstElementChild, at = svg.getBoundingClientRect(), faults = [];
  const texts = [...svg.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()]);
  for (const [t, r] of texts)
    if (r.left < at.left - 1 || r.right > at.right + 1 || r.top < at.top - 1
        || r.bottom > at.bottom + 1) faults.push('outside: ' + t.textContent);
  texts.forEach(([a, r], i) => { for (const [b, s] of texts.slice(i + 1)) {
    const x = Math.min(r.right, s.right) - Math.max(r.left, s.left);
    const y = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
    const turned = a.hasAttribute('transform') || b.hasAttribute('transform');
    if (x > 1 && y > 4 && !turned) faults.push(a.textContent + ' upon ' + b.textContent);
  }});
  found[box.id] = faults;
}
document.body.textContent = 'MADE' + JSON.stringify(found) + 'END';
"""


@pytest.mark.slow
@pytest.mark.parametrize("font", ["Liberation Sans", "DejaVu Sans"])
def test_words_have_room_in_the_usual_fonts(tmp_path: Path, font: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "There is no Chromium: run `make test`, which installs Debian's."
    drawings = "".join(
        f'<div id="{chart.name}">'
        + re.sub('font-family="[^"]*"', f'font-family="{font}, sans-serif"', chart.svg())
        + "</div>"
        for chart in charts(load(REPOSITORY))
    )
    page = tmp_path / "page.html"
    page.write_text(f"<meta charset=utf-8>{drawings}<script>{MEASURE}</script>", encoding="utf-8")
    done = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
         f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    (told,) = re.findall("MADE(.*)END<", done.stdout)
    found = json.loads(html.unescape(told))
    assert len(found) >= 12
    assert {name: faults for name, faults in found.items() if faults} == {}
