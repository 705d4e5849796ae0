"""The schema of book.yaml, drawn from its shape."""

from __future__ import annotations

from typing import Any

from octavo.project.shape import BookShape


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of book.yaml, for editors that check and complete as one types."""
    schema = _without_titles(BookShape.model_json_schema(by_alias=True))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "book.yaml, the description of a book for Octavo",
        **schema,
    }


def _without_titles(schema: Any) -> Any:
    """Drop the names that pydantic derives from ours; they tell an author nothing."""
    if isinstance(schema, list):
        return [_without_titles(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    # A title that is a group is the key called title, not a name.
    return {
        key: _without_titles(value)
        for key, value in schema.items()
        if key != "title" or isinstance(value, dict)
    }
