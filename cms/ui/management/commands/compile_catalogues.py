"""Compiles the catalogues, so that Django can read them."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.ui.catalogues import CMS, catalogue_files, compile_all


class Command(BaseCommand):
    help = "Compiles every cms/*/locale/*/LC_MESSAGES/django.po that has changed."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        written = compile_all()
        for path in written:
            self.stdout.write(f"catalogue: {path.relative_to(CMS)}")
        self.stdout.write(f"{len(written)} of {len(list(catalogue_files()))} catalogues compiled")
