"""The Spark that the checks run on: the one that is there, or one that is started for them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from newspan.errors import Fault, MissingExtra, NewspanError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["spark_session"]

MASTER = "SPARK_MASTER"
"""Variable of the environment with the master to use instead of the one Spark is set up for."""
_SETTINGS = {
    "spark.sql.ansi.enabled": "false",  # a cast that fails is null, as the views expect
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.maxPlanStringLength": "10000",  # else the plan of many rules fills the driver
}


@contextmanager
def spark_session() -> Iterator[SparkSession]:
    """A session with settings and views of its own, on a Spark that is active or is started.

    What was started is stopped at the end. Raises MissingExtra without the libraries of
    `newspan[spark]`, NewspanError without Java or where Spark does not start.
    """
    try:
        import sqlglot  # noqa: F401  # without it no rule can be read
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtra(
            Fault("the Spark engine needs PySpark and sqlglot.",
                  "Run `pip install 'newspan[validate,spark]'`.")
        ) from error  # fmt: skip
    active = SparkSession.getActiveSession()
    started = _start() if active is None else None
    session = (active or started).newSession()  # type: ignore[union-attr]
    for key, value in _SETTINGS.items():
        session.conf.set(key, value)
    try:
        yield session
    finally:
        if started is not None:
            started.stop()


def _start() -> SparkSession:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    if not _has_java():
        raise NewspanError(
            Fault("Spark needs Java, and there is none.", "Install Java 17, or set JAVA_HOME.")
        )
    builder = SparkSession.builder.appName("newspan validate")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    if master := os.environ.get(MASTER):
        builder = builder.master(master)
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        said = str(error).strip().splitlines()[0]
        raise NewspanError(
            Fault(f"Spark does not start: {said}", "Check Java and the master.")
        ) from error
    context = session.sparkContext
    context.setLogLevel("ERROR")
    if (context.master or "").startswith("local") and "PYSPARK_PYTHON" not in os.environ:
        context.pythonExec = sys.executable  # the one that has newspan, not the first in PATH
    return session


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java" if not home else str(Path(home) / "bin" / "java")) is not None
