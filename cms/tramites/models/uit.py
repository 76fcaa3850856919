"""The UIT of each year: the unit in soles that percentages and limits of fees are worked out with."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Uit(models.Model):
    anio = models.PositiveSmallIntegerField(
        "año", unique=True, validators=[MinValueValidator(1992), MaxValueValidator(2100)]
    )
    monto = models.DecimalField(
        "monto en soles", max_digits=10, decimal_places=2, validators=[MinValueValidator(1)]
    )
    norma = models.CharField(
        max_length=200,
        help_text="El decreto supremo que la fija, con su número: Decreto Supremo 301-2025-EF.",
    )
    fuente = models.CharField("dónde se leyó", max_length=300, blank=True)

    class Meta:
        ordering = ("-anio",)
        verbose_name = "UIT"
        verbose_name_plural = "UIT por año"

    def __str__(self) -> str:
        return f"UIT {self.anio}: S/ {self.monto:,.2f}"
