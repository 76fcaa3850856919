"""`role give ana redacción reniec`, `role take ana publicación`, `role list ana`: the screen, for the console."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.tramites.people import PORTAL_ROLES, give_role, roles_held, take_role


class Command(BaseCommand):
    help = "Gives a person a role, for the whole portal or at one entity, takes it away, or lists what they have."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("give", "take", "list"))
        parser.add_argument("username")
        parser.add_argument("role", nargs="?", choices=[str(role) for role in PORTAL_ROLES])
        parser.add_argument(
            "entidad", nargs="?", default="", help="code of the entity; none: the whole portal"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"there is no account {options['username']!r}")
        if options["what"] != "list":
            self._change(user, options)
        for role, entidad in roles_held(user):
            self.stdout.write(f"{role} {entidad}".strip())

    def _change(self, user: User, options: dict[str, Any]) -> None:
        if not options["role"]:
            raise CommandError("name the role")
        change = give_role if options["what"] == "give" else take_role
        try:
            change(user, Role(options["role"]), options["entidad"], by=None)
        except ValueError as error:
            raise CommandError(str(error)) from error
