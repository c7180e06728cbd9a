"""Running one contender in a process of its own, for its time and its peak memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from typing import NamedTuple


class Timing(NamedTuple):
    """Medians over the rounds."""

    seconds: float
    """Wall-clock time of the work alone, without imports."""
    cpu: float
    """CPU time of the work alone, all threads."""
    peak_mb: float
    """Peak resident memory of the whole process, imports included."""


_PROGRAM = """
import importlib, json, resource, sys, time
module, name, *arguments = sys.argv[1:]
prepare = getattr(importlib.import_module(module), name)
work = prepare(*arguments)
cpu, start = time.process_time(), time.perf_counter()
work()
seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([seconds, cpu, peak]))
"""


def run(contenders: dict[str, tuple[str, ...]], rounds: int) -> dict[str, Timing]:
    """Time the contenders in turn, `rounds` times over, so that drift meets all alike.

    A contender is (module, function, arguments): the function imports what it needs and
    returns the work to be timed.
    """
    found: dict[str, list[Timing]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, call in contenders.items():
            done = subprocess.run(
                [sys.executable, "-W", "ignore", "-c", _PROGRAM, *call],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            found[name].append(Timing(*json.loads(done.stdout.splitlines()[-1])))
    return {
        name: Timing(*(statistics.median(values) for values in zip(*timings, strict=True)))
        for name, timings in found.items()
    }


def table(title: str, timings: dict[str, Timing], floor: str, note: str) -> str:
    """The timings as a Markdown table, as ratios to the floor."""
    base = timings[floor]
    lines = [f"### {title}", "", note, "",
             "| | times the floor's time | share of the floor's speed | CPU, ratio | peak MB |",
             "|---|---|---|---|---|"]  # fmt: skip
    for name, t in timings.items():
        lines.append(
            f"| {name} | {t.seconds / base.seconds:.2f} | {base.seconds / t.seconds:.2f} "
            f"| {t.cpu / base.cpu:.2f} | {t.peak_mb:.0f} |"
        )
    return "\n".join([*lines, ""])
