"""The first answerer: the assistant, asked with all the context there is."""

from cms.conversations.answerers import Decision, Question
from cms.integrations.rasa.client import client
from cms.integrations.rasa.schemas import Metadata, TurnRequest


def ask(question: Question) -> Decision:
    """What the assistant decides; raises RasaError, and then the next answerer is asked."""
    response = client().ask(
        TurnRequest(
            sender=question.conversation_id,
            message=question.text,
            metadata=Metadata(
                locale=question.locale,
                locale_chosen=question.locale_chosen,
                codigo=question.codigo or None,
                aspecto=question.aspecto or None,
                sede=question.sede or None,
                options=list(question.options),
                misses=question.misses,
                earlier=list(question.earlier),
                offered=list(question.offered),
                unanswered=question.unanswered,
                told=list(question.told),
            ),
        )
    )
    return Decision(response.locale, tuple(response.results))
