"""The drawing holds every region once, without a corner nobody uses, and without one region over another."""

from itertools import combinations

from cms.directory.regions import REGIONS
from cms.portal.map import CORNERS, OUTLINES, shapes


def area(points: str) -> float:
    corners = [tuple(map(int, pair.split(","))) for pair in points.split()]
    turned = zip(corners, corners[1:] + corners[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turned)) / 2


def edges(name: str) -> set[frozenset[str]]:
    corners = OUTLINES[name].split()
    return {frozenset(pair) for pair in zip(corners, corners[1:] + corners[:1], strict=True)}


def test_every_region_is_drawn_once() -> None:
    assert sorted(shape.name for shape in shapes()) == sorted(REGIONS)


def test_every_corner_is_used() -> None:
    assert {corner for outline in OUTLINES.values() for corner in outline.split()} == set(CORNERS)


def test_a_border_has_two_sides_at_most() -> None:
    sides: dict[frozenset[str], int] = {}
    for name in OUTLINES:
        for edge in edges(name):
            sides[edge] = sides.get(edge, 0) + 1
    assert max(sides.values()) == 2


def test_neighbours_are_neighbours_and_strangers_are_not() -> None:
    touching = {frozenset(pair) for pair in combinations(OUTLINES, 2) if edges(pair[0]) & edges(pair[1])}
    for pair in (
        ("Piura", "Lambayeque"),
        ("Cusco", "Puno"),
        ("Loreto", "Ucayali"),
        ("Lima", "Junín"),
        ("Tacna", "Puno"),
    ):
        assert frozenset(pair) in touching
    for pair in (("Tumbes", "Tacna"), ("Loreto", "Cusco"), ("Piura", "Amazonas"), ("Ica", "Cusco")):
        assert frozenset(pair) not in touching


def test_the_largest_is_loreto_and_every_one_can_be_touched() -> None:
    sizes = {shape.name: area(shape.points) for shape in shapes()}
    assert max(sizes, key=lambda name: sizes[name]) == "Loreto"
    assert min(sizes.values()) > 500


def test_every_name_stands_inside_the_picture() -> None:
    assert all(0 < shape.x < 460 and 0 < shape.y < 672 for shape in shapes())
