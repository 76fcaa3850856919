"""What plain words change in the confidences of the classifier, and what they leave."""

from assistant.components.plain_words import corrected


def test_a_plain_question_is_answered_although_one_cannot_read():
    text = "no sé leer, ¿qué papeles llevo para el DNI?"
    plain = corrected(text, {"requisitos": 0.8, "persona": 0.1}, choosing=False)
    unclear = corrected(text, {"requisitos": 0.3, "persona": 0.1}, choosing=False)
    assert max(plain, key=plain.get) == "requisitos"
    assert max(unclear, key=unclear.get) == "persona"


def test_ones_own_file_in_plain_words_outweighs_a_doubtful_question_and_not_a_sure_one():
    text = "¿ya salió mi pasaporte?"
    doubtful = corrected(text, {"plazo": 0.5, "caso_propio": 0.1}, choosing=False)
    sure = corrected(text, {"plazo": 0.97, "caso_propio": 0.01}, choosing=False)
    assert max(doubtful, key=doubtful.get) == "caso_propio"
    assert max(sure, key=sure.get) == "plazo"
