"""What every test of the content service may count on: a small seed of real fichas, and a named cast.

Ana is a citizen and has no account. Berta edits, Carlos answers in Spanish, Quilla in Spanish and Quechua,
Sonia supervises, and Diego has no rights: every test of a permission has a Diego.
"""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import TransactionTestCase

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.directory.loading import load_directory
from cms.search.index import this_node
from cms.search.tasks import learn_asked
from cms.tramites.loading import load_fichas
from cms.ui.catalogues import compile_all
from tests import migrated, seeded_rows
from tests.small_seed import lay
from tests.unit.stack.real_system import System

SHARED_SECONDS = 600
BROWSER_SECONDS = 300  # of which a test that passes uses a few: a browser is slow where the machine is busy


def pytest_configure(config: pytest.Config) -> None:
    """A fresh clone has the catalogues as text only; without them every page would be in Spanish."""
    compile_all()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks with `profile`, before -m chooses, whatever opens the database and all that opens views.

    Those who share one running system, of a profile of its own, come last together: it runs beside no other test.
    """
    views = Path(__file__).parent / "integration"
    for item in items:
        if not runs_the_system(item) and (views in item.path.parents or opens_the_database(item)):
            item.add_marker("profile")
    items.sort(key=runs_the_system)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: looked through at each collection of garbage it costs minutes."""
    give_time_for_what_is_shared(session.items)
    gc.collect()
    gc.freeze()


def give_time_for_what_is_shared(items: list[pytest.Item]) -> None:
    """Whoever comes first makes the database, or the site, for all: on a busy machine that alone takes minutes."""
    made: set[tuple[str, Path]] = set()
    for item in items:
        sites = {"site", "line"} & set(getattr(item, "fixturenames", ()))
        shared = {(name, item.path.parent) for name in sites}
        if opens_the_database(item):
            shared.add(("database", Path()))
        if item.get_closest_marker("timeout") is None:
            if shared - made:
                item.add_marker(pytest.mark.timeout(SHARED_SECONDS))
            elif item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.timeout(BROWSER_SECONDS))
        made |= shared


def runs_the_system(item: pytest.Item) -> bool:
    return "embedded_folder" in getattr(item, "fixturenames", ())


def opens_the_database(item: pytest.Item) -> bool:
    named = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(named) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def embedded_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The whole system of the embedded profile, in a folder of its own; whoever needs it comes last (see above)."""
    folder = tmp_path_factory.mktemp("embedded") / "data"
    system = System(folder, {"MAC_PROFILE": "embedded", "MAC_DEMO": "1"})
    yield system
    system.say("down")


@pytest.fixture
def embedded(embedded_folder: System) -> System:
    """Up and whole. The first to ask waits for the start from an empty folder."""
    embedded_folder.say("up")
    return embedded_folder


@pytest.fixture(scope="session")
def small_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with the whole directory and ten of the fichas."""
    return lay(tmp_path_factory.mktemp("content"))


@pytest.fixture(scope="session")
def load_seed(small_content: Path) -> Callable[[], None]:
    """Loads the small seed into the database in use, and brings the search index to it."""

    def load() -> None:
        load_directory(settings.CONTENT_DIR / "directorio")
        load_fichas(small_content, lambda line: None)
        this_node.rebuild()

    return load


@pytest.fixture(scope="session")
def django_db_keepdb() -> Iterator[bool]:
    """Whether a migrated database lies ready where the tests' own is to be; PostgreSQL's is always made anew."""
    database = _sqlite_file()
    yield database is not None and migrated.lay(database)
    if database is not None:
        database.unlink(missing_ok=True)


def _sqlite_file() -> Path | None:
    name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
    return Path(name) if name else None


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: Any, django_db_blocker: Any, load_seed: Callable[[], None]
) -> Iterator[None]:
    """Every database test finds the small seed there; what a test changes is rolled back, or taken out again."""
    database = _sqlite_file()
    with django_db_blocker.unblock():
        if database:
            migrated.keep(database)
        load_seed()
        # Two seconds that no test which measures time should find.
        learn_asked()
        seeded_rows.keep(database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: seeded_rows.restore(database))
        yield


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
def live_seed(transactional_db: None) -> Iterator[None]:
    """The small seed for tests with real commits (threads, processes), and an index of exactly that."""
    this_node.rebuild()
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
