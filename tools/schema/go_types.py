# SPDX-License-Identifier: Apache-2.0
"""Reads struct fields out of Go type declarations: what is a pointer, what JSON omits, protobuf numbers."""
import re
from dataclasses import dataclass

_STRUCT = re.compile(r"^type (\w+) struct \{\n(.*?)^\}", re.M | re.S)
_FIELD = re.compile(r"^\t(?:(\w+)\s+)?([*\w\[\].]+)\s+`([^`]*)`", re.M)
_TAG = re.compile(r'(\w+):"([^"]*)"')


@dataclass
class GoField:
    json: str           # JSON name; "" where the struct is embedded
    go_type: str
    number: int         # protobuf number; 0 if there is none
    pointer: bool
    omit_empty: bool
    omit_zero: bool


def read_package(folder):
    """{struct name: [GoField]} of a package."""
    structs = {}
    for path in sorted(folder.glob("*.go")):
        if path.name.endswith("_test.go") or path.name.startswith(("zz_generated", "generated.pb")):
            continue
        for name, body in _STRUCT.findall(path.read_text()):
            structs[name] = [_field(*m) for m in _FIELD.findall(body)]
    return structs


def _field(name, go_type, tag_text):
    tags = dict(_TAG.findall(tag_text))
    json_name, *options = tags.get("json", name[:1].lower() + name[1:] if name else "").split(",")
    protobuf = tags.get("protobuf", "").split(",")
    return GoField(
        json=json_name,
        go_type=go_type,
        number=int(protobuf[1]) if len(protobuf) > 1 else 0,
        pointer=go_type.startswith("*"),
        omit_empty="omitempty" in options,
        omit_zero="omitzero" in options,
    )


def flatten(packages, package, struct):
    """The JSON fields of a struct with those of embedded structs, as (GoField, protobuf numbers of the messages it is in)."""
    out = []
    for field in packages[package][struct]:
        if field.json == "-":
            continue
        if field.json:
            out.append((field, ()))
            continue
        embedded = field.go_type.lstrip("*")
        if embedded.endswith("TypeMeta"):
            continue
        for inner, inside in flatten(packages, package, embedded):
            path = ((field.number,) if field.number else ()) + inside
            if len(path) > 2:
                raise ValueError(f"{struct}: three levels of embedded messages")
            out.append((inner, path))
    return out
