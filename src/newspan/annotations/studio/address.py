"""The address of a server and the token for it, from the caller or the environment."""

from __future__ import annotations

import os
from ipaddress import ip_address
from urllib.parse import urlsplit

from newspan.errors import Fault, NewspanError

__all__ = ["given", "is_loopback", "server_address", "sound_token"]

URL = "LABEL_STUDIO_URL"
TOKEN = "LABEL_STUDIO_API_KEY"  # noqa: S105 (the name of a variable)


def given(value: str | None, variable: str) -> str:
    """The value, or that of the environment variable. Raises NewspanError without one."""
    found = value if value is not None else os.environ.get(variable, "")
    if not found.strip():
        what = "address of the server" if variable == URL else "access token"
        raise NewspanError(
            Fault(
                f"no {what}: ${variable} is not set.",
                "Set it; `newspan studio serve` starts a server and prints what to set."
                if variable == URL
                else "Copy yours from the account page of Label Studio into it.",
            )
        )
    return found


def server_address(url: str) -> str:
    """The address without a slash at its end. Raises NewspanError where it is none."""
    address = url.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        raise NewspanError(
            Fault("the server's address is none.", "Write it as http://127.0.0.1:8080.")
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        # Not shown: what stands before the host is a password.
        raise NewspanError(
            Fault(
                "the server's address holds more than scheme, host, port and path.",
                f"Leave the rest out; the token goes into ${TOKEN}.",
            )
        )
    return address


def is_loopback(address: str) -> bool:
    """Whether the server is on this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def sound_token(token: str) -> str:
    """The token without white space around it. Raises NewspanError, never showing it."""
    sound = token.strip()
    if not sound or not sound.isascii() or not sound.isprintable() or " " in sound:
        raise NewspanError(
            Fault(
                "the access token has characters that no token has.",
                "Copy it again from the account page of Label Studio.",
            )
        )
    return sound
