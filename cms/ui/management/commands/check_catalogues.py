"""Fails when a sentence that citizens can meet lacks its Quechua."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from cms.ui.catalogue_check import problems
from cms.ui.catalogues import CMS


class Command(BaseCommand):
    help = "Lists every missing, empty, outdated or unequal entry of the Quechua catalogues; fails if there is one."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        installed = {
            app.name.removeprefix("cms.") for app in apps.get_app_configs() if app.name.startswith("cms.")
        }
        found = list(problems(CMS, installed))
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} entries to mend in cms/*/locale/qu/LC_MESSAGES/django.po")
        self.stdout.write("every message has its Quechua")
