"""Between chats: one sentence in Quechua at a time, of a ficha or of the assistant, to be corrected and signed."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cms.conversations.errors import NotAnAgent
from cms.desk import signing
from cms.desk.rights import desk_view, signed_in
from cms.desk.views.board import shared_context
from cms.editing.translation import checks, operations, sources
from cms.editing.translation.desk import Frase, desk
from cms.editing.translation.glossary import hits
from cms.editing.translation.models import Avance
from cms.editing.translation.rights import NotAllowed, why_not_review
from cms.editing.translation.states import Situacion
from cms.tramites.models import Palabra

SKIPPED, VARIETY = "desk_quechua_skipped", "desk_quechua_variety"
MOST_SKIPPED = 200
# Fichas looked through for the next sentence, those most asked about first.
MOST_FICHAS = 20
ACTIONS = ("firmar", "vigente", "saltar", "devolver")
# What citizens lack now and a translator has written for an earlier Spanish, or what waits for a second speaker.
OFFERED = (Situacion.TRADUCIDO, Situacion.DESACTUALIZADO)
ONLY_SPEAKERS = "Solo firma quien habla quechua y atiende en la mesa."


class SentenceForm(forms.Form):
    sello = forms.RegexField(r"^[0-9a-f]{12}$")
    clave = forms.CharField(max_length=120)
    codigo = forms.CharField(max_length=200, required=False)
    edicion = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    variedad = forms.ChoiceField(choices=Palabra.VARIEDADES)
    texto = forms.CharField(max_length=20_000, required=False, strip=False)
    motivo = forms.CharField(max_length=500, required=False)
    accion = forms.ChoiceField(choices=[(name, name) for name in ACTIONS])
    acepta = forms.MultipleChoiceField(choices=[(name, name) for name in checks.QUESTIONS], required=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a sentence was not taken, with what was typed: it stays in the box. `questions` are answered beside it."""

    reasons: list[str]
    data: dict[str, Any]
    status: int
    questions: list[checks.Pregunta] = field(default_factory=list)


@require_GET
@desk_view
def next_sentence(request: HttpRequest) -> HttpResponse:
    return _show(request, "fichas" if request.GET.get("de") == "fichas" else "asistente")


def _show(request: HttpRequest, source: str, refused: Refused | None = None) -> HttpResponse:
    user = signed_in(request)
    if not user.speaks_quechua:
        return render(request, "desk/forbidden.html", {"speakers": True}, status=403)
    context = {
        **shared_context(request),
        "section": "quechua",
        "source": source,
        "variedades": Palabra.VARIEDADES,
        "variedad": request.session.get(VARIETY, "quy"),
        "refused": refused,
        **(_phrase_context(request, refused) if source == "asistente" else _ficha_context(request, refused)),
    }
    return render(request, "desk/quechua.html", context, status=refused.status if refused else 200)


def _phrase_context(request: HttpRequest, refused: Refused | None) -> dict[str, Any]:
    found = signing.phrases()
    wanted = refused.data["clave"] if refused else request.GET.get("frase", "")
    skipped = set(request.session.get(SKIPPED, []))
    unsigned = [row for row in found if row.signed is None and row.key not in skipped]
    chosen = next((row for row in found if row.key == wanted), None)
    shown = chosen or next(iter(unsigned), None)
    return {
        "phrase": shown,
        "glossary": hits(shown.castellano) if shown else [],
        "unsigned": sum(row.signed is None for row in found),
        "signed": [row for row in found if row.signed is not None],
    }


def _ficha_context(request: HttpRequest, refused: Refused | None) -> dict[str, Any]:
    shown = _refused_word(refused) if refused else _next_word(request)
    return {
        "frase": shown,
        "glossary": hits(shown.castellano) if shown else [],
        "questions": _questions(shown, refused),
    }


def _questions(shown: Frase | None, refused: Refused | None) -> list[checks.Pregunta]:
    """What has to be answered of the text in the box before it is kept or signed."""
    if refused:
        return refused.questions
    return shown.avisos if shown else []


def _refused_word(refused: Refused) -> Frase | None:
    mesa = desk(refused.data["codigo"])
    return mesa.frase(refused.data["clave"], refused.data["sello"]) if mesa else None


def _next_word(request: HttpRequest) -> Frase | None:
    """A public sentence that nobody has signed, or whose Spanish has changed since, of the ficha most asked about."""
    user, skipped = signed_in(request), set(request.session.get(SKIPPED, []))
    waiting = Avance.objects.filter(Q(traducido__gt=0) | Q(desactualizado__gt=0), publica=True)
    for codigo in waiting.values_list("codigo", flat=True)[:MOST_FICHAS]:
        mesa = desk(codigo)
        for frase in mesa.frases if mesa else []:
            if not frase.publica or frase.situacion not in OFFERED:
                continue
            row = frase.palabra
            if f"{codigo}:{frase.clave}" not in skipped and not (row and why_not_review(user, row)):
                return frase
    return None


@require_POST
@desk_view
def sign_phrase(request: HttpRequest) -> HttpResponse:
    return _handle(request, "asistente", _sign_phrase)


@require_POST
@desk_view
def sign_word(request: HttpRequest) -> HttpResponse:
    return _handle(request, "fichas", _sign_word)


def _handle(request: HttpRequest, source: str, act: Any) -> HttpResponse:
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return HttpResponse("Esa frase no llegó completa. Vuelve a abrir la página.", status=400)
    data = form.cleaned_data
    request.session[VARIETY] = data["variedad"]
    if data["accion"] == "saltar":
        name = f"{data['codigo']}:{data['clave']}" if data["codigo"] else data["clave"]
        request.session[SKIPPED] = [*request.session.get(SKIPPED, []), name][-MOST_SKIPPED:]
    elif refused := _refusal(request, data, act):
        return _show(request, source, refused)
    return redirect(f"/desk/quechua/?de={source}")


def _refusal(request: HttpRequest, data: dict[str, Any], act: Any) -> Refused | None:
    try:
        act(request, data)
    except operations.Unanswered as error:
        return Refused(["Falta tu respuesta a lo que se pregunta aquí."], data, 422, error.questions)
    except operations.BadText as error:
        return Refused(error.reasons, data, 422)
    except NotAllowed as error:
        return Refused([str(error)], data, 403)
    except NotAnAgent:
        return Refused([ONLY_SPEAKERS], data, 403)
    except (operations.EditedMeanwhile, operations.UnknownSentence, signing.OtherSentence):
        return Refused(["Alguien cambió esta frase mientras escribías. Mírala otra vez."], data, 409)
    return None


def _sign_phrase(request: HttpRequest, data: dict[str, Any]) -> None:
    given = {name: data[name] for name in ("sello", "texto", "variedad")}
    signing.sign(key=data["clave"], by=signed_in(request), **given)


def _sign_word(request: HttpRequest, data: dict[str, Any]) -> None:
    """A sentence left as it was is signed; one that was corrected, or still holds, is kept for another speaker to sign."""
    user, codigo, clave, edicion = signed_in(request), data["codigo"], data["clave"], data["edicion"] or 0
    row = Palabra.objects.filter(codigo=codigo, clave=clave, locale="qu", sello=data["sello"]).first()
    if row is None and (edicion or (clave, data["sello"]) not in sources.current_seals(codigo)):
        raise operations.EditedMeanwhile(None)
    if row is not None and data["accion"] == "devolver":
        operations.send_back(row, edicion=edicion, by=user, why=data["motivo"], at_desk=True)
    elif row is not None and checks.tidy(data["texto"]) == row.texto:
        operations.review_word(row, edicion=edicion, by=user, at_desk=True, acepta=data["acepta"])
    else:
        given = {name: data[name] for name in ("sello", "texto", "variedad", "acepta")}
        still = data["accion"] == "vigente"
        operations.save_word(codigo, clave, edicion=edicion, by=user, at_desk=True, sigue_vale=still, **given)
