"""Running one contender in a process of its own, for its time and its peak memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple


class Timing(NamedTuple):
    """Medians over the rounds."""

    seconds: float
    """Wall-clock time of the work alone, without imports."""
    cpu: float
    """CPU time of the work alone, all threads and the processes that have ended."""
    peak_mb: float
    """Peak memory of the process and those it starts, imports included; pages that several
    share are counted once (proportional set size, sampled in a run that is not timed)."""


_EVERY = 0.03
"""Seconds between two looks at the memory."""

_SURE_CPU = 0.1
"""Seconds of CPU below which a ratio says nothing: the clock has steps of a hundredth."""

_PROGRAM = """
import importlib, json, os, sys, time
module, name, *arguments = sys.argv[1:]
prepare = getattr(importlib.import_module(module), name)
work = prepare(*arguments)
before, start = os.times(), time.perf_counter()
work()
seconds, after = time.perf_counter() - start, os.times()
cpu = sum(after[:4]) - sum(before[:4])
print(json.dumps([seconds, cpu]))
"""


_PYTHON = (sys.executable, "-W", "ignore", "-c", _PROGRAM)


def run(
    contenders: dict[str, tuple[str, ...]], rounds: int, *, apart: bool = False
) -> dict[str, Timing]:
    """Time the contenders in turn, `rounds` times over, so that drift meets all alike.

    With `apart`, each has its rounds one after another, the first of them not counted: where
    they share a server, what one leaves behind there would be the other's loss or gain.

    A contender is (module, function, arguments): the function imports what it needs and
    returns the work to be timed.
    """
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    turns = [name for _ in range(rounds) for name in contenders]
    if apart:
        turns = [name for name in contenders for _ in range(rounds + 1)]
    for name in turns:
        done = subprocess.run(
            [*_PYTHON, *contenders[name]], check=True, capture_output=True, text=True
        )
        found[name].append(json.loads(done.stdout.splitlines()[-1]))
    counted = {name: timings[apart:] for name, timings in found.items()}
    return {
        name: Timing(
            *(statistics.median(values) for values in zip(*timings, strict=True)),
            _peak_mb(contenders[name]),
        )
        for name, timings in counted.items()
    }


def _peak_mb(call: tuple[str, ...]) -> float:
    peak = 0
    with subprocess.Popen([*_PYTHON, *call], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_kilobytes, _family(process.pid))))
            time.sleep(_EVERY)
    return peak / 1024


def _family(pid: int) -> list[int]:
    """A process and all that come from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def table(title: str, timings: dict[str, Timing], floor: str, note: str) -> str:
    """The timings as a Markdown table, as ratios to the floor."""
    base = timings[floor]
    lines = [f"### {title}", "", note, "",
             "| | times the floor's time | share of the floor's speed | CPU, ratio | peak MB |",
             "|---|---|---|---|---|"]  # fmt: skip
    for name, t in timings.items():
        cpu = f"{t.cpu / base.cpu:.2f}" if base.cpu >= _SURE_CPU else "–"
        lines.append(
            f"| {name} | {t.seconds / base.seconds:.2f} | {base.seconds / t.seconds:.2f} "
            f"| {cpu} | {t.peak_mb:.0f} |"
        )
    return "\n".join([*lines, ""])
