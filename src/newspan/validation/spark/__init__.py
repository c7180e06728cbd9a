"""The checks on Spark, for a corpus that one machine does not hold."""

from __future__ import annotations

from newspan.validation.spark.run import validate

__all__ = ["validate"]
