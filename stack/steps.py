"""What must be done before the processes start, in two lanes that run at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stack.configuration import ROOT, Configuration
from stack.databases import Database
from stack.programs import MANAGE, TRAIN

_SEED = ("content/**/*", "cms/tramites/**/*.py", "cms/directory/**/*.py", "uv.lock")
_CATALOGUES = "cms/*/locale/*/LC_MESSAGES/*.po"


@dataclass(frozen=True)
class Step:
    """One command. It is left out while what it reads is unchanged and what it makes is there."""

    name: str
    title: str
    command: tuple[str, ...]
    reads: tuple[str, ...] = ()
    makes: tuple[Path, ...] = ()
    # Steps that must be repeated when this one was done: their result stood on the old one.
    # Within a lane a step is done after those before it.
    after: frozenset[str] = frozenset()
    # Something besides files that the result depends on.
    stands_on: str = ""
    # The step knows better than a fingerprint whether there is something to do.
    always: bool = False


def cms_lane(configuration: Configuration, database: Database) -> list[Step]:
    """Database, texts and index, in order."""
    steps = [
        Step(
            "compile_catalogues",
            "Translations",
            (*MANAGE, "compile_catalogues"),
            reads=(_CATALOGUES, "uv.lock"),
            makes=tuple(po.with_suffix(".mo") for po in sorted(ROOT.glob(_CATALOGUES))),
        ),
        Step(
            "migrate",
            "Database tables",
            (*MANAGE, "migrate", "--noinput"),
            reads=("cms/**/migrations/*.py", "uv.lock"),
            stands_on=database.identity,
            always=not database.has_tables,
        ),
        Step(
            "collectstatic",
            "Style sheets and scripts",
            (*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"),
            reads=("cms/**/static/**/*", "uv.lock"),
            makes=(configuration.static_manifest,),
        ),
        Step(
            "load_content",
            "Fichas, entities and centres",
            (*MANAGE, "load_content"),
            reads=_SEED,
            after=frozenset({"migrate"}),
            stands_on=database.identity,
        ),
        *_search(configuration),
    ]
    return [*steps, _demo_accounts(configuration, database)] if configuration.demo else steps


def _search(configuration: Configuration) -> list[Step]:
    """What search reads: the names, and what people ask."""
    return [
        Step(
            "rebuild_index",
            "Search index",
            (*MANAGE, "rebuild_index", "--anew"),
            reads=(*_SEED, "cms/search/**/*.py", "lenguas/src/**/*.py"),
            makes=(configuration.index_dir,),
            after=frozenset({"load_content"}),
        ),
        Step(
            "learn_asked",
            "What people ask",
            (*MANAGE, "learn_asked"),
            reads=("content/busqueda/*.yaml", "cms/search/**/*.py", "lenguas/src/**/*.py", "uv.lock"),
            makes=(configuration.asked_file,),
            after=frozenset({"load_content"}),
        ),
    ]


def training_lane() -> list[Step]:
    """The assistant; `train` finds out by itself in under a second whether anything has changed."""
    return [Step("train", "Assistant", TRAIN, always=True)]


def _demo_accounts(configuration: Configuration, database: Database) -> Step:
    return Step(
        "demo_accounts",
        "Demo accounts",
        (*MANAGE, "demo_accounts"),
        reads=("cms/accounts/**/*.py",),
        makes=(configuration.demo_accounts_file,),
        after=frozenset({"migrate"}),
        stands_on=database.identity,
    )
