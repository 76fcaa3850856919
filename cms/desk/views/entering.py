"""Signing in and out."""

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cms import kept
from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.conversations.operations.agents import leave
from cms.desk.rights import desk_view, may_enter, signed_in

# Slow enough to make guessing useless, and nobody who mistypes is kept out for long.
MOST_FAILURES = 10
FAILURES_KEPT_SECONDS = 300


class EnterView(LoginView):
    """Signs agents and supervisors in; everybody else stays out, with the reason."""

    template_name = "desk/enter.html"
    redirect_authenticated_user = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if failures(request) >= MOST_FAILURES:
            context = self.get_context_data(form=AuthenticationForm(request), blocked=True)
            response = self.render_to_response(context, status=429)
            response["Retry-After"] = str(FAILURES_KEPT_SECONDS)
            return response
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        count_failure(self.request)
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        if not may_enter(form.get_user()):
            return render(self.request, "desk/forbidden.html", status=403)
        return super().form_valid(form)


def failures(request: HttpRequest) -> int:
    """Failed tries of this name from this address in the last minutes."""
    counted: int = kept.get(_key(request)) or 0
    return counted


def count_failure(request: HttpRequest) -> None:
    kept.count(_key(request), FAILURES_KEPT_SECONDS)


def _key(request: HttpRequest) -> str:
    name = request.POST.get("username", "")[:150].casefold().encode().hex()
    return f"desk-failures:{request.META.get('REMOTE_ADDR', '')}:{name}"


@require_POST
@desk_view
def leave_desk(request: HttpRequest) -> HttpResponse:
    """Ends the shift: whoever is being served goes back to the queue, in the old place."""
    agent: User = signed_in(request)
    if has_role(agent, Role.AGENT):
        leave(by=agent)
    logout(request)
    return redirect("/desk/entrar/")
