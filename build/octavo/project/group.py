"""A group of keys in book.yaml: what all groups have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema  # noqa: TC002  (pydantic reads the annotation)

PLAIN, GROUP = "\0plain", "\0group"
"""Names of a choice between two forms; no key can be called so, for no text holds a NUL."""


class Shape(BaseModel):
    """A group of keys; a key without a value counts as not written."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-")
    )
    short: ClassVar[str] = ""
    """The key that a single word in place of the group stands for, if one may."""
    absent: ClassVar[tuple[str | None, ...]] = (None, "")
    """What a key holds that counts as not written."""

    @model_validator(mode="before")
    @classmethod
    def _spelt_out(cls, value: object) -> object:
        """Write a short form out, and leave out known keys that are empty."""
        if cls.short and isinstance(value, str):
            return {cls.short: value}
        if not isinstance(value, dict):
            return value
        known = cls.known()
        return {key: at for key, at in value.items() if at not in cls.absent or key not in known}

    @classmethod
    def known(cls) -> tuple[str, ...]:
        """Return the keys of the group, as book.yaml writes them."""
        return tuple(str(field.alias or name) for name, field in cls.model_fields.items())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Allow the short form too."""
        group = handler(core_schema)
        if not cls.short:
            return group
        return {"anyOf": [{"type": ["string", "number"]}, group]}
