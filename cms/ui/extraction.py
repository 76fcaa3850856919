"""The messages that code and templates ask to be translated, found without GNU gettext.

Python is read as a syntax tree; templates go through Django's own `templatize`, which turns their tags into calls.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

TRANSLATION = "django.utils.translation"
# The place of each argument: (context, singular, plural).
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(rf"(?<!\w)(_|n?p?gettext)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)")


class UnreadableMessage(Exception):
    """A message that is not written out where it is asked for, so that nobody can translate it."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a catalogue finds a message by."""

    context: str
    singular: str


@dataclass(frozen=True, slots=True)
class Message:
    key: Key
    plural: str
    where: str


def messages_of(path: Path) -> Iterator[Message]:
    """The messages of one Python file or template; raises UnreadableMessage naming file and line."""
    text = path.read_text(encoding="utf-8")
    yield from (_in_python if path.suffix == ".py" else _in_template)(text, str(path))


def _in_python(text: str, name: str) -> Iterator[Message]:
    tree = ast.parse(text, name)
    known = dict(_imported_names(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := _function(node, known)):
            yield _message(function, _arguments(node, function, name), f"{name}:{node.lineno}")


def _imported_names(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The local name of each translating function this module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION:
            yield from (
                (alias.asname or alias.name, alias.name) for alias in node.names if alias.name in CALLS
            )


def _function(node: ast.Call, known: dict[str, str]) -> str:
    if isinstance(node.func, ast.Name):
        return known.get(node.func.id, "")
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value).endswith("translation"):
        return node.func.attr if node.func.attr in CALLS else ""
    return ""


def _arguments(node: ast.Call, function: str, name: str) -> list[str]:
    needed = 1 + max(place for place in CALLS[function] if place is not None)
    values = [arg.value for arg in node.args[:needed] if isinstance(arg, ast.Constant)]
    if len(values) < needed:
        raise UnreadableMessage(f"{name}:{node.lineno}: write the sentence out inside {function}()")
    return [str(value) for value in values]


def _message(function: str, arguments: list[str], where: str) -> Message:
    context, singular, plural = CALLS[function]
    return Message(
        Key("" if context is None else arguments[context], arguments[singular]),
        "" if plural is None else arguments[plural],
        where,
    )


def _in_template(text: str, name: str) -> Iterator[Message]:
    # Filling characters never hold a quote; what is left of the template is on its own line still.
    source = templatize(text, name)
    for match in _TEMPLATE_CALL.finditer(source):
        function = "gettext" if match[1] == "_" else match[1]
        arguments = [ast.literal_eval(literal) for literal in re.findall(_LITERAL, match[2])]
        yield _message(function, arguments, f"{name}:{source.count(chr(10), 0, match.start()) + 1}")
