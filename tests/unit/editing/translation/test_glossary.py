from cms.editing.translation.glossary import hits


def found(spanish: str) -> dict[str, str]:
    return {term.es: term.qu for term in hits(spanish)}


def test_words_of_the_sentence_are_found_in_any_form() -> None:
    assert found("Pagas la tasa en las oficinas.")["oficina"] == "oficina"
    assert "día hábil" in found("La respuesta llega en {plazo} días hábiles.")


def test_a_phrase_hides_the_words_it_is_made_of() -> None:
    terms = found("Tu licencia de conducir venció.")
    assert "licencia de conducir, brevete" in terms


def test_alternatives_and_explanations_do_not_hinder() -> None:
    assert "costo, precio" in found("El precio cambia.")
    assert "partida/acta de nacimiento" in found("Pide la partida.")


def test_a_condition_is_no_yes() -> None:
    assert "sí" not in found("Si no tienes DNI, pide ayuda.")
    assert "sí" in found("Responde sí.")


def test_a_placeholder_is_no_word() -> None:
    assert hits("{plazo}") == []


def test_both_varieties_are_told_with_how_sure_they_are() -> None:
    varieties = {term.variedad: term for term in hits("Son 5 días hábiles.") if term.es == "día hábil"}
    assert set(varieties) == {"quy", "quz"}
    assert all(term.certeza for term in varieties.values())


def test_what_goes_into_a_sentence_is_the_first_way_to_say_it_without_explanations() -> None:
    said = {term.qu: term.breve for term in hits("Pide el duplicado de tu documento.")}
    assert said["iskaychasqa (duplicado nisqa)"] == "iskaychasqa"
