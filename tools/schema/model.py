# SPDX-License-Identifier: Apache-2.0
"""The model of all types: what OpenAPI says, joined with what the Go declarations and .proto files say."""
import json
from dataclasses import dataclass, field

import go_enums
import go_types
import proto
from sources import GROUP_VERSIONS

_PREFIXES = ("io.k8s.api.", "io.k8s.apimachinery.pkg.apis.", "io.k8s.apimachinery.pkg.", "io.k8s.apiextensions-apiserver.pkg.apis.",
             "io.k8s.kube-aggregator.pkg.apis.")
_META = "io.k8s.apimachinery.pkg.apis.meta.v1."
_APIEXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1."

# Named types that are no objects with fields, as (shape, format, merge).
SPECIAL = {
    _META + "Time": ("string", "date_time", ""),
    _META + "MicroTime": ("string", "micro_time", ""),
    _META + "FieldsV1": ("any", "none", ""),
    _META + "Patch": ("any", "none", ""),
    "io.k8s.apimachinery.pkg.api.resource.Quantity": ("string", "quantity", ""),
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": ("int_or_string", "none", ""),
    "io.k8s.apimachinery.pkg.runtime.RawExtension": ("any", "none", ""),
    _APIEXTENSIONS + "JSON": ("any", "none", ""),
    _APIEXTENSIONS + "JSONSchemaPropsOrArray": ("any", "none", ""),
    _APIEXTENSIONS + "JSONSchemaPropsOrBool": ("any", "none", ""),
    _APIEXTENSIONS + "JSONSchemaPropsOrStringArray": ("any", "none", ""),
}

# Defaults that only restate the zero value of a field that is no pointer; the API server never applies them.
_EMPTY_DEFAULTS = ("", {}, 0, False)


@dataclass
class Type:
    """Mirrors schema::Type; named types are identified by name, the others by what they are."""
    name: str = ""
    shape: str = "any"
    format: str = "none"
    merge: str = ""
    fields: list = field(default_factory=list)
    element: "Type" = None
    map_keys: tuple = ()
    map_key_defaults: tuple = ()

    def symbol(self):
        if self.name:
            base = short_name(self.name)
            return base + ("_" + self.merge if self.merge and self.shape == "object" and self.merge != "atomic_type" else "")
        parts = [self.shape]
        if self.format != "none":
            parts.append(self.format.rstrip("_"))
        if self.element:
            parts.append("of_" + self.element.symbol())
        if self.merge:
            parts.append(self.merge)
        parts += [k for k in self.map_keys]
        return "_".join(parts)


@dataclass
class Field:
    name: str
    type: Type
    number: int = 0
    inside: tuple = ()
    required: bool = False
    pointer: bool = False
    omit_empty: bool = False
    omit_zero: bool = False
    patch_merge: bool = False
    patch_retain_keys: bool = False
    patch_replace: bool = False
    patch_merge_key: str = ""
    default_json: str = ""
    enumeration: tuple = ()
    go_type: str = ""


def short_name(openapi_name):
    """io.k8s.api.core.v1.PodSpec -> core_v1_PodSpec."""
    for prefix in _PREFIXES:
        if openapi_name.startswith(prefix):
            return openapi_name[len(prefix):].replace(".", "_").replace("-", "_")
    raise ValueError(openapi_name)


class Model:
    def __init__(self, sources):
        self.sources = sources
        self.schemas = {}
        for group, version in GROUP_VERSIONS:
            for name, schema in sources.openapi(group, version)["components"]["schemas"].items():
                self.schemas.setdefault(name, schema)
        self.enums = go_enums.read_enums(sources.go_openapi())
        self.packages = {}
        self.numbers = {}
        self.types = {}
        self.anonymous = {}
        for name in sorted(self.schemas):
            self._named(name)

    def object_kinds(self):
        """Sorted (group, version, kind, type) of every kind that has a group and version of its own."""
        out = []
        for name, type_ in self.types.items():
            gvks = self.schemas[name].get("x-kubernetes-group-version-kind", [])
            if len(gvks) > 3:  # DeleteOptions and WatchEvent belong to every group version
                gvks = [g for g in gvks if (g["group"], g["version"]) == ("", "v1")]
            out += [(g["group"], g["version"], g["kind"], type_) for g in gvks]
        return sorted(out, key=lambda k: k[:3])

    def type_of_kind(self, group, version, kind):
        return next(t for g, v, k, t in self.object_kinds() if (g, v, k) == (group, version, kind))

    def _named(self, name):
        if name in self.types:
            return self.types[name]
        schema = self.schemas[name]
        if name in SPECIAL:
            shape, format_, merge = SPECIAL[name]
            type_ = self.types[name] = Type(name=name, shape=shape, format=format_, merge=merge)
            return type_
        type_ = self.types[name] = Type(name=name, shape="object")
        if schema.get("x-kubernetes-map-type") == "atomic":
            type_.merge = "atomic_type"
        required = schema.get("required", [])
        go_fields = self._go_fields(name) if "properties" in schema else {}
        for key in sorted(schema.get("properties", {})):
            type_.fields.append(self._field(name, key, schema["properties"][key], key in required, go_fields.get(key)))
        return type_

    def _go_fields(self, name):
        package, struct = name.rsplit(".", 1)
        if package not in self.packages:
            folder = self.sources.go_package(package)
            self.packages[package] = go_types.read_package(folder)
            self.numbers[package] = proto.read_numbers(folder)
        fields = {f.json: (f, inside) for f, inside in go_types.flatten(self.packages, package, struct)}
        messages = self.numbers[package]
        if struct in messages:
            mine = {inside[0] if inside else f.number for f, inside in fields.values() if f.number}
            if mine != messages[struct]:
                raise ValueError(f"{name}: Go says fields {sorted(mine)}, .proto says {sorted(messages[struct])}")
        return fields

    def _field(self, owner, key, schema, required, go):
        strategy = schema.get("x-kubernetes-patch-strategy", "").split(",")
        enum_key = (short_name(owner), key)
        out = Field(name=key, type=self._of(owner, schema), required=required)
        out.patch_merge = "merge" in strategy
        out.patch_retain_keys = "retainKeys" in strategy
        out.patch_replace = "replace" in strategy
        out.patch_merge_key = schema.get("x-kubernetes-patch-merge-key", "")
        out.enumeration = tuple(self.enums.get(enum_key, ()))
        if go:
            declared, out.inside = go
            out.number, out.pointer, out.go_type = declared.number, declared.pointer, declared.go_type
            out.omit_empty, out.omit_zero = declared.omit_empty, declared.omit_zero
            default = schema.get("default")
            if default is not None and (declared.pointer or default not in _EMPTY_DEFAULTS):
                out.default_json = json.dumps(default)
        elif key not in ("apiVersion", "kind"):
            raise ValueError(f"{owner}.{key}: no such Go field")
        else:
            out.omit_empty = True
        return out

    def _of(self, owner, schema):
        reference = schema.get("$ref") or (schema["allOf"][0]["$ref"] if "allOf" in schema else None)
        if reference:
            base = self._named(reference.rsplit("/", 1)[-1])
            if schema.get("x-kubernetes-map-type") == "granular" and base.merge == "atomic_type":
                return self._share(Type(name=base.name, shape=base.shape, merge="granular", fields=base.fields))
            return base
        kind = schema.get("type")
        if kind == "array":
            return self._list(owner, schema)
        if kind == "object":
            merge = "atomic" if schema.get("x-kubernetes-map-type") == "atomic" else ""
            return self._share(Type(shape="map", merge=merge, element=self._of(owner, schema["additionalProperties"])))
        format_ = schema.get("format", "none").replace("-", "_")
        if format_ in ("double", "float"):
            format_ += "_"
        shape = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean"}[kind]
        return self._share(Type(shape=shape, format=format_.replace("double_", "double_")))

    def _list(self, owner, schema):
        merge = {"map": "keyed", "set": "set"}.get(schema.get("x-kubernetes-list-type", "atomic"), "atomic")
        element = self._of(owner, schema["items"])
        keys = tuple(schema.get("x-kubernetes-list-map-keys", ()))
        defaults = ()
        if keys:
            by_name = {f.name: f.default_json for f in element.fields}
            defaults = tuple(by_name.get(k, "") for k in keys)
        return self._share(Type(shape="list", merge=merge, element=element, map_keys=keys, map_key_defaults=defaults))

    def _share(self, type_):
        return self.anonymous.setdefault(type_.symbol(), type_)
