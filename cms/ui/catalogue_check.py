"""Whether every sentence a citizen can meet has its Quechua: one catalogue per app, held against its code."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from cms.ui.catalogues import CATALOGUE
from cms.ui.extraction import Key, Message, UnreadableMessage, messages_of

# Screens of agents and editors, which are in Spanish only.
SPANISH_ONLY_APPS = {"desk"}
SPANISH_ONLY_FILES = {"admin.py", "wagtail_hooks.py"}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def problems(root: Path, installed: Iterable[str]) -> Iterator[str]:
    """As `_problems`, with paths as a reader of the repository knows them."""
    return (line.replace(f"{root.parent}/", "") for line in _problems(root, installed))


def _problems(root: Path, installed: Iterable[str]) -> Iterator[str]:
    """One line for each thing to mend in the apps below `root`.

    `installed` are the folders of apps Django loads catalogues of; messages elsewhere would never be translated.
    """
    apps = {
        path.name: path
        for path in sorted(root.iterdir())
        if path.is_dir() and path.name not in SPANISH_ONLY_APPS
    }
    translations: dict[Key, dict[str, str]] = defaultdict(dict)
    for name, folder in apps.items():
        found, unreadable = _collect(folder)
        yield from unreadable
        if found and name not in installed:
            yield f"{name}: not an installed app, yet {found[0].where} has a message"
        catalogue = folder / CATALOGUE
        entries = {_key(entry): entry for entry in polib.pofile(str(catalogue))} if catalogue.exists() else {}
        yield from _compare(name, found, entries)
        for key, entry in entries.items():
            translations[key][name] = _texts(entry)[0]
    yield from _disagreements(translations)


def _collect(folder: Path) -> tuple[list[Message], list[str]]:
    found: list[Message] = []
    unreadable = []
    for path in _sources(folder):
        try:
            found += messages_of(path)
        except UnreadableMessage as error:
            unreadable.append(str(error))
    return found, unreadable


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts and path.name not in SPANISH_ONLY_FILES:
            yield path
    for suffix in ("html", "txt"):
        yield from sorted(path for path in folder.rglob(f"*.{suffix}") if "templates" in path.parts)


def _key(entry: polib.POEntry) -> Key:
    return Key(entry.msgctxt or "", entry.msgid)


def _texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)] or [entry.msgstr]


def _compare(app: str, found: list[Message], entries: dict[Key, polib.POEntry]) -> Iterator[str]:
    wanted = {message.key: message for message in reversed(found)}
    for key, message in sorted(wanted.items(), key=lambda pair: pair[1].where):
        yield from _entry_problems(app, message, entries.get(key))
    for key in entries.keys() - wanted.keys():
        yield f"{app}: nothing says this any more: {key.singular!r}"


def _entry_problems(app: str, message: Message, entry: polib.POEntry | None) -> Iterator[str]:
    if entry is None or entry.obsolete:
        yield f"{app}: no Quechua for {message.key.singular!r} ({message.where})"
        return
    if not all(_texts(entry)) or entry.fuzzy:
        yield f"{app}: empty or unfinished Quechua for {message.key.singular!r} ({message.where})"
        return
    if (entry.msgid_plural or "") != message.plural:
        yield f"{app}: the plural differs from the code: {message.key.singular!r} ({message.where})"
    wanted = _placeholders(message.plural or message.key.singular)
    if any(_placeholders(text) != wanted for text in _texts(entry)):
        yield f"{app}: placeholders differ in {message.key.singular!r} ({message.where})"


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text.replace("%%", "")))


def _disagreements(translations: dict[Key, dict[str, str]]) -> Iterator[str]:
    """Django merges the catalogues: of two different translations one would win unseen."""
    for key, by_app in translations.items():
        if len(set(by_app.values())) > 1:
            said = "; ".join(f"{app}: {text!r}" for app, text in sorted(by_app.items()))
            yield f"two translations of {key.singular!r}: {said}"
