"""Writes the JSON Schemas of the documents beside this file: ``python resources/protocol/make.py``.

They come from the structs that read the wire, one for each kind, and from those of what a hub gives away; they are for
whoever receives figures without this program. Same structs, same bytes; a test finds one that was not written anew.
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from desktop.hub import export
from desktop.sync.bodies import BODIES, Body, Key, Signature

HERE = Path(__file__).resolve().parent


def schemas() -> dict[str, str]:
    """File name → text of the schema of one kind of document."""
    told = {kind: _document(kind, body, named="kind") for kind, body in BODIES.items()}
    told[export.KIND] = _document(export.KIND, export.HubFigures, named="packet")
    return {
        f"{kind.replace(' ', '_')}.schema.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for kind, schema in told.items()
    }


def _document(kind: str, body: type[Body], *, named: str) -> dict[str, Any]:
    (told, key, signature), parts = msgspec.json.schema_components(
        (body, Key, Signature), ref_template="#/$defs/{name}"
    )
    for part in parts.values():
        part["description"] = " ".join(part["description"].replace("``", "").split())
        # What may be left out when a struct is made may not on the wire: there is one text for one content.
        if fields := part.get("properties"):
            part["required"] = list(fields)
            for each in fields.values():
                each.pop("default", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": str(kind),
        "type": "object",
        "properties": {"body": told, "key": key, named: {"const": str(kind)}, "signature": signature},
        "required": sorted(["body", "key", named, "signature"]),
        "additionalProperties": False,
        "$defs": parts,
    }


def main() -> None:
    for name, text in schemas().items():
        (HERE / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
