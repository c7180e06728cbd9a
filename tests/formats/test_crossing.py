"""Ranges that cross, found for all groups at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newspan.formats.label_studio.crossing import crossing
from newspan.text import first_crossing

RANGES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 12), st.integers(1, 8)), max_size=9)


@settings(max_examples=500)
@given(RANGES)
def test_it_is_what_comparing_all_ranges_finds(found: list[tuple[int, int, int]]) -> None:
    group = np.array([g for g, _, _ in found], np.int64)
    starts = np.array([s for _, s, _ in found], np.int64)
    ends = np.array([s + n for _, s, n in found], np.int64)
    by_group = {g: [(s, s + n) for h, s, n in found if h == g] for g in set(group.tolist())}
    expected = any(first_crossing(ranges) is not None for ranges in by_group.values())
    assert crossing(group, starts, ends) == expected
