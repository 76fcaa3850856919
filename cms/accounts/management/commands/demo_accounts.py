import json
import os
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from cms.accounts.models import User
from cms.accounts.roles import Role

# name, group, speaks Quechua
ACCOUNTS: tuple[tuple[str, Role | None, bool], ...] = (
    ("editora", Role.EDITOR, False),
    ("revisora", Role.REVIEWER, False),
    ("traductora", Role.TRANSLATOR, True),
    ("agente-es", Role.AGENT, False),
    ("agente-qu", Role.AGENT, True),
    ("supervisora", Role.SUPERVISOR, False),
    ("admin", None, False),
)


class Command(BaseCommand):
    help = "Makes the demonstration accounts, only with MAC_DEMO=1; passwords are made once and kept."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demonstration accounts exist only with MAC_DEMO=1")
        path = settings.DATA_DIR / "demo-accounts.json"
        passwords: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        for name, role, quechua in ACCOUNTS:
            passwords.setdefault(name, secrets.token_urlsafe(12))
            self._account(name, role, passwords[name], quechua=quechua)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(passwords, file, indent=2)
        self.stdout.write(f"{len(passwords)} accounts; passwords in {path}")

    def _account(self, name: str, role: Role | None, password: str, *, quechua: bool) -> None:
        user, _ = User.objects.get_or_create(username=name)
        user.speaks_quechua = quechua
        user.is_staff = user.is_superuser = role is None
        if not user.check_password(password):
            user.set_password(password)
        user.save()
        if role:
            user.groups.set([Group.objects.get_or_create(name=str(role))[0]])
