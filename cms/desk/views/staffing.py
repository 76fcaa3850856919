"""The supervisor's screen of agents: languages, entities known, and conversations at once."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.desk import naming, queries, staffing
from cms.desk.rights import signed_in, supervisor_view
from cms.desk.views.board import shared_context


class AbilitiesForm(forms.Form):
    speaks_quechua = forms.BooleanField(required=False)
    seats = forms.IntegerField(min_value=1, max_value=staffing.MOST_SEATS)
    entidades = forms.MultipleChoiceField(required=False, choices=naming.entities)


@require_GET
@supervisor_view
def agents(request: HttpRequest) -> HttpResponse:
    found = staffing.agents()
    names = queries.entidad_names({codigo for _agent, able in found for codigo in able.entidades})
    rows = [(agent, able, sorted(names[codigo] for codigo in able.entidades)) for agent, able in found]
    context = {
        **shared_context(request),
        "section": "supervision",
        "rows": rows,
        "changed": _changed(request),
    }
    return render(request, "desk/agents.html", context)


def _changed(request: HttpRequest) -> User | None:
    """Who was changed a moment ago: said, so that one knows it was kept."""
    return User.objects.filter(username=request.GET.get("guardado", "")).first()


@require_http_methods(["GET", "POST"])
@supervisor_view
def agent(request: HttpRequest, pk: int) -> HttpResponse:
    """One agent's form; what is kept holds from the next look of that agent's desk on."""
    of = get_object_or_404(
        User.objects.filter(groups__name=str(Role.AGENT), is_active=True).distinct(), pk=pk
    )
    form = AbilitiesForm(request.POST) if request.method == "POST" else _form_of(of)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        wanted = staffing.Abilities(said["speaks_quechua"], said["seats"], frozenset(said["entidades"]))
        staffing.set_abilities(agent=of, by=signed_in(request), to=wanted)
        return redirect(f"/desk/supervision/agentes/?guardado={of.get_username()}")
    chosen = set(form["entidades"].value() or [])
    context = {
        **shared_context(request),
        "section": "supervision",
        "of": of,
        "form": form,
        "most_seats": staffing.MOST_SEATS,
        "entities": [(codigo, name, codigo in chosen) for codigo, name in naming.entities()],
    }
    return render(request, "desk/agent.html", context, status=422 if form.errors else 200)


def _form_of(of: User) -> AbilitiesForm:
    able = staffing.abilities_of(of)
    initial = {
        "speaks_quechua": able.speaks_quechua,
        "seats": able.seats,
        "entidades": sorted(able.entidades),
    }
    return AbilitiesForm(initial=initial)
