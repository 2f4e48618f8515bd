# SPDX-License-Identifier: Apache-2.0
"""C++ names of JSON members and types."""
import re

_PARTS = re.compile(r"[A-Z]+s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+[0-9]*")
_KEYWORDS = {"namespace", "operator", "default", "template", "continue", "delete", "private", "public", "protected", "new", "class", "enum",
             "not", "and", "or", "register", "volatile", "static", "export", "union", "switch", "case", "this", "auto", "const", "signed"}
_SPECIAL = {"openAPIV3Schema": "open_api_v3_schema"}


def member_name(key):
    """clusterIPs -> cluster_ips; namespace -> namespace_."""
    if key in _SPECIAL:
        return _SPECIAL[key]
    name = "_".join(part.lower() for part in _PARTS.findall(key))
    return name + "_" if name in _KEYWORDS else name
