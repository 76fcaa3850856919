"""What can go wrong at the assistant's door. Nothing of HTTP leaves this package."""


class RasaError(Exception):
    """The assistant gave no usable answer; somebody else has to."""


class RasaTimeout(RasaError):
    """No answer within the time of a turn."""


class RasaUnreachable(RasaError):
    """Nobody listens at MAC_RASA_URL, or the connection broke."""


class RasaRefused(RasaError):
    """An answer that is not 200: a wrong MAC_ASSISTANT_TOKEN, no model, or a turn that failed."""


class RasaGarbled(RasaError):
    """An answer that is not in the agreed shape."""


class RasaResting(RasaError):
    """It failed several times in a row and is left alone for a few seconds."""
