"""Inputs that several forms of editing share."""

from django import forms


class DateInput(forms.DateInput):
    """The browser's own calendar; it gives and takes days as ISO has them, whatever the language of the page."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
