"""The desk of one ficha: read it, save one sentence, sign it, send it back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cms.editing.translation import checks, operations
from cms.editing.translation.desk import Frase, Mesa, desk
from cms.editing.translation.rights import NotAllowed, why_not_review
from cms.editing.translation.views.access import may, signed_in, translators_only
from cms.tramites.models import FichaPage, Palabra

VARIETY = "translation_variety"
SAVES = ("guardar", "vigente")


class SentenceForm(forms.Form):
    """One sentence as it comes back. Longer texts than can be kept are let in, to be told so with the text intact."""

    clave = forms.CharField(max_length=120)
    sello = forms.RegexField(r"^[0-9a-f]{12}$")
    edicion = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    variedad = forms.ChoiceField(choices=Palabra.VARIEDADES)
    accion = forms.ChoiceField(
        choices=[(name, name) for name in ("guardar", "vigente", "revisar", "devolver")]
    )
    texto = forms.CharField(max_length=20_000, required=False, strip=False)
    motivo = forms.CharField(max_length=500, required=False)
    acepta = forms.MultipleChoiceField(choices=[(name, name) for name in checks.QUESTIONS], required=False)


@require_GET
@translators_only
def show(request: HttpRequest, codigo: str) -> HttpResponse:
    return _page(request, _desk(request, codigo))


@require_POST
@translators_only
def save(request: HttpRequest, codigo: str) -> HttpResponse:
    """Answers an htmx request with the sentence as it is now (409 and 422 where it was not saved), others with the page."""
    mesa = _desk(request, codigo)
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return HttpResponse("Esa frase no llegó completa. Vuelve a abrir la mesa.", status=400)
    data = form.cleaned_data
    done = _act(request, codigo, data)
    request.session[VARIETY] = data["variedad"]
    mesa = _desk(request, codigo)
    frase = mesa.frase(data["clave"], data["sello"])
    if frase is None:
        return HttpResponse("Esa frase ya no está en la ficha. Tu texto sigue aquí: cópialo.", status=409)
    _tell(frase, data, done)
    if request.headers.get("HX-Request"):
        context = {**_context(request, mesa), "frase": frase, "respuesta": True}
        return render(request, "translation/parts/answer.html", context, status=done.status)
    if done.status != 200:
        return _page(request, mesa, status=done.status)
    messages.success(request, f"{frase.titulo}: {frase.guardada}")
    return HttpResponseRedirect(f"{reverse('translation:desk', args=[codigo])}#{frase.id}")


@dataclass(slots=True)
class Done:
    """What became of a save: its HTTP status, what to say, and the row of somebody else it met."""

    status: int = 200
    said: str = ""
    problems: list[str] | None = None
    conflict: Palabra | None = None
    questions: list[checks.Pregunta] | None = None


def _act(request: HttpRequest, codigo: str, data: dict[str, Any]) -> Done:
    try:
        return _do(request, codigo, data)
    except operations.Unanswered as error:
        return Done(
            422, problems=["Falta tu respuesta a lo que se pregunta aquí."], questions=error.questions
        )
    except operations.BadText as error:
        return Done(422, problems=error.reasons)
    except NotAllowed as error:
        return Done(403, problems=[str(error)])
    except operations.UnknownSentence:
        return Done(409, problems=["El castellano de esta frase ya no está en la ficha."])
    except operations.EditedMeanwhile as error:
        return Done(409, problems=[str(error)], conflict=error.row)


def _do(request: HttpRequest, codigo: str, data: dict[str, Any]) -> Done:
    user, edicion = signed_in(request), data["edicion"]
    if data["accion"] in SAVES:
        given = {name: data[name] for name in ("sello", "texto", "edicion", "variedad", "acepta")}
        still = data["accion"] == "vigente"
        operations.save_word(codigo, data["clave"], by=user, sigue_vale=still, **given)
        return Done(said="guardada: sigue valiendo." if still else "guardada.")
    row = Palabra.objects.filter(codigo=codigo, clave=data["clave"], locale="qu", sello=data["sello"]).first()
    if row is None or row.edicion != edicion:
        raise operations.EditedMeanwhile(row)
    if data["accion"] == "revisar":
        if checks.tidy(data["texto"]) != row.texto:
            raise operations.BadText(["Guarda primero lo que cambiaste; después la revisa otra persona."])
        operations.review_word(row, edicion=edicion, by=user, acepta=data["acepta"])
        return Done(said="firmada como revisada.")
    operations.send_back(row, edicion=edicion, by=user, why=data["motivo"])
    return Done(said="devuelta: los ciudadanos ya no la ven.")


def _tell(frase: Frase, data: dict[str, Any], done: Done) -> None:
    """Puts on the sentence what its save has to say; what was typed and not saved stays in the box."""
    frase.guardada = done.said
    frase.problemas = list(done.problems or [])
    frase.conflicto = done.conflict
    frase.preguntas = list(done.questions or [])
    if done.conflict and data["accion"] not in SAVES:
        # Who signs or takes back answers for what stands: it is in the box, and what was read is beside it.
        said = "firmarla" if data["accion"] == "revisar" else "devolverla"
        frase.problemas = [f"Otra persona guardó otra traducción: es la del cuadro. Léela antes de {said}."]
        frase.conflicto, frase.aparte = None, data["texto"]
        return
    moved = frase.sello != data["sello"]
    if moved and done.status == 200:
        frase.problemas.append(
            "El castellano cambió mientras escribías. Tu texto quedó guardado como traducción de la frase anterior: "
            "ajústalo a la nueva y guarda otra vez."
        )
    if done.status != 200 or moved:
        frase.escrito = data["texto"]


def _desk(request: HttpRequest, codigo: str) -> Mesa:
    mesa = desk(codigo)
    if mesa is None:
        raise Http404
    may(request, mesa.entidad.codigo)
    return mesa


def _page(request: HttpRequest, mesa: Mesa, status: int = 200) -> HttpResponse:
    return render(request, "translation/desk.html", _context(request, mesa), status=status)


def _context(request: HttpRequest, mesa: Mesa) -> dict[str, Any]:
    user = signed_in(request)
    for frase in mesa.frases:
        frase.puede_firmar = not frase.faltas and bool(
            frase.palabra
            and frase.palabra.estado == Palabra.Estado.TRADUCIDO
            and not why_not_review(user, frase.palabra)
        )
    page = FichaPage.objects.filter(codigo=mesa.codigo).first()
    return {
        "mesa": mesa,
        "variedades": Palabra.VARIEDADES,
        "variedad": request.session.get(VARIETY, "quy"),
        "solo_pendientes": request.GET.get("ver") == "pendientes",
        "pagina": page if page and page.permissions_for_user(user).can_edit() else None,
        "page_title": mesa.nombre,
        "header_title": f"Traducción: {mesa.nombre}",
        "header_icon": "globe",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Inicio"},
            {"url": reverse("translation:index"), "label": "Traducción"},
            {"url": "", "label": mesa.nombre},
        ],
    }
