"""The public API, version 1."""

from ninja import NinjaAPI

api = NinjaAPI(title="MAC", version="1", urls_namespace="api-v1")
