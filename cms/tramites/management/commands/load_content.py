from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.directory.loading import load_directory
from cms.tramites.loading import load_fichas, load_uit


class Command(BaseCommand):
    help = "Loads the seed of content/: directory, fichas, Quechua. What is already there is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_directory(settings.CONTENT_DIR / "directorio")
        self.stdout.write("directory: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
        self.stdout.write(f"UIT: {load_uit(settings.CONTENT_DIR / 'uit.yaml')} years")
        total, written = load_fichas(settings.CONTENT_DIR / "fichas", self.stdout.write)
        self.stdout.write(f"fichas: {total} in the seed, {written} written")
