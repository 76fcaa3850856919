"""What a kept page hangs on beside the versions of fichas."""

from django.db import models


class Generation(models.Model):
    """One row: a number that rises whenever something changes that stands on a ficha's page and has no version."""

    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)
