"""Label Studio's own environment: made once from hashed versions, apart from everything else.

Label Studio asks for some 160 libraries in versions of its own. They are installed into a
virtual environment in the cache folder of the user, named by what it is made of, so that a
new version of the lock is a new environment. Beside it lies an empty database with Label
Studio's schema, which new data folders start from: to build the schema takes minutes.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from newspan.errors import Fault, NewspanError, printable

__all__ = ["Environment", "prepare_environment", "variables"]

VERSION = "1.23.2"
"""The version of Label Studio; `server.lock` pins it."""

LOCK = Path(__file__).with_name("server.lock")
LAUNCHER = Path(__file__).with_name("launcher.py")

_MARKER = "complete"
"""Written last: without it the folder is the rest of an attempt that was cut off."""

_SHOWN_LINES = 15

Progress = Callable[[str], None]


class Environment:
    """A folder with Label Studio installed, and the database that new folders start from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"
        self.template = folder / "template.sqlite3"

    @property
    def is_complete(self) -> bool:
        """Whether it was made to the end, and the Python under it is still there."""
        return (self.folder / _MARKER).is_file() and self.python.exists()

    def command(self, *arguments: str) -> list[str]:
        """The command line of Label Studio with these arguments."""
        # -I: nothing gets in from the current folder, the launcher's or PYTHON* variables.
        return [str(self.python), "-I", "-u", "-X", "utf8", str(LAUNCHER), *arguments]


def variables(data: Path) -> dict[str, str]:
    """All environment variables that Label Studio gets, to keep its data in the folder.

    Nothing is taken over from ours but where programs and temporary files are: Label Studio
    reads names such as HOST, PORT, USERNAME, PASSWORD and DEBUG, whoever set them.
    """
    taken_over = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {
        **taken_over,
        "HOME": str(data),
        "LANG": "C.UTF-8",
        "LABEL_STUDIO_BASE_DATA_DIR": str(data),
        "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
        "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
        "LABEL_STUDIO_SENTRY_DSN": "",
        "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
        "LABEL_STUDIO_LOG_LEVEL": "WARNING",
    }


def prepare_environment(progress: Progress = lambda _: None) -> Environment:
    """The environment, made now if it is not there yet: some minutes, 800 MB.

    Two processes that ask at once wait for one another. Raises NewspanError where it cannot
    be made; what was begun is then removed.
    """
    environment = Environment(_cache() / _name())
    if environment.is_complete:
        return environment
    with _making(environment.folder) as lock:
        if environment.is_complete:  # another process was quicker
            return environment
        shutil.rmtree(environment.folder, ignore_errors=True)
        try:
            progress(f"Making Label Studio's own environment in {environment.folder}, once.")
            _install(environment.folder, lock, progress)
            progress("Building the schema of its database, once.")
            _make_template(environment, lock)
            (environment.folder / _MARKER).touch()
        except BaseException:
            shutil.rmtree(environment.folder, ignore_errors=True)
            raise
    return environment


def _cache() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    # A relative path is to be ignored, says the specification of the variable.
    base = Path(named) if named.startswith("/") else Path.home() / ".cache"
    return base / "newspan"


def _name() -> str:
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    return f"label-studio-{VERSION}-py{sys.version_info[0]}.{sys.version_info[1]}-{digest}"


@contextlib.contextmanager
def _making(folder: Path) -> Iterator[int]:
    """Hold the right to make the folder; wait for it where another process has it.

    Yields the lock, for the programs that work on the folder to hold it too: they may
    outlive us.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder.with_name(f"{folder.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise NewspanError(
            Fault(
                f"cannot be made: {error.strerror}.",
                "Name another place for caches in $XDG_CACHE_HOME.",
                folder,
            )
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _install(folder: Path, lock: int, progress: Progress) -> None:
    """Make the virtual environment: with uv where that is there, many times faster; or pip."""
    python = str(folder / "bin" / "python")
    wanted = ["--require-hashes", "--quiet", "-r", str(LOCK)]
    uv = _find_uv()
    if uv is not None:
        try:
            _run([uv, "venv", "--quiet", "--python", sys.executable, str(folder)], lock)
            _run([uv, "pip", "install", "--python", python, *wanted], lock)
            return
        except NewspanError:
            # uv does not read pip's settings, which may name the only index that is reached.
            progress("uv could not install it; trying pip.")
            shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder)], lock)
    install = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-compile"]
    _run([*install, *wanted], lock)


def _find_uv() -> str | None:
    beside = Path(sys.executable).with_name("uv")
    return str(beside) if beside.is_file() else shutil.which("uv")


def _make_template(environment: Environment, lock: int) -> None:
    """Let Label Studio build its schema in an empty database: no user, no key, no project."""
    data = environment.folder / "template"
    data.mkdir()
    _run(environment.command("version"), lock, variables(data))
    (data / "label_studio.sqlite3").rename(environment.template)
    shutil.rmtree(data)


def _run(command: Sequence[str], lock: int, env: dict[str, str] | None = None) -> None:
    """Run a command to its end. Raises NewspanError with its last lines where it fails."""
    try:
        done = subprocess.run(  # noqa: S603  the commands are ours
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=(lock,),
        )
    except OSError as error:
        raise NewspanError(
            Fault(f"{command[0]} cannot be run: {error.strerror}.", "Install it again.")
        ) from error
    if done.returncode != 0:
        said = "\n".join(done.stdout.strip().splitlines()[-_SHOWN_LINES:])
        raise NewspanError(
            Fault(
                f"Label Studio {VERSION} could not be installed. The last lines were:\n"
                f"{printable(said)}\n",
                "See that the package index is reached, that 1 GB is free, and that "
                "`python3 -m venv` works (on Debian, python3-venv), and run it again.",
            )
        )
