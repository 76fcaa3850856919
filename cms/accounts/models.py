"""People with an account: editors, agents, supervisors. Citizens have none."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account. What an agent can do follows from groups; which citizens they can serve, from languages."""

    speaks_quechua = models.BooleanField("habla quechua", default=False)
    seats = models.PositiveSmallIntegerField("conversaciones a la vez", default=5)

    class Meta:
        verbose_name = "cuenta"
        verbose_name_plural = "cuentas"

    @property
    def languages(self) -> list[str]:
        return ["es", "qu"] if self.speaks_quechua else ["es"]
