"""The public API, version 1: what stands in its OpenAPI description is a promise to others."""

from cms.api.content import router as content
from cms.api.description import DescribedAPI
from cms.api.directory import router as directory
from cms.api.drafts import router as drafts
from cms.api.export import router as export
from cms.api.notices import router as notices
from cms.api.problems import register_problems
from cms.channels.web.api import router as conversations

api = DescribedAPI(
    title="API de la Plataforma MAC",
    version="1",
    description=(
        "Fichas of Peru's public procedures, read from immutable versions; the places of the MAC network; "
        "conversations with the assistant and with Aló MAC's agents. Money is a decimal string in soles."
    ),
    urls_namespace="api-v1",
)
register_problems(api)
api.add_router("", content)
api.add_router("", directory)
api.add_router("", notices)
api.add_router("", export)
api.add_router("", drafts)
api.add_router("/conversations", conversations)
