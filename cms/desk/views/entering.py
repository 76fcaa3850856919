"""Signing in and out."""

from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.accounts.sign_in import FAILURES_KEPT_SECONDS, TOO_MANY, CountedSignInForm
from cms.conversations.operations.agents import leave
from cms.desk import queries
from cms.desk.rights import desk_view, may_enter, signed_in
from cms.desk.views.board import ask_first


class EnterView(LoginView):
    """Signs agents and supervisors in; everybody else stays out, with the reason."""

    template_name = "desk/enter.html"
    authentication_form = CountedSignInForm
    redirect_authenticated_user = False

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        if not form.has_error(NON_FIELD_ERRORS, TOO_MANY):
            return super().form_invalid(form)
        response = self.render_to_response(self.get_context_data(form=form, blocked=True), status=429)
        response["Retry-After"] = str(FAILURES_KEPT_SECONDS)
        return response

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        if not may_enter(form.get_user()):
            return render(self.request, "desk/forbidden.html", status=403)
        return super().form_valid(form)


@require_POST
@desk_view
def leave_desk(request: HttpRequest) -> HttpResponse:
    """Ends the shift: whoever is being served goes back to the queue, in the old place; asked first where it matters."""
    agent: User = signed_in(request)
    left = queries.left_waiting(agent)
    if request.POST.get("sure") != "1" and (left or queries.held_by(agent)):
        return ask_first(request, left)
    if has_role(agent, Role.AGENT):
        leave(by=agent)
    logout(request)
    return redirect("/desk/entrar/")
