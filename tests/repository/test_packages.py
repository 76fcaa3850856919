"""A new package of ours is checked like the others, or this says where to add it."""

import configparser
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def packages(root: Path) -> set[str]:
    """Our packages at the top, but for the tests and the assistant, which has an environment of its own."""
    found = {path.parent.name for path in root.glob("*/__init__.py")}
    return found - {"tests", "assistant"}


def section(path: Path, name: str) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(path, encoding="utf-8")
    return parser[name]


def test_every_package_has_its_types_checked(root: Path, packages: set[str]) -> None:
    listed = {name.strip() for name in section(root / "mypy.ini", "mypy")["files"].split(",")}
    assert {"cms", "stack"} <= packages
    assert packages - listed == set()


def test_the_direction_of_imports_is_held_for_every_package(root: Path, packages: set[str]) -> None:
    listed = set(section(root / ".importlinter", "importlinter")["root_packages"].split())
    assert listed == packages | {"assistant", "lenguas"}


def test_every_app_has_its_place_in_the_direction_of_imports(root: Path) -> None:
    layers = section(root / ".importlinter", "importlinter:contract:direction")["layers"]
    placed = set(layers.replace("(", " ").replace(")", " ").replace(":", " ").split())
    apps = {path.parent.name for path in (root / "cms").glob("*/__init__.py")} - {"config"}
    assert apps
    assert apps - placed == set()


def test_the_image_of_the_cms_holds_every_package_it_runs(root: Path, packages: set[str]) -> None:
    dockerfile = (root / "stack/images/cms.Dockerfile").read_text(encoding="utf-8")
    wanted = (packages - {"stack"}) | {"content", "lenguas"}
    assert {name for name in wanted if f"COPY {name} {name}\n" not in dockerfile} == set()
