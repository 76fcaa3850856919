import pytest

from cms.editing.translation.checks import errors, tidy, warnings

FEE = "Por internet pagas {monto} con el código {codigo_pago}."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Internetpiqa {monto} qullqitam paganki.", "Falta {codigo_pago}"),
        ("Internetpiqa {monto} {codigo_pago} {plazo}", "Sobra {plazo}"),
        ("Internetpiqa {monto} {codigo_pago} {", "llave suelta"),
        ("Internetpiqa {monto} {codigo_pago}}", "llave suelta"),
        ("", "Escribe la traducción"),
        ("{monto} {codigo_pago}\x07", "caracteres invisibles"),
        ("{monto} {codigo_pago}" + "a" * 4000, "demasiado largo"),
    ],
)
def test_a_sentence_that_cannot_stand_is_refused_with_what_to_do(text: str, said: str) -> None:
    assert said in " ".join(errors("costos.en-linea", FEE, text))


def test_a_sentence_with_its_data_in_any_order_is_accepted() -> None:
    assert errors("costos.en-linea", FEE, "{codigo_pago} códigowanmi {monto} paganki.") == []


def test_a_list_may_have_other_lines_than_the_spanish() -> None:
    spanish = "Lleva:\nuno\ndos"
    assert errors("donde", spanish, "Apamuy:\nhuk\niskay\nkimsa\ntawa") == []
    assert errors("donde", spanish, "Apamuy huk iskaywan") == []


def test_a_name_must_fit_where_names_are_kept() -> None:
    assert errors("nombre", "Pasaporte", "a" * 301)
    assert errors("descripcion", "Pasaporte", "a" * 301) == []


def test_beside_a_fee_that_is_filled_in_no_other_figure_stands() -> None:
    """Whoever reads "S/ 30" beside the fee pays thirty."""
    said = errors("costos.en-linea", FEE, "Internetpiqa {monto} (S/ 30.50) {codigo_pago} códigowan.")
    assert len(said) == 1
    assert "30.50" in said[0]
    with_days = "Pagas {monto} y esperas 60 días."
    assert errors("costos.en-linea", with_days, "60 punchaw suyay, {monto} paganki.") == []
    assert errors("costos.en-linea", with_days, "60 punchaw suyay, {monto} paganki, 60.") != []


@pytest.mark.parametrize(
    ("spanish", "text", "said"),
    [
        ("Faltan 60 días.", "90 punchawmi faltan.", "Falta 60"),
        ("Faltan días.", "90 punchawmi faltan.", "Dice 90"),
        ("Llama al 1800.", "1801man waqyay.", "Falta 1800"),
        ("Son 3 días.", "Kimsa chunka punchawmi.", "Falta 3"),
        ("Son 3 días.", "Chunka kimsayuq punchawmi.", "Falta 3"),
    ],
)
def test_another_figure_is_refused(spanish: str, text: str, said: str) -> None:
    assert said in errors("duda.plazo", spanish, text)[0]


@pytest.mark.parametrize(
    ("spanish", "text"),
    [
        ("Faltan 60 días.", "60 punchawmi faltan."),
        ("Trae 2 fotos.", "Iskayta fotota apamuy."),
        ("Trae dos fotos.", "2 fotota apamuy."),
        ("Cuesta S/ 1,500.00.", "1500 soles chanin."),
        ("De 08:00 a 16:30.", "8:00manta 16:30kama."),
    ],
)
def test_the_same_figure_written_otherwise_is_accepted(spanish: str, text: str) -> None:
    assert errors("horario", spanish, text) == []


def test_a_figure_said_more_often_is_asked_about() -> None:
    assert "mismas veces" in warnings("Abre a las 8.", "8 pachapi, 8 pachapi.")[0]
    assert warnings("Abre a las 8.", "8 pachapi.") == []


def test_spanish_left_in_the_box_is_pointed_out() -> None:
    assert warnings("Lleva tu DNI vigente.", "lleva tu DNI  vigente.") == ["Es igual al castellano."]
    assert any(
        "No parece quechua" in said for said in warnings("Ven.", "Tienes que llevar el documento de tu madre")
    )


def test_lines_are_kept_and_blanks_around_them_are_not() -> None:
    assert tidy("  huk \r\n iskay\r\n\r\n") == "huk\niskay"
