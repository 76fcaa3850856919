import json
import os
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from cms.accounts.models import User
from cms.accounts.roles import Role

# name, roles (none: an administrator), speaks Quechua
ACCOUNTS: tuple[tuple[str, tuple[Role, ...], bool], ...] = (
    ("editora", (Role.EDITOR,), False),
    ("revisora", (Role.REVIEWER, Role.PUBLISHER), False),
    ("traductora", (Role.TRANSLATOR,), True),
    ("agente-es", (Role.AGENT,), False),
    ("agente-qu", (Role.AGENT,), True),
    ("supervisora", (Role.SUPERVISOR,), False),
    ("admin", (), False),
)
# What citizens call those they may talk to.
PUBLIC_NAMES = {"agente-es": "Rosa", "agente-qu": "Quilla", "supervisora": "Sonia"}


class Command(BaseCommand):
    help = "Makes the demonstration accounts, only with MAC_DEMO=1; passwords are made once and kept."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demonstration accounts exist only with MAC_DEMO=1")
        path = settings.DATA_DIR / "demo-accounts.json"
        passwords: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        for name, roles, quechua in ACCOUNTS:
            passwords.setdefault(name, secrets.token_urlsafe(12))
            self._account(name, roles, passwords[name], quechua=quechua)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(passwords, file, indent=2)
        self.stdout.write(f"{len(passwords)} accounts; passwords in {path}")

    def _account(self, name: str, roles: tuple[Role, ...], password: str, *, quechua: bool) -> None:
        user, _ = User.objects.get_or_create(username=name)
        user.speaks_quechua = quechua
        user.first_name = user.first_name or PUBLIC_NAMES.get(name, "")
        user.is_staff = user.is_superuser = not roles
        if not user.check_password(password):
            user.set_password(password)
        user.save()
        user.groups.set([Group.objects.get_or_create(name=str(role))[0] for role in roles])
