"""Distances on the globe."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Points", "kilometres"]

Points = NDArray[np.float64]
"""Rows of latitude and longitude, in degrees (WGS 84)."""
_EARTH_KM = 6371.0088


def kilometres(x: Points, y: Points) -> Points:
    """Great-circle distances between points in degrees, row by row; nan where one is not known."""
    (lat_x, lon_x), (lat_y, lon_y) = np.radians(x).T, np.radians(y).T
    half = (
        np.sin((lat_y - lat_x) / 2) ** 2
        + np.cos(lat_x) * np.cos(lat_y) * np.sin((lon_y - lon_x) / 2) ** 2
    )
    made: Points = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return made
