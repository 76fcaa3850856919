"""A ficha page into a ficha, and a ficha into a page. Nothing is lost either way (a test holds it)."""

from typing import Any

from django.db.models.fields.json import KT
from pydantic import BaseModel

from cms.directory.models import Sede, Tema
from cms.tramites.models.pages import EntidadPage, FichaPage
from cms.tramites.models.rows import ROW_MODELS, AspectoRow, Row, WordedRow
from cms.tramites.models.versions import Version
from cms.tramites.schema import Alias, Aspecto, Cita, Confianza, Ficha, Publico, Vigencia


def ficha_of_page(page: FichaPage, parent: EntidadPage | None = None) -> Ficha:
    """The facts and Spanish words of `page`; raises pydantic.ValidationError when they do not hold together.

    `parent` is the entity's page a new page will hang from.
    """
    return Ficha.model_validate(raw_ficha(page, parent))


def raw_ficha(page: FichaPage, parent: EntidadPage | None = None) -> dict[str, Any]:
    """What `page` says in the shape of a ficha, not yet checked: a draft may say too little, or too much."""
    facts: dict[str, Any] = {
        "codigo": page.codigo,
        "entidad": (parent or page.get_parent().specific).entidad.codigo,
        "nivel": page.nivel,
        "tipo": page.tipo,
        "codigo_tupa": page.codigo_tupa,
        "publico": _publico(page),
        "temas": sorted(tema.codigo for tema in page.temas.all()),
        "sedes": sorted(sede.codigo for sede in page.sedes.all()),
        "pagina_oficial": page.pagina_oficial,
        "alias": {"es": page.alias_es.split("\n"), "qu": page.alias_qu.split("\n")},
        "cita": {"requerida": page.cita_requerida, "url": page.cita_url, "telefono": page.cita_telefono},
        "vigencia": _vigencia(page),
        "calificacion": page.calificacion,
        "servicios_2023": page.servicios_2023,
        "evidencia": {row.aspecto: _facts(row) for row in page.aspectos.all() if _says_something(row)},
    }
    facts["alias"] = {
        loc: [name.strip() for name in names if name.strip()] for loc, names in facts["alias"].items()
    }
    for model in ROW_MODELS:
        facts[model.ROWS] = [_facts(row) for row in getattr(page, model.ROWS).all()]
    return {"hechos": facts, "es": _words(page), "variedad": _variety(page.codigo)}


def _variety(codigo: str) -> str:
    """Which Quechua the ficha has: a page holds none, so that of what is public; Ayacucho's where nothing is."""
    public = Version.objects.filter(current_of__codigo=codigo)
    return public.values_list(KT("payload__variedad"), flat=True).first() or "quy"


def _facts(row: Row) -> dict[str, Any]:
    return {name: value for name in row.FACTS if (value := getattr(row, name)) not in ("", None)}


def _says_something(row: AspectoRow) -> bool:
    """A row that holds nothing else says that it is not known; beside words, "not known" by nobody says nothing."""
    blank = not (row.texto.strip() or row.duda.strip())
    return bool(row.confianza != Confianza.SIN_DATO or row.fuente or row.vista or blank)


def _publico(page: FichaPage) -> list[str]:
    return [
        *([Publico.PERSONAS] if page.para_personas else []),
        *([Publico.EMPRESAS] if page.para_empresas else []),
    ]


def _vigencia(page: FichaPage) -> dict[str, Any] | None:
    if not (page.vigencia_valor or page.vigencia_indefinida):
        return None
    return {
        "valor": page.vigencia_valor,
        "unidad": page.vigencia_unidad or None,
        "indefinida": page.vigencia_indefinida,
    }


def _words(page: FichaPage) -> dict[str, str]:
    words = {"nombre": page.title}
    for row in page.aspectos.all():
        words[row.aspecto] = row.texto
        words[f"duda.{row.aspecto}"] = row.duda
    for model in ROW_MODELS:
        if issubclass(model, WordedRow):
            words |= {f"{model.ROWS}.{row.clave}": row.texto for row in getattr(page, model.ROWS).all()}
    return {key: text.strip() for key, text in words.items() if text.strip()}


def write_ficha(page: FichaPage, ficha: Ficha) -> None:
    """Sets every field and row of `page` (not yet saved) from `ficha`; its Quechua is kept elsewhere."""
    facts = ficha.hechos
    page.title = ficha.es["nombre"]
    page.draft_title = page.title
    page.codigo = page.slug = facts.codigo
    for name in ("nivel", "tipo", "codigo_tupa", "pagina_oficial", "calificacion", "servicios_2023"):
        setattr(page, name, getattr(facts, name))
    page.para_personas = Publico.PERSONAS in facts.publico
    page.para_empresas = Publico.EMPRESAS in facts.publico
    page.temas = list(Tema.objects.filter(codigo__in=facts.temas))
    page.sedes = list(Sede.objects.filter(codigo__in=facts.sedes))
    _write_small_parts(page, facts.alias, facts.cita, facts.vigencia)
    for model in ROW_MODELS:
        setattr(page, model.ROWS, _rows(model, getattr(facts, model.ROWS), ficha.es))
    page.aspectos = _aspect_rows(ficha)


def _write_small_parts(page: FichaPage, alias: Alias, cita: Cita, vigencia: Vigencia | None) -> None:
    page.alias_es, page.alias_qu = "\n".join(alias.es), "\n".join(alias.qu)
    page.cita_requerida, page.cita_url, page.cita_telefono = cita.requerida, cita.url, cita.telefono
    page.vigencia_valor = vigencia.valor if vigencia else None
    page.vigencia_unidad = (vigencia.unidad if vigencia else None) or ""
    page.vigencia_indefinida = bool(vigencia and vigencia.indefinida)


def _rows(model: type[Row], facts: list[BaseModel], words: dict[str, str]) -> list[Row]:
    rows = []
    for order, fact in enumerate(facts):
        values = _column_values(model, fact)
        if issubclass(model, WordedRow):
            values["texto"] = words.get(f"{model.ROWS}.{values['clave']}", "")
        rows.append(model(sort_order=order, **values))
    return rows


def _column_values(model: type[Row], fact: BaseModel) -> dict[str, Any]:
    """Columns that cannot be null hold the empty string where the fact is not given."""
    values = {name: getattr(fact, name) for name in model.FACTS}
    return {
        name: "" if value is None and not model._meta.get_field(name).null else value
        for name, value in values.items()
    }


def _aspect_rows(ficha: Ficha) -> list[AspectoRow]:
    rows: list[AspectoRow] = []
    for aspecto in Aspecto:
        evidence = ficha.hechos.evidencia.get(aspecto)
        text, doubt = ficha.es.get(aspecto, ""), ficha.es.get(f"duda.{aspecto}", "")
        if evidence or text or doubt:
            values = _column_values(AspectoRow, evidence or ficha.hechos.evidence_of(aspecto))
            rows.append(AspectoRow(sort_order=len(rows), aspecto=aspecto, texto=text, duda=doubt, **values))
    return rows
