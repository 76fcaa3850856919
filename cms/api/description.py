"""The OpenAPI description of the API, completed with what every view has in common and none declares.

Errors are problem documents; every content GET has an ETag and may answer 304; a ficha is linked data too.
"""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from cms.api.problems import CONTENT_TYPE as PROBLEM
from cms.api.schemas import Problem

DRAFTS = "/drafts/"
CONVERSATIONS = "/conversations"
LINKED_DATA = "application/ld+json"
COMPONENT = "#/components/schemas/Problem"
ETAG = {"ETag": {"description": "Send it back in If-None-Match.", "schema": {"type": "string"}}}
FILE = "#/components/schemas/Whole"
SAID = {
    "400": "The query cannot be read.",
    "404": "There is nothing of this name; a withdrawn ficha is told with `retirado`, `motivo` and `reemplazo`.",
    "422": "A parameter is not valid: `errors` says which, and what it has to be.",
}

Part = dict[str, Any]


class DescribedAPI(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the view: where it lives in our code is nobody's concern."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(*args, **kwargs)
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schema["components"]["schemas"] |= {**problem.pop("$defs"), "Problem": problem}
        for path, methods in schema["paths"].items():
            for operation in methods.values():
                _complete(path, operation)
        return schema


def _complete(path: str, operation: Part) -> None:
    responses = {str(status): told for status, told in operation["responses"].items()}
    if CONVERSATIONS not in path:
        responses |= _content_responses(path)
        if DRAFTS not in path:
            responses["200"].setdefault("headers", ETAG)
    for status, told in responses.items():
        if len(told.get("content", {})) > 1 and FILE in str(told["content"].get("application/json")):
            del told["content"]["application/json"]
        if status >= "400" and "application/json" in told.get("content", {}):
            told["content"] = {PROBLEM: {"schema": {"$ref": COMPONENT}}}
    operation["responses"] = responses


def _content_responses(path: str) -> Part:
    kept: Part = {"304": {"description": "What `If-None-Match` names still holds.", "headers": ETAG}}
    found: Part = {} if DRAFTS in path else kept
    for status, said in SAID.items():
        if status != "404" or "{" in path:
            found[status] = _problem(said)
    return found


def _problem(said: str) -> Part:
    return {"description": said, "content": {PROBLEM: {"schema": {"$ref": COMPONENT}}}}


def problems(*statuses: int) -> Part:
    """`openapi_extra` of a view that answers with these, beyond what all of its kind do."""
    return {"responses": {status: _problem(SAID[str(status)]) for status in statuses}}


def also_linked_data() -> Part:
    """`openapi_extra` of a view that answers with JSON-LD too."""
    document = {"type": "object", "required": ["@context", "@graph"]}
    return {"responses": {200: {"content": {LINKED_DATA: {"schema": document}}}}}


def also_files(content_type: str) -> Part:
    """`openapi_extra` of a view that answers with a file of this kind, and with no JSON."""
    content = {content_type.partition(";")[0]: {"schema": {"type": "string"}}}
    return {"responses": {200: {"description": "The whole table.", "content": content}}}
