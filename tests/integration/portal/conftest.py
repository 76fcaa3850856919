from collections.abc import Callable

import pytest
from django.test import Client

from cms.ui.middleware import path_locale
from tests.integration.portal.checking import Page, checked

OpenPage = Callable[..., Page]


@pytest.fixture
def page(client: Client, seeded: None) -> OpenPage:
    """Opens an address and checks what every page must keep."""

    def open_page(path: str, *, status: int = 200) -> Page:
        response = client.get(path)
        assert response.status_code == status, f"{path}: {response.status_code}"
        return checked(response, path_locale(path))

    return open_page
