"""A small checker for the JSON Schema keywords that our schemas use; a keyword it does not know is an error."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, cast

Json = Any
_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_WORDS = {"$schema", "$id", "$defs", "title", "description"}
_KNOWN = {
    *_WORDS,
    "$ref",
    "type",
    "enum",
    "const",
    "pattern",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "maxItems",
}


def load_schema(name: str) -> dict[str, Json]:
    text = files("rubric.schema").joinpath(f"{name}.json").read_text(encoding="utf-8")
    return cast("dict[str, Json]", json.loads(text))


def problems(value: Json, schema: dict[str, Json], root: dict[str, Json] | None = None, at: str = "$") -> Iterator[str]:
    """What of `value` does not fit, with its place."""
    root = schema if root is None else root
    assert schema.keys() <= _KNOWN, schema.keys() - _KNOWN
    if "$ref" in schema:
        yield from problems(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if "type" in schema and not any(_is(value, name) for name in _listed(schema["type"])):
        yield f"{at}: {value!r} is not {schema['type']}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not match {schema['pattern']}"
    if isinstance(value, dict):
        yield from _object_problems(cast("dict[str, Json]", value), schema, root, at)
    if isinstance(value, list):
        items = cast("list[Json]", value)
        if len(items) > schema.get("maxItems", len(items)):
            yield f"{at}: {len(items)} items"
        for index, item in enumerate(items):
            yield from problems(item, schema.get("items", {}), root, f"{at}[{index}]")


def _object_problems(value: dict[str, Json], schema: dict[str, Json], root: dict[str, Json], at: str) -> Iterator[str]:
    properties: dict[str, Json] = schema.get("properties", {})
    yield from (f"{at}: {name} is missing" for name in schema.get("required", []) if name not in value)
    for name, item in value.items():
        if name in properties:
            yield from problems(item, properties[name], root, f"{at}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{at}: {name} is not in the schema"


def _is(value: Json, name: str) -> bool:
    return isinstance(value, _TYPES[name]) and not (isinstance(value, bool) and name == "integer")


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names
