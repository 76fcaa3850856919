"""Deletes what is over its time; with --dry-run only says what that is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.conversations.operations.retention import apply_retention, due


class Command(BaseCommand):
    help = "Borra textos sin cubrir, contactos y conversaciones cuyo plazo venció. --dry-run solo informa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="informa y no borra nada")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        report = due() if dry_run else apply_retention()
        verb = "Se borrarían" if dry_run else "Se borraron"
        self.stdout.write(
            f"{verb}: {report.originals} textos sin cubrir, {report.contacts} contactos, "
            f"{report.conversations} conversaciones. Retenidas por orden: {report.held}."
        )
        for name, number in report.others.items():
            self.stdout.write(f"{verb} también: {number} {name}.")
