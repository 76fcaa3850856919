"""Addresses at which a program of somebody else's reads a draft, for a while."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from cms.tramites.models import FichaPage


class DraftLinkQuerySet(models.QuerySet["DraftLink"]):
    def open(self) -> "DraftLinkQuerySet":
        return self.filter(revocado_at=None, expira_at__gt=timezone.now())


class DraftLink(models.Model):
    """One revision as it was when the link was made: what is saved later is not shown by it.

    Of the token only a digest is kept: who reads the database can open nothing.
    """

    page = models.ForeignKey(FichaPage, on_delete=models.CASCADE, related_name="draft_links")
    revision_id = models.PositiveBigIntegerField()
    payload = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)
    creado_at = models.DateTimeField(auto_now_add=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expira_at = models.DateTimeField()
    revocado_at = models.DateTimeField(null=True)
    lecturas = models.PositiveIntegerField(default=0)
    leido_at = models.DateTimeField(null=True)

    objects = DraftLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = "enlace a un borrador"
        verbose_name_plural = "enlaces a borradores"

    def __str__(self) -> str:
        return f"{self.page_id} r{self.revision_id}"

    @property
    def estado(self) -> str:
        if self.revocado_at:
            return "retirado"
        return "abierto" if self.expira_at > timezone.now() else "vencido"
