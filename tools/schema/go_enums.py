# SPDX-License-Identifier: Apache-2.0
"""Reads the enumerations of string fields out of Kubernetes' generated OpenAPI Go file."""
import re

_FUNCTION = re.compile(r"^func schema_(?:k8sio_api|pkg_apis)_(\w+)\(ref.*?\n(.*?)^\}", re.M | re.S)
_PROPERTY = re.compile(r'^\t{5}"([^"]+)": \{')
_ENUM = re.compile(r"^\t+Enum: +\[\]interface\{\}\{(.*)\},$")


def read_enums(path):
    """{("core_v1_ContainerPort", "protocol"): ["SCTP", "TCP", "UDP"]}; of a list, those of its elements."""
    enums = {}
    for function, body in _FUNCTION.findall(path.read_text()):
        name = ""
        for line in body.splitlines():
            if found := _PROPERTY.match(line):
                name = found.group(1)
            elif found := _ENUM.match(line):
                enums[(function, name)] = re.findall(r'"([^"]*)"', found.group(1))
    return enums
