"""What is public: a tramite, its current version, and every version it ever had."""

from django.conf import settings
from django.db import models

from cms.directory.models import Entidad, Tema
from cms.tramites.schema import Nivel


class Estado(models.TextChoices):
    PUBLICADO = "publicado", "publicado"
    RETIRADO = "retirado", "retirado"


class TramiteQuerySet(models.QuerySet["Tramite"]):
    def public(self) -> "TramiteQuerySet":
        """The one definition of public, used by every way to read a ficha."""
        return self.filter(estado=Estado.PUBLICADO, version__isnull=False)


class Tramite(models.Model):
    """A tramite's public identity. Its columns repeat the current version's, for lists and filters only."""

    codigo = models.SlugField(max_length=200, unique=True)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PUBLICADO)
    version = models.OneToOneField(
        "tramites.Version", null=True, on_delete=models.PROTECT, related_name="current_of"
    )
    entidad = models.ForeignKey(Entidad, on_delete=models.PROTECT, related_name="tramites")
    nombre = models.CharField(max_length=300)
    nombre_qu = models.CharField(max_length=300, blank=True)
    nivel = models.CharField(max_length=10, choices=[(n.value, n.value) for n in Nivel])
    para_personas = models.BooleanField(default=True)
    para_empresas = models.BooleanField(default=False)
    temas = models.ManyToManyField(Tema, related_name="tramites")
    oficinas = models.ManyToManyField(Entidad, related_name="ofrece")
    reemplazo = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    motivo_retiro = models.TextField(blank=True)

    objects = TramiteQuerySet.as_manager()

    class Meta:
        ordering = ("nombre", "codigo")
        indexes = [models.Index(fields=["estado", "nombre"])]
        verbose_name = "trámite publicado"
        verbose_name_plural = "trámites publicados"

    def __str__(self) -> str:
        return self.nombre


class Version(models.Model):
    """A ficha exactly as it was published. Never changed: an answer given last March can be shown again."""

    tramite = models.ForeignKey(Tramite, on_delete=models.PROTECT, related_name="versions")
    numero = models.PositiveIntegerField()
    payload = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    nota = models.TextField(blank=True)
    norma = models.CharField(max_length=300, blank=True)
    cambios = models.JSONField(default=list)
    # Loaded with a release. Not to be told from `by`: that is empty too once an account is deleted.
    semilla = models.BooleanField(default=False, editable=False)
    # Since which day it holds what it changed, where it took force on a day; a mere correction has none.
    rige = models.DateField(null=True, editable=False)
    # The number of the version it takes back, with the day that one took force.
    deshace = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        ordering = ("-numero",)
        constraints = [
            models.UniqueConstraint(fields=["tramite", "numero"], name="version_number_once"),
        ]
        verbose_name = "versión"
        verbose_name_plural = "versiones"

    def __str__(self) -> str:
        return f"{self.tramite_id} v{self.numero}"


class Palabra(models.Model):
    """One sentence of a ficha in another language: the translation of one Spanish sentence, named by its digest.

    What translated an earlier Spanish stays: it shows translators what changed, and holds again if that Spanish returns.
    """

    class Estado(models.TextChoices):
        BORRADOR = "borrador", "borrador de máquina"
        TRADUCIDO = "traducido", "traducido, sin revisar"
        REVISADO = "revisado", "revisado por un hablante"

    VARIEDADES = (("quy", "Ayacucho (quy)"), ("quz", "Cusco (quz)"))

    codigo = models.SlugField(max_length=200, db_index=True)
    clave = models.CharField(max_length=120)
    locale = models.CharField(max_length=5, default="qu")
    texto = models.TextField()
    castellano = models.TextField(blank=True)
    sello = models.CharField(max_length=12, blank=True, db_index=True)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.TRADUCIDO)
    variedad = models.CharField(max_length=5, default="quy", choices=VARIEDADES)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revisado_at = models.DateTimeField(null=True, blank=True)
    # Counts the saves of this sentence: who saves over a number other than the one they read is told.
    edicion = models.PositiveIntegerField(default=1)
    # The save that was the release's own, 0 for none: while it is the last, the next release may write it anew.
    edicion_semilla = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["codigo", "clave", "locale", "sello"], name="word_once_per_locale"
            )
        ]
        verbose_name = "traducción"
        verbose_name_plural = "traducciones"

    def __str__(self) -> str:
        return f"{self.codigo} {self.clave} ({self.locale})"
