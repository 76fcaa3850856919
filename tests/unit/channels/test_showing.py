from cms.channels.web.showing import Part, parts_of


def test_lines_with_a_dash_are_one_list() -> None:
    assert parts_of("Lleva:\n- DNI\n- foto\n\nEso es todo.\n- y paciencia") == (
        Part("Lleva:"),
        Part(items=("DNI", "foto")),
        Part("Eso es todo."),
        Part(items=("y paciencia",)),
    )


def test_a_dash_inside_a_line_is_no_list() -> None:
    assert parts_of("Lima - Callao") == (Part("Lima - Callao"),)
    assert parts_of("-5 grados") == (Part("-5 grados"),)
