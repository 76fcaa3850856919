"""The root of what can go wrong with a stack; `python -m stack` prints the message and ends with 1."""


class StackError(Exception):
    """The message tells the operator what to do."""
