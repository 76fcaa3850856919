"""Counts as people say them: `1 aviso`, `2 avisos`."""


def counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def errors(count: int) -> str:
    return counted(count, "error", "errores")


def warnings(count: int) -> str:
    return counted(count, "aviso", "avisos")
