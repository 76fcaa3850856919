"""Makes the database of the browser tests: the small seed, two agents and their supervisor, three who write, and Aló MAC open whatever the time is.

Run as `python -m tests.functional.prepare <content folder>` with the settings and data directory of the server.
"""

import sys
from datetime import time
from pathlib import Path

import django


def main(content: Path) -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from cms.directory.loading import load_directory
    from cms.search.index import this_node
    from cms.tramites.loading import load_fichas
    from tests import migrated

    call_command("compile_catalogues", verbosity=0)
    if not getattr(settings, "WHITENOISE_USE_FINDERS", False):
        call_command("collectstatic", interactive=False, verbosity=0)
    database = Path(settings.DATABASES["default"]["NAME"])
    migrated.lay(database)
    call_command("migrate", verbosity=0)
    migrated.keep(database)
    load_directory(settings.CONTENT_DIR / "directorio")
    load_fichas(content, lambda line: None)
    this_node.rebuild()
    _open_at_any_time()
    _accounts()


def _open_at_any_time() -> None:
    """A browser's clock is the real one: people are there at night and on holidays too."""
    from cms.directory.queries import alo_mac

    service = alo_mac()
    assert service is not None
    service.horario.all().delete()
    for holiday in (False, True):
        service.horario.create(
            dias=list(range(1, 8)), en_feriados=holiday, abre=time(0, 0), cierra=time(23, 59, 59)
        )


def _accounts() -> None:
    from django.contrib.auth.models import Group

    from cms.accounts.models import User
    from cms.accounts.roles import Role

    for name, quechua, roles in (
        ("carlos", False, [Role.AGENT]),
        ("quilla", True, [Role.AGENT]),
        ("sonia", False, [Role.SUPERVISOR]),
        ("tomasa", True, [Role.TRANSLATOR]),
        ("editora", False, [Role.EDITOR]),
        ("revisora", False, [Role.REVIEWER, Role.PUBLISHER]),
    ):
        account = User.objects.create_user(name, password="una clave de prueba", speaks_quechua=quechua)
        account.seats, account.first_name = 50, name.capitalize()
        account.save()
        account.groups.set([Group.objects.get_or_create(name=str(role))[0] for role in roles])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
