"""What stands against a package: errors that stop it, and warnings somebody must accept by name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from wagtail.models import WorkflowState

from cms.editing.packages.bases import Base, bases_of
from cms.editing.packages.models import SEALED, Estado, Origen, Paquete, Partida
from cms.editing.packages.results import Result
from cms.editing.proposals import Accion
from cms.tramites.models import Palabra
from cms.tramites.preflight import Level
from cms.tramites.preflight.current import found_beside
from cms.tramites.queries import public_tramites
from cms.tramites.schema import Ficha, seal

# Ids of what is said of a ficha's page, or of the step from what was public: accepted for this package only.
OF_THE_PAGE = ("pagina.", "duda-que-queda.", "costo-salta.")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing found about one ficha. `aceptado` says who accepted it, when and why; `estaba` that it is in what is
    public already, so that nobody is asked about it again.
    """

    id: str
    level: str
    mensaje: str
    base: str = ""
    estaba: bool = False
    aceptado: dict[str, Any] | None = None

    @property
    def doubt(self) -> str:
        """The aspect whose old doubt this is about; it can be taken out with a button. Empty for the rest."""
        return self.id.split(".")[1] if self.id.startswith("duda-que-queda.") else ""

    @property
    def one_by_one(self) -> bool:
        """Whether it is accepted by itself only: what would be said to citizens beside a new figure is read first."""
        return bool(self.doubt)

    @property
    def pending(self) -> bool:
        return self.level == Level.AVISO and self.aceptado is None and not self.estaba


def checks(package: Paquete, found: Iterable[Result]) -> dict[str, list[Check]]:
    """What there is to say of each ficha that the package touches, gravest first; by its code."""
    touched = [result for result in found if result.touches]
    places = _Places(package, touched)
    return {result.item.codigo: _sorted(_of(result, places), result.item) for result in touched}


class _Places:
    """What is asked of the database once for the whole package."""

    def __init__(self, package: Paquete, touched: list[Result]) -> None:
        codes = [result.item.codigo for result in touched]
        self.package = package
        self.bases = bases_of(codes)
        self.arriving = {r.item.codigo for r in touched if r.after}
        self.leaving = {r.item.codigo for r in touched if not r.after}
        replacements = {r.item.reemplazo for r in touched if r.item.reemplazo}
        self.public = set(public_tramites().filter(codigo__in=replacements).values_list("codigo", flat=True))
        others = (
            Partida.objects.filter(codigo__in=codes).exclude(paquete=package).exclude(accion=Accion.IGUAL)
        )
        done = [*SEALED, Estado.RECHAZADO, Estado.DETENIDO]
        self.elsewhere = dict(
            others.exclude(paquete__estado__in=done).values_list("codigo", "paquete__titulo")
        )
        pages = [str(base.page.pk) for base in self.bases.values() if base.page]
        self.in_review = set(
            WorkflowState.objects.active().filter(object_id__in=pages).values_list("object_id", flat=True)
        )


def _of(result: Result, places: _Places) -> list[Check]:
    base = places.bases[result.item.codigo]
    found = [*_of_the_page(result.item, base, places)]
    if result.after is None:
        return [*_of_a_withdrawal(result.item, places), *found]
    return [*_by_law(result.after, result.before), *_untranslated(result), *found]


def _by_law(ficha: Ficha, before: Ficha | None) -> list[Check]:
    standing = finding_ids(before) if before else set()
    found = found_beside(ficha, before)
    return [Check(f.id, str(f.level), f.mensaje, f.base, f.id in standing) for f in found]


def finding_ids(ficha: Ficha) -> set[str]:
    """What the rules find in a ficha as it stands, with nothing changed."""
    return {finding.id for finding in found_beside(ficha, ficha)}


def _untranslated(result: Result) -> list[Check]:
    """How much Quechua falls behind: said here, because citizens will read those sentences in Spanish meanwhile."""
    before, after = result.before, result.after
    if before is None or after is None:
        return []
    changed = {
        key: seal(after.es[key])
        for key in before.qu
        if before.quechua(key) and after.es.get(key) and seal(after.es[key]) != seal(before.es[key])
    }
    # What was translated ahead, or for this Spanish when it was public before, holds at once.
    ahead = Palabra.objects.filter(codigo=after.codigo, locale="qu", sello__in=changed.values())
    known = set(ahead.exclude(estado=Palabra.Estado.BORRADOR).values_list("clave", "sello"))
    behind = [key for key, sello in changed.items() if (key, sello) not in known]
    if not behind:
        return []
    message = (
        f"Frases en quechua que quedarán sin traducción al día: {len(behind)}. Se mostrarán en castellano."
    )
    return [Check("quechua", Level.INFORMACION, message)]


def _of_a_withdrawal(item: Partida, places: _Places) -> list[Check]:
    found = []
    if not (item.motivo.strip() or item.reemplazo):
        message = "Di por qué se retira, o qué ficha la reemplaza: su dirección lo explicará."
        found.append(Check("retiro.motivo", Level.ERROR, message))
    if item.reemplazo and item.reemplazo in places.leaving:
        found.append(
            Check("retiro.reemplazo", Level.ERROR, f"El reemplazo {item.reemplazo} también se retira.")
        )
    elif item.reemplazo and item.reemplazo not in places.public | places.arriving:
        message = f"El reemplazo {item.reemplazo} no es una ficha pública ni está en este paquete."
        found.append(Check("retiro.reemplazo", Level.ERROR, message))
    return found


def _of_the_page(item: Partida, base: Base, places: _Places) -> list[Check]:
    found = []
    if item.codigo in places.elsewhere:
        message = f"También está en el paquete «{places.elsewhere[item.codigo]}»: el que llegue después se detendrá."
        found.append(Check("pagina.otro-paquete", Level.AVISO, message))
    if base.has_draft and item.origen != Origen.MANUAL:
        message = "Hay un borrador sin publicar de esta ficha: el paquete no lo incluye y lo deja atrás."
        found.append(Check(f"pagina.borrador.{base.revision_id}", Level.AVISO, message))
    if base.page and str(base.page.pk) in places.in_review:
        found.append(
            Check("pagina.revision", Level.AVISO, "La ficha está en revisión: esa revisión se cancelará.")
        )
    if base.revision and base.revision.approved_go_live_at:
        found.append(
            Check("pagina.programada", Level.AVISO, "La ficha tiene un cambio programado: se anulará.")
        )
    return found


ORDER = {Level.ERROR: 0, Level.AVISO: 1, Level.INFORMACION: 2}


def _sorted(found: list[Check], item: Partida) -> list[Check]:
    told = [replace(check, aceptado=item.avisos.get(check.id)) for check in found]
    return sorted(told, key=lambda check: ORDER[Level(check.level)])
