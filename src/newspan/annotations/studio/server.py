"""A Label Studio of one's own on this machine: started, waited for, stopped.

It listens on 127.0.0.1 only, keeps everything in one folder (`data_folder`), and sends nothing
anywhere. The folder's lock is held by the server itself, so that no two servers ever write one
database; and the server ends when whoever started it is gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newspan.annotations.studio.data_folder import (
    ACCOUNT,
    LOG,
    Account,
    account_of,
    hold,
    prepare_database,
    prepare_folder,
)
from newspan.annotations.studio.environment import Environment, prepare_environment, variables
from newspan.errors import Fault, NewspanError, printable

__all__ = ["Server"]

HOST = "127.0.0.1"

_START_SECONDS = 300.0
"""A slow machine under load takes one minute; what takes five will not come."""

_STOP_SECONDS = 15.0
_SHOWN_LINES = 20

Progress = Callable[[str], None]


class Server:
    """Label Studio on a data folder and a port. A context manager that starts and stops it."""

    def __init__(self, folder: Path, port: int, progress: Progress = lambda _: None) -> None:
        """`folder` is new, empty, or one that an earlier server used."""
        self.folder = folder.resolve()
        self.port = port
        self.url = f"http://{HOST}:{port}"
        self._progress = progress
        self._process: subprocess.Popen[bytes] | None = None
        self._account: Account | None = None

    def __repr__(self) -> str:
        return f"Server({str(self.folder)!r}, {self.port})"

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def account(self) -> Account:
        """Who may log in. Raises NewspanError before the first start."""
        if self._account is None:
            raise NewspanError(Fault("the server was never started.", "Start it."))
        return self._account

    @property
    def pid(self) -> int | None:
        """The process of the server, and of its group; None while it does not run."""
        return self._process.pid if self._process is not None else None

    @property
    def log(self) -> Path:
        """What the server says, from its last start on."""
        return self.folder / LOG

    def start(self) -> None:
        """Start the server and wait until it answers; nothing where it runs already.

        Raises NewspanError where the port is busy, another server has the folder, the folder
        holds something else, or the server dies; then nothing is left running.
        """
        if self._process is not None and self._process.poll() is None:
            return
        environment = prepare_environment(self._progress)
        prepare_folder(self.folder)
        lock = hold(self.folder)
        try:
            _check_port(self.port)
            self._account = account_of(self.folder)
            prepare_database(self.folder, environment)
            self._launch(environment, lock)
            self._wait()
        except BaseException:
            self.stop()
            raise
        finally:
            os.close(lock)  # the server holds it on

    def stop(self) -> None:
        """End the server and all it started, and wait for it; nothing where it does not run."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the server at once, as by `kill -9`."""
        self._end(signal.SIGKILL)

    def wait(self) -> None:
        """Wait until the server ends. Raises NewspanError then: nobody asked it to."""
        if self._process is not None:
            self._process.wait()
            raise self._died()

    def _launch(self, environment: Environment, lock: int) -> None:
        account = self.account
        env = variables(self.folder) | {
            "LABEL_STUDIO_HOST": self.url,
            # Other names would let a web page reach the server by a name of its own.
            "LABEL_STUDIO_ALLOWED_HOSTS": f"{HOST},localhost",
            "LABEL_STUDIO_CORS_ALLOW_ALL_ORIGINS": "false",
            "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
            "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
            "LABEL_STUDIO_USERNAME": account.email,
            "LABEL_STUDIO_PASSWORD": account.password,
            "LABEL_STUDIO_USER_TOKEN": account.token,
        }
        command = environment.command(
            "start", "--no-browser", "--internal-host", HOST, "--port", str(self.port)
        )
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603  the command is ours
                command,
                env=env,
                cwd=self.folder,
                stdin=subprocess.PIPE,  # the launcher ends the server when we are gone
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(lock,),
                start_new_session=True,  # Ctrl-C is for us; we end it
                umask=0o077,
            )

    def _wait(self) -> None:
        """Wait until the server answers, and see that it is ours that does."""
        import httpx

        began = time.monotonic()
        self._progress("Starting Label Studio …")
        header = {"Authorization": f"Token {self.account.token}"}
        with httpx.Client(base_url=self.url, trust_env=False, timeout=10.0) as client:
            while time.monotonic() - began < _START_SECONDS:
                if self._process is None or self._process.poll() is not None:
                    raise self._died()
                with contextlib.suppress(httpx.TransportError):
                    if client.get("/health").status_code == httpx.codes.OK:
                        reply = client.get("/api/current-user/whoami", headers=header)
                        self._check_owner(reply)
                        self._progress(f"It answers after {time.monotonic() - began:.0f} s.")
                        return
                time.sleep(0.1)
        raise NewspanError(
            Fault(
                f"Label Studio did not answer within {_START_SECONDS:.0f} s.",
                "Try again when the machine is less busy.",
                self.log,
            )
        )

    def _check_owner(self, reply: Any) -> None:
        """Raise where the server does not know our user."""
        with contextlib.suppress(ValueError, AttributeError):
            if reply.is_success and reply.json().get("email") == self.account.email:
                return
        raise NewspanError(
            Fault(
                f"what answers on {self.url} does not take this account's token "
                f"(HTTP {reply.status_code}).",
                "If you revoked it in Label Studio, write the new one into the file.",
                self.folder / ACCOUNT,
            )
        )

    def _end(self, sign: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        try:
            _signal_group(process.pid, sign)
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            # Whatever is left of the group, also when we are interrupted here.
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdin is not None:
                process.stdin.close()

    def _died(self) -> NewspanError:
        code = self._process.returncode if self._process is not None else None
        return NewspanError(
            Fault(
                f"Label Studio ended by itself (exit code {code}). Its last lines:\n"
                f"{_last_lines(self.log)}\n",
                "Start it again.",
            )
        )


def _signal_group(group: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, sign)


def _check_port(port: int) -> None:
    """Raise where somebody listens on the port, or we may not."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server does: connections of its last run that are closing do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise NewspanError(
                Fault(f"port {port} cannot be used: {reason}.", "Name another one with --port.")
            ) from error


def _last_lines(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return "(there is no log)"
    return printable("\n".join(lines[-_SHOWN_LINES:]))
