"""Signing in, wherever it is done: tries that fail are counted, for each name at each address."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import LoginForm

from cms import kept

# Slow enough to make guessing useless, and nobody who mistypes is kept out for long.
MOST_FAILURES = 10
FAILURES_KEPT_SECONDS = 300
TOO_MANY = "too_many"


class CountedSignInForm(AuthenticationForm):
    """Refuses every try, with the error code `too_many`, for some minutes after so many that failed."""

    def clean(self) -> dict[str, Any]:
        if (kept.get(self._key()) or 0) >= MOST_FAILURES:
            raise ValidationError(
                "Demasiados intentos. Espera cinco minutos y vuelve a probar, o pide ayuda a supervisión.",
                code=TOO_MANY,
            )
        try:
            return super().clean()
        except ValidationError:
            kept.count(self._key(), FAILURES_KEPT_SECONDS)
            raise

    def _key(self) -> str:
        name = str(self.cleaned_data.get("username", ""))[:150].casefold().encode().hex()
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        return f"sign-in-failures:{address}:{name}"


class EditorialSignInForm(CountedSignInForm, LoginForm):
    """For editors: the form Wagtail expects, with the same limit. See WAGTAILADMIN_USER_LOGIN_FORM."""
