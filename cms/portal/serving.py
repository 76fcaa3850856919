"""How a public page leaves the house: compressed, revalidated by its content, the same for everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from cms.ui.packing import packed

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """For pages that carry no token and nothing personal: compressing them then gives nothing away (BREACH).

    A browser keeps the page and asks each time whether it still holds, so that a new fee is seen at once.
    """

    @wraps(view)
    def serve(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return require_safe(packed(conditional_page(serve)))
