"""By when a citizen is answered: working days of Peru, and nothing where nobody has set a period."""

from datetime import date

import pytest

from cms.directory.models import Feriado
from cms.remarks.models import Kind, Plazos
from cms.remarks.periods import due_on, working_days

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 6, 26)


@pytest.fixture
def holiday() -> None:
    """Monday the 29th of June, San Pedro y San Pablo, and no other day."""
    Feriado.objects.all().delete()
    Feriado.objects.create(fecha=date(2026, 6, 29), nombre="San Pedro y San Pablo")


@pytest.mark.parametrize(
    ("days", "last"), [(1, date(2026, 6, 30)), (4, date(2026, 7, 3)), (5, date(2026, 7, 6))]
)
def test_weekends_and_holidays_are_not_counted(holiday: None, days: int, last: date) -> None:
    Plazos.objects.create(reclamo=days)
    assert due_on(Kind.RECLAMO, FRIDAY) == last


@pytest.mark.parametrize("kind", Kind.values)
def test_where_nobody_has_set_one_there_is_none(kind: str) -> None:
    assert (working_days(kind), due_on(kind, FRIDAY)) == (None, None)


def test_a_reclamo_and_the_others_have_each_their_own() -> None:
    Plazos.objects.create(reclamo=30, otros=10)
    assert [working_days(kind) for kind in Kind.values] == [30, 10, 10]


def test_the_longest_period_ends() -> None:
    Plazos.objects.create(reclamo=250)
    last = due_on(Kind.RECLAMO, FRIDAY)
    assert last is not None
    assert last.weekday() < 5
