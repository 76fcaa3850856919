"""Limits that keep the code readable. A module or function above them wants to be two."""

import ast
from collections.abc import Callable
from pathlib import Path

MODULE_LINES = 500
FUNCTION_LINES = 50
PARAMETERS = 5
NAMELESS = {"utils.py", "util.py", "helpers.py", "helper.py", "common.py", "misc.py"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.Module) -> list[Function]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_there_is_code_to_judge(modules: list[Path]) -> None:
    assert len(modules) > 50


def test_no_module_is_longer_than_500_lines(modules: list[Path]) -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {path: size for path, size in sizes.items() if size > MODULE_LINES} == {}


def test_no_module_has_a_name_that_says_nothing(modules: list[Path]) -> None:
    assert [path for path in modules if path.name in NAMELESS] == []


def test_no_function_is_longer_than_50_lines(
    modules: list[Path], tree_of: Callable[[Path], ast.Module]
) -> None:
    long = [
        f"{path}:{function.lineno} {function.name}"
        for path in modules
        for function in functions(tree_of(path))
        if (function.end_lineno or 0) - function.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def test_functions_are_short_as_a_rule(modules: list[Path], tree_of: Callable[[Path], ast.Module]) -> None:
    sizes = sorted(
        (function.end_lineno or 0) - function.lineno + 1
        for path in modules
        if "tests" not in path.parts
        for function in functions(tree_of(path))
    )
    assert sizes[len(sizes) // 2] <= 10
    assert sizes[len(sizes) * 9 // 10] <= 30


def test_no_function_takes_more_than_five_parameters_by_position(
    modules: list[Path], tree_of: Callable[[Path], ast.Module]
) -> None:
    wide = [
        f"{path}:{function.lineno} {function.name}"
        for path in modules
        if "tests" not in path.parts
        for function in functions(tree_of(path))
        # What is decorated is called by a framework, by name.
        if not function.decorator_list
        and len([a for a in function.args.args if a.arg not in {"self", "cls"}]) > PARAMETERS
    ]
    assert wide == []
