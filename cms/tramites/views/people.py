"""Personas y entidades: who may write, review and publish, and of which entity. For administrators."""

from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cms.accounts.models import User
from cms.accounts.roles import ENTITY_ROLES, Role
from cms.directory.models import Entidad
from cms.tramites.people import PORTAL_ROLES, give_role, roles_held, take_role

SHOWN = 200


class RoleForm(forms.Form):
    persona = forms.ModelChoiceField(queryset=User.objects.filter(is_active=True).order_by("username"))
    rol = forms.ChoiceField(choices=[(str(role), str(role)) for role in PORTAL_ROLES])
    entidad = forms.ModelChoiceField(
        queryset=Entidad.objects.filter(page__isnull=False),
        to_field_name="codigo",
        required=False,
        empty_label="Todo el portal",
        help_text="Con una entidad, solo sus fichas.",
    )

    def clean(self) -> None:
        said = super().clean() or self.cleaned_data
        if said.get("entidad") and said.get("rol") not in set(ENTITY_ROLES):
            self.add_error("entidad", "Ese rol es para todo el portal.")


def everybody(request: HttpRequest) -> HttpResponse:
    return _screen(request, RoleForm())


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    _only_administrators(request)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _screen(request, form)
    person, role, where = _said(form)
    give_role(person, role, where, by=cast(User, request.user))
    messages.success(request, f"{person.get_username()}: {role}, {where or 'todo el portal'}.")
    return redirect("publicacion:personas")


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    _only_administrators(request)
    form = RoleForm(request.POST)
    if form.is_valid():
        person, role, where = _said(form)
        take_role(person, role, where, by=cast(User, request.user))
        messages.success(request, f"{person.get_username()} ya no tiene {role}, {where or 'todo el portal'}.")
    return redirect("publicacion:personas")


def _said(form: RoleForm) -> tuple[User, Role, str]:
    said = form.cleaned_data
    return said["persona"], Role(said["rol"]), said["entidad"].codigo if said["entidad"] else ""


def _screen(request: HttpRequest, form: RoleForm) -> HttpResponse:
    _only_administrators(request)
    words = request.GET.get("q", "").strip()[:100]
    people = User.objects.prefetch_related("groups").order_by("username")
    if words:
        people = people.filter(Q(username__icontains=words) | Q(groups__name__icontains=words)).distinct()
    rows = [(person, roles_held(person)) for person in people[:SHOWN]]
    return render(request, "tramites/publicacion/personas.html", {"rows": rows, "form": form, "q": words})


def _only_administrators(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied
