"""The page that describes the API, written on the server from its OpenAPI document."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frontdesk.channels.api.api import DESCRIPTION, api
from frontdesk.channels.api.needs import SCOPE

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """One value that is sent or answered."""

    name: str
    kind: str
    is_required: bool
    note: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as the page shows it."""

    id: str
    method: str
    path: str
    words: str
    scope: str
    parameters: list[Value]
    sent: list[Value]
    answered: list[Value]
    refusals: list[str]


def docs(request: HttpRequest) -> HttpResponse:
    """Show the API's calls; no script, so that it reads everywhere."""
    shown = {"calls": describe(), "parts": describe_parts(), "description": DESCRIPTION}
    return render(request, "api/docs.html", shown)


@lru_cache(maxsize=1)
def describe() -> list[Call]:
    """Return the calls of the OpenAPI document, in its order."""
    document, schemas = _document()
    return [
        _call(method, path, operation, schemas)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]


@lru_cache(maxsize=1)
def describe_parts() -> dict[str, list[Value]]:
    """Return the values of what answers are made of, by its name: a ledger's row, an error."""
    _paths, schemas = _document()
    kinds = [value.kind for call in describe() for value in call.answered]
    names = {kind.removeprefix("list of ") for kind in kinds} | {"Refusal", "Problem"}
    return {
        name: _values(schemas[name], schemas)
        for name in sorted(names & schemas.keys())
        if "properties" in schemas[name]
    }


def _document() -> tuple[Document, Document]:
    document: Document = api.get_openapi_schema()
    return document, document["components"]["schemas"]


def _call(method: str, path: str, operation: Document, schemas: Document) -> Call:
    responses = {str(status): answer for status, answer in operation["responses"].items()}
    success = next(answer for status, answer in responses.items() if status.startswith("2"))
    return Call(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        words=operation["description"],
        scope=operation[SCOPE],
        parameters=[_parameter(each, schemas) for each in operation.get("parameters", [])],
        sent=_body(operation.get("requestBody", {}), schemas),
        answered=_body(success, schemas),
        refusals=sorted(status for status in responses if not status.startswith("2")),
    )


def _parameter(parameter: Document, schemas: Document) -> Value:
    schema = parameter["schema"]
    note = parameter.get("description") or _note(schema, schemas)
    kind = f"{_kind(schema)}, {parameter['in']}"
    return Value(parameter["name"], kind, bool(parameter.get("required")), note)


def _body(holder: Document, schemas: Document) -> list[Value]:
    """Return the values of a body: those of the schema that its JSON refers to."""
    reference = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return _values(schemas.get(_name(reference), {}), schemas)


def _values(schema: Document, schemas: Document) -> list[Value]:
    required = schema.get("required", [])
    return [
        Value(name, _kind(value), name in required, _note(value, schemas))
        for name, value in schema.get("properties", {}).items()
    ]


def _kind(value: Document) -> str:
    if "anyOf" in value:
        kinds = [_kind(each) for each in value["anyOf"] if each.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if value.get("type") == "array":
        return f"list of {_kind(value['items'])}"
    if "$ref" in value:
        return _name(value)
    return str(value.get("format") or value.get("type", ""))


def _note(value: Document, schemas: Document) -> str:
    words = [value["description"]] if "description" in value else []
    named = [_name(each) for each in [value, *value.get("anyOf", [])]]
    choices = [each for name in named for each in schemas.get(name, {}).get("enum", [])]
    if choices:
        words.append(f"One of {', '.join(choices)}.")
    if "examples" in value:
        words.append(f"Example: {value['examples'][0]}")
    return " ".join(words)


def _name(value: Document) -> str:
    return str(value.get("$ref", "")).rpartition("/")[2]
