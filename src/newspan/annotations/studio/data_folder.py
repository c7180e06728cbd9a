"""The folder a Label Studio of one's own keeps everything in: database, account, log, lock.

Only its owner can read it. Who may log in is made up at random on first use and stands in
`account.json`. A lock lets one server at a time have the folder.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from pathlib import Path

import msgspec

from newspan.annotations.studio.environment import Environment
from newspan.errors import Fault, NewspanError
from newspan.files import read_json

__all__ = ["Account", "account_of", "hold", "prepare_database", "prepare_folder"]

EMAIL = "annotator@localhost"
DATABASE = "label_studio.sqlite3"
ACCOUNT = "account.json"
LOG = "server.log"
LOCK_FILE = ".newspan-studio.lock"


class Account(msgspec.Struct, frozen=True):
    """Who may log in, and the token of the API. Never shown by `repr`."""

    email: str
    password: str
    token: str

    def __repr__(self) -> str:
        return f"Account({self.email})"


def prepare_folder(folder: Path) -> None:
    """Make the data folder, closed to others; refuse one that holds something else."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_ours = (folder / ACCOUNT).exists() or (folder / LOCK_FILE).exists()
        if not is_ours and any(folder.iterdir()):
            raise NewspanError(
                Fault(
                    "holds files that `newspan studio serve` has not made.",
                    "Name a new folder with --data.",
                    folder,
                )
            )
        folder.chmod(0o700)
        (folder / LOCK_FILE).touch(mode=0o600)
        (folder / ".gitignore").write_text("*\n")  # a password has no place in a repository
    except OSError as error:
        raise NewspanError(
            Fault(f"cannot be used: {error.strerror}.", "Name another with --data.", folder)
        ) from error


def hold(folder: Path) -> int:
    """Open and lock the folder's lock file; the lock lasts while any process has it open."""
    path = folder / LOCK_FILE
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise NewspanError(
            Fault(
                "another Label Studio is running on this folder.",
                "Use that one, or stop it first.",
                folder,
            )
        ) from error
    return handle


def account_of(folder: Path) -> Account:
    """The account of the folder, made up on the first start."""
    path = folder / ACCOUNT
    if path.exists():
        try:
            return msgspec.convert(read_json(path), Account)
        except (NewspanError, msgspec.ValidationError) as error:
            raise NewspanError(
                Fault("is no account.", "Put it back from a copy, or name a new folder.", path)
            ) from error
    account = Account(EMAIL, secrets.token_urlsafe(15), secrets.token_hex(20))
    handle = os.open(path.with_suffix(".new"), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(msgspec.json.encode(account) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    path.with_suffix(".new").rename(path)
    return account


def prepare_database(folder: Path, environment: Environment) -> None:
    """Begin a new folder with the empty database, whose schema is there already."""
    database = folder / DATABASE
    if not database.exists():
        new = folder / f"{DATABASE}.new"
        shutil.copyfile(environment.template, new)
        new.rename(database)
