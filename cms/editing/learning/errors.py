"""Why a decision was not taken; the message is for the editor, in Spanish."""


class Refused(Exception):
    pass
