"""Opening a version of a corpus: a folder, a file, a wheel, or a revision of git."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from newspan.corpus.layout import CANONICAL, TABLES, tables_folder
from newspan.corpus.load import Corpus, load
from newspan.errors import Fault, NewspanError
from newspan.formats import read

__all__ = ["opened"]

_TABLE = re.compile(
    rf"newspan/_data/corpus/{TABLES}/(?P<name>({'|'.join(CANONICAL)})/\w+\.parquet)"
)
_MOST = 8 * 2**30
"""Bytes of tables that a wheel or a revision may hold: more is no corpus in a wheel."""


@contextmanager
def opened(version: str, root: Path) -> Iterator[Corpus]:
    """The corpus of a version: what lies at a path, or else in a commit of the checkout `root`.

    A path may be a checkout, a folder of tables, a file of any format, or a wheel of newspan.
    Raises NewspanError where there is neither such a path nor such a commit, or no corpus in it.
    """
    path = Path(version)
    if path.is_dir():
        yield load(path)
    elif path.is_file() and path.suffix == ".whl":
        with TemporaryDirectory(prefix="newspan-") as folder:
            _unpack_wheel(path, Path(folder))
            yield load(Path(folder))
    elif path.is_file():
        yield Corpus.from_documents(read(path))
    else:
        with TemporaryDirectory(prefix="newspan-") as folder:
            _unpack_commit(version, root, Path(folder))
            yield load(Path(folder))


def _unpack_wheel(path: Path, folder: Path) -> None:
    """The tables of a wheel; a name in it never decides where anything is written."""
    try:
        with zipfile.ZipFile(path) as wheel:
            tables = [(m, i) for i in wheel.infolist() if (m := _TABLE.fullmatch(i.filename))]
            if sum(info.file_size for _, info in tables) > _MOST:
                raise NewspanError(Fault("holds more than a corpus can.", "Unpack it.", path))
            for match, info in tables:
                target = folder / match["name"]
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(wheel.read(info))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError) as error:
        raise NewspanError(Fault(f"is no wheel: {error}.", "Build it again.", path)) from error
    if not tables:
        raise NewspanError(Fault("holds no tables of newspan.", "Name a wheel of newspan.", path))


def _unpack_commit(revision: str, root: Path, folder: Path) -> None:
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options",
                  f"{revision}^{{commit}}").decode().strip()  # fmt: skip
    if not commit:
        raise NewspanError(
            Fault(f"{revision!r} is no path here and no commit of {root}.",
                  "Name a folder, a file, a wheel, or a commit; --root names the checkout.")
        )  # fmt: skip
    # From the top: below it, git would look in the packed tree for the folder it is called in.
    inside = _git(root, "rev-parse", "--show-prefix").decode().strip()
    below = tables_folder(root).resolve().relative_to(root.resolve())
    top = Path(_git(root, "rev-parse", "--show-toplevel").decode().strip() or root)
    packed = _git(top, "archive", "--format=tar", f"{commit}:{inside}{below}")
    if not packed:
        raise NewspanError(
            Fault(f"{revision} has no tables in {below}.", "Name a commit that has a built corpus.")
        )
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints; nothing where it fails. Raises NewspanError where there is no git."""
    try:
        done = subprocess.run(  # noqa: S603 -- no shell, and no argument can be an option
            ["git", "-C", str(root), *arguments],  # noqa: S607
            capture_output=True, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise NewspanError(
            Fault("git is not installed.", "Install it, or name folders.")
        ) from error
    return done.stdout if done.returncode == 0 else b""
