# SPDX-License-Identifier: Apache-2.0
"""Reads message fields out of generated.proto files, to check the numbers found in the Go tags."""
import re

_MESSAGE = re.compile(r"^message (\w+) \{\n(.*?)^\}", re.M | re.S)
_FIELD = re.compile(r"^\s*(?:optional|repeated|required)?\s*(?:map<[^>]*>|[\w.]+)\s+(\w+)\s*=\s*(\d+)\s*;", re.M)


def read_numbers(folder):
    """{message: set of field numbers} of a package; {} if it has no .proto file."""
    path = folder / "generated.proto"
    if not path.exists():
        return {}
    return {name: {int(n) for _, n in _FIELD.findall(body)} for name, body in _MESSAGE.findall(path.read_text())}
