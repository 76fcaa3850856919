"""Writes the conversations of some days to the standard output, for analysis; who exported them and why is recorded."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations.export import exported


class Command(BaseCommand):
    help = (
        "Exporta conversaciones (textos cubiertos) como líneas JSON. Queda en la auditoría quién y para qué."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("since", type=date.fromisoformat, help="primer día, AAAA-MM-DD")
        parser.add_argument("until", type=date.fromisoformat, help="último día, AAAA-MM-DD")
        parser.add_argument("--by", required=True, help="la cuenta de supervisión que exporta")
        parser.add_argument("--why", required=True, help="para qué")

    def handle(self, *args: Any, since: date, until: date, by: str, why: str, **options: Any) -> None:
        account = User.objects.filter(username=by).first()
        if account is None or not has_role(account, Role.SUPERVISOR) or not why.strip():
            raise CommandError("Hace falta una cuenta de supervisión en --by y un motivo en --why.")
        record("conversations.exported", f"{since} {until}", by=account, why=why.strip())
        for line in exported(since, until):
            self.stdout.write(line)
