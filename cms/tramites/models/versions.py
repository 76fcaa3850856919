"""What is public: a tramite, its current version, and every version it ever had."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from cms.directory.models import Entidad, Tema
from cms.tramites.schema import Nivel, placeholders, seal


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
    """One sentence of a ficha in another language, with the digest of the Spanish it translates."""

    class Estado(models.TextChoices):
        BORRADOR = "borrador", "borrador de máquina"
        TRADUCIDO = "traducido", "traducido, sin revisar"
        REVISADO = "revisado", "revisado por un hablante"

    codigo = models.SlugField(max_length=200, db_index=True)
    clave = models.CharField(max_length=120)
    locale = models.CharField(max_length=5, default="qu")
    texto = models.TextField()
    sello = models.CharField(max_length=12, blank=True)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.TRADUCIDO)
    variedad = models.CharField(max_length=5, default="quy")
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["codigo", "clave", "locale"], name="word_once_per_locale")
        ]
        verbose_name = "traducción"
        verbose_name_plural = "traducciones"

    def __str__(self) -> str:
        return f"{self.codigo} {self.clave} ({self.locale})"

    def clean(self) -> None:
        """Seals the sentence with the Spanish now public; refuses one that translates nothing, or fills in nothing."""
        tramite = Tramite.objects.public().select_related("version").filter(codigo=self.codigo).first()
        spanish = tramite.version.payload["es"].get(self.clave) if tramite and tramite.version else None
        if spanish is None:
            raise ValidationError({"clave": "La ficha publicada no tiene una frase con esa clave."})
        if placeholders(self.texto) != placeholders(spanish):
            wanted = ", ".join(sorted(placeholders(spanish))) or "ninguno"
            raise ValidationError(
                {"texto": f"Debe llevar los mismos datos entre llaves que el castellano: {wanted}."}
            )
        self.sello = seal(spanish)
