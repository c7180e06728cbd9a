"""What a server answers: JSON, or an error in its own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from newspan.annotations.studio.address import TOKEN
from newspan.errors import Fault, NewspanError, printable

if TYPE_CHECKING:
    import httpx

__all__ = ["decoded", "refuse_failure", "strange"]

_SHOWN = 300
"""Characters of the server's own words in an error."""
_REMEDIES = {
    401: f"Copy your access token from the account page of Label Studio into ${TOKEN}.",
    403: "Ask whoever runs the server for the right to do this.",
    404: "Check the URL, and whether the project is still there.",
    413: "Push fewer documents at a time.",
}
_REMEDY = "Mend what it says, or look into the server's log."


def decoded(place: str, content: bytes) -> Any:
    """The JSON of an answer. Raises NewspanError where it is none."""
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise strange(place) from error


def strange(place: str) -> NewspanError:
    """The error for an answer that Label Studio never gives."""
    return NewspanError(
        Fault(
            printable(f"{place} does not answer as Label Studio does."),
            "Check the URL, and whether a proxy or a login page stands before the server.",
        )
    )


def refuse_failure(place: str, method: str, reply: httpx.Response, secrets: Iterable[str]) -> None:
    """Raise NewspanError where an answer is no success; no secret stands in it."""
    if reply.is_success:
        return
    status = reply.status_code
    if reply.is_redirect:
        said = f"it sends us to {reply.headers.get('Location')}, where no token goes"
        remedy = "Give the address that it names, if you trust it."
    else:
        said, remedy = _words(reply), _REMEDIES.get(status, _REMEDY)
    for secret in filter(None, secrets):
        said = said.replace(secret, "…")
    line = " ".join(said.split())
    short = line[:_SHOWN] + "…" if len(line) > _SHOWN else line
    raise NewspanError(Fault(printable(f"{place} answers {status} to {method}: {short}"), remedy))


def _words(reply: httpx.Response) -> str:
    """What the server says is wrong: `detail` and `validation_errors`, or its text."""
    if "html" in reply.headers.get("Content-Type", ""):
        return "(a page for people)"
    try:
        said = msgspec.json.decode(reply.content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return reply.text
    if not isinstance(said, dict):
        return reply.text
    parts = [said.get("detail"), said.get("validation_errors")]
    found = [p if isinstance(p, str) else msgspec.json.encode(p).decode() for p in parts if p]
    return " ".join(found) or reply.text
