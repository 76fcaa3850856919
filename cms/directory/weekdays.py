"""The days of the week in words, in the language in force."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _


def weekday(number: int) -> str:
    """The name of weekday `number`, 1 Monday to 7 Sunday."""
    return [_("lunes"), _("martes"), _("miércoles"), _("jueves"), _("viernes"), _("sábado"), _("domingo")][
        number - 1
    ]


def weekdays(numbers: Iterable[int]) -> str:
    """`lunes a viernes, domingo`: days that follow one another are told by the first and the last."""
    runs = [
        [day for _i, day in run]
        for _k, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(
        _("{desde} a {hasta}").format(desde=weekday(run[0]), hasta=weekday(run[-1]))
        if len(run) > 1
        else weekday(run[0])
        for run in runs
    )
