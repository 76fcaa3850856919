from datetime import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.directory.models import Tramo


@pytest.mark.parametrize("days", ["lunes", [9], [0], [], [6, 6], ["1"], [1.0], {}, None])
def test_days_are_numbers_of_weekdays(days: Any) -> None:
    with pytest.raises(ValidationError, match="del 1"):
        Tramo(dias=days, abre=time(8), cierra=time(9)).clean()


def test_a_stretch_ends_after_it_begins() -> None:
    with pytest.raises(ValidationError, match="cierre"):
        Tramo(dias=[1], abre=time(13, 30), cierra=time(9)).clean()


def test_a_good_stretch_is_taken() -> None:
    Tramo(dias=[1, 2, 7], abre=time(8), cierra=time(13, 30)).clean()
