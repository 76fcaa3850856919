"""A package: many fichas of one entity that change together, by one norm, with one approval."""

from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from cms.directory.models import Entidad
from cms.editing.proposals import Accion
from cms.tramites.models import Version

ACCIONES = [(accion.value, accion.value) for accion in Accion]


class Estado(models.TextChoices):
    BORRADOR = "borrador", "borrador"
    ENVIADO = "enviado", "espera aprobación"
    APROBADO = "aprobado", "aprobado, espera su fecha"
    VIGENTE = "vigente", "en vigor"
    DESHECHO = "deshecho", "deshecho"
    RECHAZADO = "rechazado", "rechazado"
    DETENIDO = "detenido", "detenido"


class Origen(models.TextChoices):
    HOJA = "hoja", "hoja de cálculo"
    MANUAL = "manual", "a mano"
    CONFIRMACION = "confirmacion", "respuesta de la entidad"


# What was public because of a package is told for ever as it was.
SEALED = frozenset({Estado.VIGENTE, Estado.DESHECHO})


def file_path(package: "Paquete", name: str) -> str:
    return f"paquetes/{package.entidad.codigo}/{name}"


class Paquete(models.Model):
    """`en_vigor_at` None means: when it is approved. `manos` are all who put something into it: none may approve it."""

    titulo = models.CharField("título", max_length=200)
    entidad = models.ForeignKey(Entidad, on_delete=models.PROTECT, related_name="paquetes")
    norma = models.CharField("norma que lo dispone", max_length=200, blank=True)
    norma_fecha = models.DateField("fecha de publicación de la norma", null=True, blank=True)
    nota = models.TextField("nota pública: qué cambia", max_length=1000, blank=True)
    en_vigor_at = models.DateTimeField("entra en vigor", null=True, blank=True)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.BORRADOR, db_index=True)
    origen = models.CharField(max_length=12, choices=Origen, default=Origen.MANUAL)
    resolucion = models.FileField(upload_to=file_path, max_length=300, blank=True)
    resolucion_nombre = models.CharField(max_length=200, blank=True)
    resolucion_sello = models.CharField(max_length=64, blank=True)
    hoja = models.FileField(upload_to=file_path, max_length=300, blank=True)
    hoja_nombre = models.CharField(max_length=200, blank=True)
    hoja_sello = models.CharField(max_length=64, blank=True)
    # What could not be read of the sheet: {fila, columna, mensaje, level}.
    problemas = models.JSONField(default=list, blank=True)
    # What a person said, for this package, of each header of its sheet: {header: {columna, por, at, celdas}}. `celdas` are
    # the filled cells below it in the sheet read last.
    columnas = models.JSONField(default=dict, blank=True)
    # What was said of what the sheet leaves open: {pagos, plazos, nombres: {codigo: nombre}, por, at}.
    respuestas = models.JSONField(default=dict, blank=True)
    # The sheet's own warnings that were accepted: id -> {por, by, at, porque, mensaje}.
    avisos = models.JSONField(default=dict, blank=True)
    manos = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    creado_at = models.DateTimeField(auto_now_add=True)
    enviado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    enviado_at = models.DateTimeField(null=True)
    aprobado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    aprobado_at = models.DateTimeField(null=True)
    vigente_at = models.DateTimeField(null=True)
    deshecho_at = models.DateTimeField(null=True)
    # One person may undo; until somebody else has looked at it, it waits under "por mirar otra vez".
    deshecho_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    mirado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    mirado_at = models.DateTimeField(null=True)
    # The digest of exactly what was approved, and why the package stands where it stands.
    sello = models.CharField(max_length=64, blank=True)
    porque = models.TextField(blank=True)
    # Grows with each change of a draft: what was worked out from one edition is not written into another.
    edicion = models.PositiveIntegerField(default=0)
    # Who is still to be written that it stopped, and why: {a: [ids of accounts], porque, at}.
    por_avisar = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = "paquete TUPA"
        verbose_name_plural = "paquetes TUPA"

    def __str__(self) -> str:
        return f"{self.titulo} ({self.get_estado_display()})"

    @property
    def subject(self) -> str:
        """What the audit calls it."""
        return f"paquete/{self.pk}"

    @property
    def rige_at(self) -> datetime | None:
        """Since when what it changes holds: its planned moment, or that of its approval where that came later."""
        if self.aprobado_at is None or self.en_vigor_at is None:
            return self.aprobado_at or self.en_vigor_at
        return max(self.en_vigor_at, self.aprobado_at)

    @property
    def publica(self) -> str:
        """The norm with its date, as the public history of each ficha tells it."""
        return f"{self.norma}, publicada el {self.norma_fecha:%d/%m/%Y}" if self.norma_fecha else self.norma

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        if self.estado in SEALED:
            raise TypeError("a package that was in force is kept for ever")
        return super().delete(*args, **kwargs)


class Partida(models.Model):
    """One ficha of a package: as it would be, and what it was compared with.

    `base` and `base_sello` name the public ficha (its version, and the digest of its facts and Spanish words), the other
    two the page's latest revision (its id, and the digest of what it says, because saving by itself overwrites one). `payload` has no Quechua.
    `resultado` is what would be public of it, word for word as it was sent for approval: no later code works it out anew.
    """

    paquete = models.ForeignKey(Paquete, on_delete=models.PROTECT, related_name="partidas")
    codigo = models.SlugField(max_length=200, db_index=True)
    nombre = models.CharField(max_length=300)
    accion = models.CharField(max_length=8, choices=ACCIONES)
    payload = models.JSONField(null=True)
    resultado = models.JSONField(null=True)
    fila = models.PositiveIntegerField(null=True)
    motivo = models.TextField(blank=True)
    reemplazo = models.SlugField(max_length=200, blank=True)
    origen = models.CharField(max_length=12, choices=Origen)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    base = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    base_sello = models.CharField(max_length=64, blank=True)
    base_revision = models.PositiveIntegerField(default=0)
    base_revision_sello = models.CharField(max_length=64, blank=True)
    # Finding id -> {por, at, porque}.
    avisos = models.JSONField(default=dict, blank=True)
    # Aspects whose old doubt was taken out: it stays out when the sheet is uploaded again.
    sin_duda = models.JSONField(default=list, blank=True)
    antes = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    despues = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    # What the page's latest revision and the feed's change were once it was live.
    revision_despues = models.PositiveIntegerField(default=0)
    cambio = models.PositiveIntegerField(default=0)
    # Of what came back from a withdrawal, what its old address said: {motivo, reemplazo}.
    retiro_antes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["paquete", "codigo"], name="ficha_once_per_package")]
        verbose_name = "ficha de un paquete"
        verbose_name_plural = "fichas de un paquete"

    def __str__(self) -> str:
        return f"{self.codigo}: {self.accion}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_once_sealed()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse_once_sealed()
        return super().delete(*args, **kwargs)

    def _refuse_once_sealed(self) -> None:
        if Paquete.objects.filter(pk=self.paquete_id, estado__in=SEALED).exists():
            raise TypeError("what a package in force holds is not changed")


class Acta(models.Model):
    """One page on what a package changed, with the names as they were that day. Only ever added."""

    class Tipo(models.TextChoices):
        VIGENCIA = "vigencia", "entrada en vigor"
        DESHECHO = "deshecho", "se deshizo"

    paquete = models.ForeignKey(Paquete, on_delete=models.PROTECT, related_name="actas")
    tipo = models.CharField(max_length=10, choices=Tipo)
    contenido = models.JSONField()
    sello = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["paquete", "tipo"], name="acta_once_per_kind")]
        verbose_name = "acta"
        verbose_name_plural = "actas"

    def __str__(self) -> str:
        return f"acta {self.paquete_id} ({self.tipo})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("an acta is not changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("an acta is not deleted")


class Correspondencia(models.Model):
    """Which column of an entity's own sheet is which field of the ficha; said once, used for its next sheets."""

    entidad = models.OneToOneField(Entidad, on_delete=models.CASCADE, related_name="correspondencia")
    columnas = models.JSONField(default=dict)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "correspondencia de columnas"
        verbose_name_plural = "correspondencias de columnas"

    def __str__(self) -> str:
        return f"columnas de {self.entidad_id}"
