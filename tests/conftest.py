"""Hypothesis profiles: `ci` is the same on every run, `full` looks further. The live server."""

import os

from hypothesis import HealthCheck, Phase, settings

from headless import chromium  # noqa: F401  for pages and for the editor
from live_server import server  # noqa: F401  a fixture for tests/studio and tests/browser
from typed import run  # noqa: F401  a fixture for commands

# What is printed is the same on GitHub; the test of what differs there says so itself.
os.environ.pop("GITHUB_ACTIONS", None)

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=40,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes; `full` shrinks
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(
    "full",
    settings.get_profile("ci"),
    derandomize=False,
    max_examples=1000,
    phases=list(Phase),
    print_blob=True,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
