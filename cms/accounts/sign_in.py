"""Signing in, wherever it is done: tries that fail are counted, for each name at each address, and for each of the two alone."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import LoginForm

from cms import kept

# Slow enough to make guessing useless, and nobody who mistypes is kept out for long.
MOST_FAILURES = 10
# One password tried on many names: behind one address a whole office may mistype.
MOST_OF_ADDRESS = 60
# Many passwords tried on one name from many addresses. Where somebody signed in before, nobody is kept out by it.
MOST_OF_NAME = 40
FAILURES_KEPT_SECONDS = 300
KNOWN_PLACE_SECONDS = 30 * 24 * 3600
TOO_MANY = "too_many"


class CountedSignInForm(AuthenticationForm):
    """Refuses every try, with the error code `too_many`, for some minutes after so many that failed."""

    def clean(self) -> dict[str, Any]:
        name = str(self.cleaned_data.get("username", ""))[:150].casefold().encode().hex()
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        limits = {
            f"sign-in-failures:{address}:{name}": MOST_FAILURES,
            f"sign-in-failures-of-address:{address}": MOST_OF_ADDRESS,
        }
        place = f"signed-in:{address}:{name}"
        if not kept.get(place):
            limits[f"sign-in-failures-of-name:{name}"] = MOST_OF_NAME
        if any((kept.get(key) or 0) >= most for key, most in limits.items()):
            raise ValidationError(
                "Demasiados intentos. Espera cinco minutos y vuelve a probar, o pide ayuda a supervisión.",
                code=TOO_MANY,
            )
        try:
            data: dict[str, Any] = super().clean()
        except ValidationError:
            for key in limits:
                kept.count(key, FAILURES_KEPT_SECONDS)
            raise
        kept.put(place, 1, KNOWN_PLACE_SECONDS)
        return data


class EditorialSignInForm(CountedSignInForm, LoginForm):
    """For editors: the form Wagtail expects, with the same limit. See WAGTAILADMIN_USER_LOGIN_FORM."""
