"""Reading YAML as plain values: no objects, no aliases, no key twice."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from newspan.errors import DocumentError, Fault

__all__ = ["packaged_yaml", "parse_yaml"]


def parse_yaml(text: str, path: Path, first_line: int = 1) -> Any:
    """The value of YAML text; `first_line` is the line of the file it begins on.

    Only plain values: no objects, no aliases (a few lines of them stand for gigabytes),
    no key twice.
    """
    try:
        return yaml.load(text, _PlainLoader)  # noqa: S506 -- it is a SafeLoader
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + mark.line if mark is not None else first_line
        problem = getattr(error, "problem", None) or str(error)
        if isinstance(error, RecursionError):
            problem = "it is nested too deeply"
        raise DocumentError(
            Fault(f"is not YAML: {problem}.", "Mend the line.", path, line=line)
        ) from error


@cache
def packaged_yaml(package: str, name: str) -> Any:
    """The value of a YAML file that a package carries, read once a process; not to be changed."""
    return parse_yaml((files(package) / name).read_text("utf-8"), Path(name))


class _PlainLoader(yaml.SafeLoader):
    """Reads plain values only, and a key once."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(
                None, None, f"*{event.anchor} is an alias; write the value out", event.start_mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=deep)
            if not isinstance(key, Hashable):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key must be a word", key_node.start_mark
                )
            if key in found:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} is given twice", key_node.start_mark
                )
            found[key] = self.construct_object(value_node, deep=deep)
        return found
