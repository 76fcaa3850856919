"""What every test of the content service may count on: a small seed of real fichas, and a named cast.

Ana is a citizen and has no account. Berta edits, Carlos answers in Spanish, Quilla in Spanish and Quechua,
Sonia supervises, and Diego has no rights: every test of a permission has a Diego.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.directory.loading import load_directory
from cms.search.index import this_node
from cms.tramites.loading import load_fichas
from cms.ui.catalogues import compile_all

SMALL_SEED = (
    "reniec-dni-duplicado",
    "reniec-dni-renovacion",
    "reniec-acta-nacimiento",
    "mininter-antecedentes-policiales",
    "pj-antecedentes-penales",
    "inpe-antecedentes-judiciales",
    "migraciones-pasaporte",
    "sis-gratuito",
    "sunarp-vigencia-poder",
    "osce-rnp",
)


def pytest_configure(config: pytest.Config) -> None:
    """A fresh clone has the catalogues as text only; without them every page would be in Spanish."""
    compile_all()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks with `profile`, before -m chooses, whatever opens the database and all that opens views."""
    views = Path(__file__).parent / "integration"
    for item in items:
        if views in item.path.parents or opens_the_database(item):
            item.add_marker("profile")


def opens_the_database(item: pytest.Item) -> bool:
    named = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(named) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def small_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with the whole directory and ten of the fichas."""
    folder = tmp_path_factory.mktemp("content") / "fichas"
    source: Path = settings.CONTENT_DIR / "fichas"
    for language in ("es", "qu"):
        (folder / language).mkdir(parents=True)
        for codigo in SMALL_SEED:
            if (source / language / f"{codigo}.yaml").exists():
                shutil.copy(source / language / f"{codigo}.yaml", folder / language)
    shutil.copy(source / "qu" / "alias.yaml", folder / "qu")
    return folder


@pytest.fixture(scope="session")
def load_seed(small_content: Path) -> Callable[[], None]:
    """Loads the small seed into the database in use, and brings the search index to it."""

    def load() -> None:
        load_directory(settings.CONTENT_DIR / "directorio")
        load_fichas(small_content, lambda line: None)
        this_node.rebuild()

    return load


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any, load_seed: Callable[[], None]) -> None:
    """Every database test finds the small seed there; what a test changes is rolled back."""
    with django_db_blocker.unblock():
        load_seed()


@pytest.fixture
def seeded(db: None) -> None:
    """Names the dependency on the small seed where a test relies on it."""


@pytest.fixture
def fresh_index(db: None) -> Iterator[None]:
    """For tests that publish: what a rolled back test has put into the index is taken out again."""
    this_node.rebuild()
    yield
    this_node.forget()


@pytest.fixture
def live_seed(transactional_db: None, load_seed: Callable[[], None]) -> Iterator[None]:
    """The small seed for tests with real commits (threads, processes); loaded anew, since they end in a flush."""
    load_seed()
    yield
    this_node.forget()


def _account(name: str, *roles: Role, quechua: bool = False) -> User:
    user = User.objects.create_user(username=name, password="una clave de prueba", speaks_quechua=quechua)
    user.groups.set([Group.objects.get_or_create(name=str(role))[0] for role in roles])
    return user


@pytest.fixture
def berta(db: None) -> User:
    return _account("berta", Role.EDITOR)


@pytest.fixture
def carlos(db: None) -> User:
    return _account("carlos", Role.AGENT)


@pytest.fixture
def quilla(db: None) -> User:
    return _account("quilla", Role.AGENT, quechua=True)


@pytest.fixture
def sonia(db: None) -> User:
    return _account("sonia", Role.SUPERVISOR)


@pytest.fixture
def diego(db: None) -> User:
    return _account("diego")
