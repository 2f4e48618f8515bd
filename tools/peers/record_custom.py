#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records what a real kube-apiserver does with custom resources: record_custom.py KUBECONFIG writes mizzen/apiserver/crd/testdata/.

definitions.json: CustomResourceDefinitions, mostly wrong ones, and what was said. objects.json: schemas, objects, and what became of the objects.
"""
import copy
import pathlib
import re
import sys
import time

from real_api import RealApi, write_json

OUT = pathlib.Path(__file__).resolve().parents[2] / "mizzen/apiserver/crd/testdata"
CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
GONE = object()


def definition(name: str = "shops", schema: dict | None = None) -> dict:
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema or {"type": "object"}}}
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": f"{name}.rec.dev"},
            "spec": {"group": "rec.dev", "scope": "Namespaced", "names": {"plural": name, "kind": name[:-1].capitalize()}, "versions": [version]}}


def put(tree: object, path: str, value: object) -> object:
    """A copy of the tree with the value at "spec.names.kind" or "spec.versions[0].name"; GONE removes it."""
    tree = copy.deepcopy(tree)
    steps = [int(s[1:-1]) if s.startswith("[") else s.replace("|", ".") for s in re.findall(r"\[\d+\]|[^.\[\]]+", path)]
    at = tree
    for step in steps[:-1]:
        at = at.setdefault(step, {}) if isinstance(step, str) else at[step]
    if value is GONE:
        del at[steps[-1]]
    elif isinstance(at, list) and steps[-1] == len(at):
        at.append(value)
    else:
        at[steps[-1]] = value
    return tree


SPEC = "spec.versions[0]"
SCHEMA = SPEC + ".schema.openAPIV3Schema"
COLUMN = {"name": "A", "type": "string", "jsonPath": ".spec.a"}
HOOK = {"strategy": "Webhook", "webhook": {"clientConfig": {"service": {"name": "s", "namespace": "n"}}, "conversionReviewVersions": ["v1"]}}


def of_spec(**properties: object) -> dict:
    return {"type": "object", "properties": {"spec": {"type": "object", "properties": properties}}}


DEFINITIONS = [
    ("is well", []),
    ("a name that is not plural and group", [("metadata.name", "other.rec.dev")]),
    ("a group without a dot", [("spec.group", "dev"), ("metadata.name", "shops.dev")]),
    ("a group that is no domain", [("spec.group", "Rec.dev")]),
    ("no group", [("spec.group", GONE)]),
    ("no scope", [("spec.scope", GONE)]),
    ("an unknown scope", [("spec.scope", "Galaxy")]),
    ("no plural", [("spec.names.plural", GONE)]),
    ("no kind", [("spec.names.kind", GONE)]),
    ("a plural with capitals", [("spec.names.plural", "Shops")]),
    ("a singular with an underscore", [("spec.names.singular", "a_b")]),
    ("a kind with a dash at its end", [("spec.names.kind", "Shop-")]),
    ("kind and list kind the same", [("spec.names.listKind", "Shop")]),
    ("wrong short names and categories", [("spec.names.shortNames", ["A"]), ("spec.names.categories", ["b", "C_"])]),
    ("no versions", [("spec.versions", [])]),
    ("no storage version", [(SPEC + ".storage", False)]),
    ("a version twice", [("spec.versions[1]", {"name": "v1", "served": True, "storage": False, "schema": {"openAPIV3Schema": {"type": "object"}}})]),
    ("two storage versions", [("spec.versions[1]", {"name": "v2", "served": True, "storage": True, "schema": {"openAPIV3Schema": {"type": "object"}}})]),
    ("a version name with capitals", [(SPEC + ".name", "V1")]),
    ("no schema", [(SPEC + ".schema", GONE)]),
    ("no schema in one of two", [("spec.versions[1]", {"name": "v2", "served": True, "storage": False})]),
    ("two schemas, one wrong", [("spec.versions[1]", {"name": "v2", "served": True, "storage": False, "schema": {"openAPIV3Schema": {"type": "string"}}})]),
    ("no type at the root", [(SCHEMA, {"properties": {}})]),
    ("another type at the root", [(SCHEMA, {"type": "array", "items": {"type": "string"}})]),
    ("nullable at the root", [(SCHEMA + ".nullable", True)]),
    ("no type of a field", [(SCHEMA, of_spec(a={}))]),
    ("no type of items", [(SCHEMA, of_spec(a={"type": "array", "items": {}}))]),
    ("no items", [(SCHEMA, of_spec(a={"type": "array"}))]),
    ("an unknown type", [(SCHEMA, of_spec(a={"type": "text"}))]),
    ("the null type", [(SCHEMA, of_spec(a={"type": "null"}))]),
    ("a type inside of anyOf", [(SCHEMA, of_spec(a={"type": "string", "anyOf": [{"type": "string"}, {"minLength": 2}]}))]),
    ("a description and a default inside of oneOf", [(SCHEMA, of_spec(a={"type": "string", "oneOf": [{"description": "x", "default": "y"}]}))]),
    ("nullable inside of not", [(SCHEMA, of_spec(a={"type": "string", "not": {"nullable": True}}))]),
    ("what allOf alone speaks of", [(SCHEMA, {"type": "object", "allOf": [{"properties": {"x": {"minLength": 1}}, "required": ["x"]}]})]),
    ("what a field's allOf alone speaks of", [(SCHEMA, of_spec(a={"type": "object", "allOf": [{"properties": {"x": {"minLength": 1}}}]}))]),
    ("extensions inside of allOf", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "string"}, "allOf": [{"x-kubernetes-list-type": "set", "x-kubernetes-preserve-unknown-fields": True}]}))]),
    ("int or string the usual way", [(SCHEMA, of_spec(a={"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}], "pattern": "^[0-9]+%?$"}))]),
    ("int or string in allOf", [(SCHEMA, of_spec(a={"x-kubernetes-int-or-string": True, "allOf": [{"anyOf": [{"type": "integer"}, {"type": "string"}]}, {"minimum": 1}]}))]),
    ("int or string the other way round", [(SCHEMA, of_spec(a={"x-kubernetes-int-or-string": True, "anyOf": [{"type": "string"}, {"type": "integer"}]}))]),
    ("int or string and preserve", [(SCHEMA, of_spec(a={"x-kubernetes-int-or-string": True, "x-kubernetes-preserve-unknown-fields": True}))]),
    ("preserve false", [(SCHEMA, of_spec(a={"type": "object", "x-kubernetes-preserve-unknown-fields": False}))]),
    ("preserve without a type", [(SCHEMA, of_spec(a={"x-kubernetes-preserve-unknown-fields": True}))]),
    ("embedded without a type", [(SCHEMA, of_spec(a={"x-kubernetes-embedded-resource": True}))]),
    ("embedded without properties", [(SCHEMA, of_spec(a={"type": "object", "x-kubernetes-embedded-resource": True}))]),
    ("embedded and additional", [(SCHEMA, of_spec(a={"type": "object", "x-kubernetes-embedded-resource": True, "additionalProperties": True}))]),
    ("properties and additional", [(SCHEMA, of_spec(a={"type": "object", "properties": {"b": {"type": "string"}}, "additionalProperties": {"type": "string"}}))]),
    ("additional at the root", [(SCHEMA, {"type": "object", "additionalProperties": {"type": "string"}})]),
    ("metadata with more than names", [(SCHEMA, {"type": "object", "properties": {"metadata": {"type": "object", "properties": {"labels": {"type": "object"}}}}})]),
    ("metadata with a limit of its name", [(SCHEMA, {"type": "object", "properties": {"metadata": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 10}}}}})]),
    ("kind that is no string", [(SCHEMA, {"type": "object", "properties": {"kind": {"type": "integer"}, "apiVersion": {"type": "string"}}})]),
    ("unique items", [(SCHEMA, of_spec(a={"type": "array", "uniqueItems": True, "items": {"type": "string"}}))]),
    ("a reference", [(SCHEMA, of_spec(a={"type": "string", "$ref": "#/x"}))]),
    ("definitions and pattern properties", [(SCHEMA, {"type": "object", "definitions": {"a": {"type": "string"}}, "patternProperties": {"b": {"type": "string"}}})]),
    ("dependencies and an id", [(SCHEMA, of_spec(a={"type": "object", "id": "x", "dependencies": {"b": ["c"]}, "additionalItems": True}))]),
    ("a list of item schemas", [(SCHEMA, of_spec(a={"type": "array", "items": [{"type": "string"}]}))]),
    ("a list type of a string", [(SCHEMA, of_spec(a={"type": "string", "x-kubernetes-list-type": "set"}))]),
    ("an unknown list type", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "bag"}))]),
    ("a keyed list without keys", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "object"}, "x-kubernetes-list-type": "map"}))]),
    ("keys without a keyed list", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "object", "properties": {"k": {"type": "string"}}}, "x-kubernetes-list-map-keys": ["k"]}))]),
    ("a key that is not there", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "object"}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}))]),
    ("a key that may be missing", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "object", "properties": {"k": {"type": "string", "nullable": True}}}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k", "k"]}))]),
    ("a key that is a list", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "object", "required": ["k"], "properties": {"k": {"type": "array", "items": {"type": "string"}}}}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}))]),
    ("a keyed list of strings", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}))]),
    ("a set of objects", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "object"}, "x-kubernetes-list-type": "set"}))]),
    ("a set of nullable strings", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "string", "nullable": True}, "x-kubernetes-list-type": "set"}))]),
    ("a map type of a list", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "string"}, "x-kubernetes-map-type": "atomic"}))]),
    ("an unknown map type", [(SCHEMA, of_spec(a={"type": "object", "x-kubernetes-map-type": "loose"}))]),
    ("a default of the wrong type", [(SCHEMA, of_spec(a={"type": "integer", "default": "x"}))]),
    ("a default over its limit", [(SCHEMA, of_spec(a={"type": "integer", "maximum": 3, "default": 4}))]),
    ("a default with unknown fields", [(SCHEMA, of_spec(a={"type": "object", "properties": {"b": {"type": "string"}}, "default": {"c": 1}}))]),
    ("a default that is wrong inside", [(SCHEMA, of_spec(a={"type": "array", "items": {"type": "object", "properties": {"b": {"type": "string"}}}, "default": [{"b": 1}]}))]),
    ("a default in metadata", [(SCHEMA, {"type": "object", "properties": {"metadata": {"type": "object", "properties": {"name": {"type": "string", "default": "x"}}}}})]),
    ("a default inside of additionalProperties", [(SCHEMA, of_spec(a={"type": "object", "additionalProperties": {"type": "object", "properties": {"b": {"type": "string", "default": "x"}}}}))]),
    ("rules without a rule", [(SCHEMA, of_spec(a={"type": "string", "x-kubernetes-validations": [{"rule": " "}, {"rule": "self == 'a'", "message": " "}, {"rule": "self == 'a'", "message": "a\nb"}, {"rule": "self == 'a'", "reason": "Odd"}]}))]),
    ("status and a root that says more", [(SPEC + ".subresources", {"status": {}}), (SCHEMA, {"type": "string"})]),
    ("scale without paths", [(SPEC + ".subresources", {"scale": {"specReplicasPath": "", "statusReplicasPath": ""}})]),
    ("scale with wrong paths", [(SPEC + ".subresources", {"scale": {"specReplicasPath": "spec.a", "statusReplicasPath": ".spec.b", "labelSelectorPath": ".metadata.c"}})]),
    ("columns", [(SPEC + ".additionalPrinterColumns", [COLUMN, {}, {"name": "B", "type": "text", "format": "int8", "jsonPath": "spec"}, {"name": "C", "type": "date", "jsonPath": ".x"}])]),
    ("selectable fields", [(SCHEMA, of_spec(a={"type": "string"}, b={"type": "object"})), (SPEC + ".selectableFields", [{"jsonPath": ".spec.a"}, {"jsonPath": ".spec.a"}, {"jsonPath": ".spec.b"}, {"jsonPath": ".spec.c"}, {"jsonPath": ".spec.l[0]"}, {"jsonPath": "spec"}])]),
    ("a deprecation warning of a living version", [(SPEC + ".deprecationWarning", "old")]),
    ("an empty deprecation warning", [(SPEC + ".deprecated", True), (SPEC + ".deprecationWarning", "")]),
    ("an unknown conversion", [("spec.conversion", {"strategy": "Magic"})]),
    ("a webhook nowhere", [("spec.conversion", {"strategy": "Webhook"})]),
    ("a webhook and no conversion", [("spec.conversion", {**HOOK, "strategy": "None"})]),
    ("a webhook in a service", [("spec.conversion", HOOK)]),
    ("a webhook twice", [("spec.conversion", put(HOOK, "webhook.clientConfig.url", "https://x"))]),
    ("a webhook at a bad address", [("spec.conversion", {"strategy": "Webhook", "webhook": {"clientConfig": {"url": "http://u:p@/a?b=c#d"}, "conversionReviewVersions": ["v7", "v7"]}})]),
    ("a webhook in half a service", [("spec.conversion", {"strategy": "Webhook", "webhook": {"clientConfig": {"service": {"name": "", "namespace": "n", "port": 70000, "path": "a//b"}}, "conversionReviewVersions": []}})]),
    ("the group of others", [("spec.group", "x.k8s.io"), ("metadata.name", "shops.x.k8s.io")]),
    ("the group of others with leave", [("spec.group", "x.k8s.io"), ("metadata.name", "shops.x.k8s.io"), ("metadata.annotations", {"api-approved.kubernetes.io": "unapproved, a test"})]),
    ("the group of others with an odd leave", [("spec.group", "x.k8s.io"), ("metadata.name", "shops.x.k8s.io"), ("metadata.annotations", {"api-approved.kubernetes.io": "yes"})]),
    ("all unknown fields preserved", [("spec.preserveUnknownFields", True)]),
    ("a broken pattern", [(SCHEMA, of_spec(a={"type": "string", "pattern": "a)"}))]),
]
UPDATES = [
    ("another kind", [("spec.names.kind", "Stall")]),
    ("another scope", [("spec.scope", "Cluster")]),
    ("another group", [("spec.group", "rec2.dev")]),
    ("another plural", [("spec.names.plural", "stalls")]),
    ("the stored version gone", [(SPEC + ".name", "v2")]),
    ("a second version stored", [(SPEC + ".storage", False), ("spec.versions[1]", {"name": "v2", "served": True, "storage": True, "schema": {"openAPIV3Schema": {"type": "object"}}})]),
]

STRING = {"type": "string"}
SCHEMAS = {
    "numbers": of_spec(i={"type": "integer", "minimum": 1, "maximum": 10, "multipleOf": 3}, n={"type": "number", "minimum": 0.5, "exclusiveMinimum": True, "maximum": 1.5, "exclusiveMaximum": True, "multipleOf": 0.25},
                       i32={"type": "integer", "format": "int32"}, f={"type": "number", "format": "float"}, e={"type": "integer", "enum": [1, 2]}, p={"type": "integer", "exclusiveMaximum": True, "maximum": 5}),
    "texts": of_spec(s={"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[a-z]+$"}, e={"type": "string", "enum": ["red", "green"]}, n={"type": "string", "nullable": True}, c={"type": "string", "maxLength": 1}),
    "formats": of_spec(**{f.replace("-", ""): {"type": "string", "format": f} for f in ("date-time", "date", "byte", "uuid", "uuid4", "ipv4", "ipv6", "cidr", "hostname", "email", "uri", "mac", "duration", "password", "hexcolor", "k8s-short-name", "strange")}),
    "lists": of_spec(l={"type": "array", "minItems": 1, "maxItems": 2, "items": STRING}, s={"type": "array", "x-kubernetes-list-type": "set", "items": STRING},
                     k={"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["a"], "items": {"type": "object", "required": ["a"], "properties": {"a": STRING, "b": {"type": "integer", "maximum": 5}}}},
                     m={"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["a", "p"], "items": {"type": "object", "required": ["a"], "properties": {"a": STRING, "p": {"type": "string", "default": "TCP"}}}}),
    "maps": of_spec(m={"type": "object", "additionalProperties": {"type": "integer", "maximum": 5}, "minProperties": 1, "maxProperties": 2}, o={"type": "object", "required": ["a", "b"], "properties": {"a": STRING, "b": STRING}},
                    f={"type": "object", "additionalProperties": True}, x={"type": "object", "additionalProperties": {"type": "object", "properties": {"d": {"type": "string", "nullable": True}}}}),
    "choices": of_spec(any={"type": "object", "properties": {"a": STRING, "b": STRING}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
                       one={"type": "object", "properties": {"a": STRING, "b": STRING}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
                       all={"type": "integer", "allOf": [{"minimum": 2}, {"maximum": 4}]}, no={"type": "string", "not": {"enum": ["bad"]}},
                       ios={"x-kubernetes-int-or-string": True}),
    "defaults": of_spec(a={"type": "string", "default": "x"}, deep={"type": "object", "default": {}, "properties": {"b": {"type": "integer", "default": 7}}}, absent={"type": "object", "properties": {"c": {"type": "string", "default": "y"}}},
                        list={"type": "array", "items": {"type": "object", "properties": {"d": {"type": "boolean", "default": True}}}}, map={"type": "object", "additionalProperties": {"type": "object", "properties": {"e": {"type": "string", "nullable": True}}}},
                        nul={"type": "string", "nullable": True, "default": "z"}, plain=STRING),
    "unknowns": of_spec(keep={"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {"known": {"type": "object", "properties": {"a": STRING}}}}, any={"x-kubernetes-preserve-unknown-fields": True},
                        strict={"type": "object", "properties": {"a": STRING}}, list={"type": "array", "items": {"type": "object", "properties": {"a": STRING}}}),
    "embedded": of_spec(r={"type": "object", "x-kubernetes-embedded-resource": True, "x-kubernetes-preserve-unknown-fields": True}, s={"type": "object", "x-kubernetes-embedded-resource": True, "properties": {"spec": {"type": "object", "properties": {"a": STRING}}}}),
}
OBJECTS = [
    ("numbers", {"i": 4}), ("numbers", {"i": 12}), ("numbers", {"i": 0}), ("numbers", {"i": "x"}), ("numbers", {"i": 3.5}), ("numbers", {"i": 3.0}), ("numbers", {"i": None}), ("numbers", {"i": True}),
    ("numbers", {"n": 0.5}), ("numbers", {"n": 1.5}), ("numbers", {"n": 1.1}), ("numbers", {"n": 1}), ("numbers", {"n": "x"}), ("numbers", {"i32": 3000000000}), ("numbers", {"f": 1e39}), ("numbers", {"e": 3}), ("numbers", {"p": 5}), ("numbers", {"i": [], "n": {}}),
    ("texts", {"s": "a"}), ("texts", {"s": "abcde"}), ("texts", {"s": "aB"}), ("texts", {"s": "äöü"}), ("texts", {"s": 5}), ("texts", {"e": "blue"}), ("texts", {"e": 5}), ("texts", {"n": None, "e": None}), ("texts", {"c": "ä"}), ("texts", {"c": "ab"}), ("texts", {"s": []}),
    ("formats", {"datetime": "2020-01-02T03:04:05Z", "date": "2020-02-29", "byte": "YQ==", "uuid": "0" * 32, "ipv4": "1.2.3.4", "ipv6": "::1", "cidr": "10.0.0.1/8", "hostname": "a.bc", "email": "a@b", "uri": "/x", "mac": "00:11:22:33:44:55", "duration": "3 weeks", "hexcolor": "#fff", "strange": "x"}),
    ("formats", {"datetime": "2020-01-02", "date": "2020-02-30", "byte": "a", "uuid": "x", "ipv4": "1.2.3", "ipv6": "1.2.3.4", "cidr": "10.0.0.0", "hostname": "-a", "email": "a", "uri": "x", "mac": "0", "duration": "x", "hexcolor": "#ff", "k8sshortname": "A"}),
    ("formats", {"datetime": 5}), ("formats", {"uuid4": "01234567-89ab-4def-8123-456789abcdef"}), ("formats", {"uuid4": "01234567-89ab-1def-8123-456789abcdef"}), ("formats", {"datetime": "2020-01-02T24:00:00Z"}), ("formats", {"datetime": "2020-01-02t03:04:05.6+01:00"}),
    ("formats", {"datetime": "x", "strange": 5}),
    ("lists", {"l": []}), ("lists", {"l": ["a", "b", "c"]}), ("lists", {"l": ["a", 5]}), ("lists", {"l": {}}), ("lists", {"s": ["a", "b", "a", "a"]}), ("lists", {"k": [{"a": "x"}, {"a": "x", "b": 9}]}), ("lists", {"k": [{}]}), ("lists", {"k": [None]}), ("lists", {"m": [{"a": "x"}, {"a": "x", "p": "TCP"}]}), ("lists", {"m": [{"a": "x"}, {"a": "x", "p": "UDP"}]}),
    ("maps", {"m": {}}), ("maps", {"m": {"a": 1, "b": 9, "c": "x"}}), ("maps", {"o": {}}), ("maps", {"o": {"a": "x"}}), ("maps", {"f": {"a": {"b": 1}}}), ("maps", {"x": {"k": {"d": None, "e": 1}}}), ("maps", {"m": []}),
    ("choices", {"any": {}}), ("choices", {"any": {"a": "x"}}), ("choices", {"one": {}}), ("choices", {"one": {"a": "x", "b": "y"}}), ("choices", {"all": 1}), ("choices", {"all": 5}), ("choices", {"all": 3, "no": "bad"}), ("choices", {"ios": True}), ("choices", {"ios": 1.5}), ("choices", {"ios": "50%"}), ("choices", {"ios": None}),
    ("defaults", {}), ("defaults", {"a": None, "deep": {"b": None}, "nul": None, "plain": None}), ("defaults", {"absent": {}, "list": [{}, {"d": False}, {"d": None}], "map": {"k": {}, "l": None}}), ("defaults", {"deep": None, "absent": None, "list": None}),
    ("unknowns", {"x": 1, "keep": {"y": 1, "known": {"z": 1, "a": "b"}}, "any": {"w": [1, {"v": None}]}, "strict": {"u": 1, "a": "b"}, "list": [{"t": 1}, {"a": "b"}]}),
    ("embedded", {"r": {}}), ("embedded", {"r": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "labels": {"-": "x"}, "strange": 1}, "more": 1}}), ("embedded", {"s": {"apiVersion": "a/b/c", "kind": "-", "metadata": {"namespace": "A"}, "more": 1, "spec": {"a": "x", "b": 1}}}), ("embedded", {"s": {"apiVersion": "v1", "kind": "A", "metadata": {"labels": {"a": 5}}}}),
    ("unknowns", []), ("unknowns", "x"), ("unknowns", None),
]
# What was stored before the schema became as it is, and what is then written.
LOOSE = {"type": "object", "properties": {"spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}}
RATCHETS = [
    ("numbers", {"i": 99}, {"i": 99}), ("numbers", {"i": 99}, {"i": 99, "e": 1}), ("numbers", {"i": 99}, {"i": 98}), ("lists", {"k": [{"a": "x", "b": 9}]}, {"k": [{"a": "y"}, {"a": "x", "b": 9}]}), ("lists", {"k": [{"a": "x", "b": 9}]}, {"k": [{"a": "y", "b": 9}]}),
    ("lists", {"l": ["a", "b", "c"]}, {"l": ["a", "b", "c"]}), ("lists", {"l": ["a", 5]}, {"l": ["b", 5]}), ("lists", {"s": ["a", "a"]}, {"s": ["b", "b"]}), ("maps", {"m": {"a": 9}}, {"m": {"a": 9, "b": 1}}), ("maps", {"o": {}}, {"o": {"a": "x"}}), ("choices", {"one": {}}, {"one": {}}), ("texts", {"s": "X"}, {"s": "X", "e": "blue"}),
]


def verdict(answer: tuple[int, object]) -> dict:
    code, body = answer
    if code < 300:
        kept = {k: v for k, v in body.items() if k in ("spec", "status")}
        return {"code": code, "object": kept}
    return {"code": code, "reason": body.get("reason"), "message": body["message"], "causes": body.get("details", {}).get("causes", [])}


def changed(base: dict, changes: list) -> dict:
    for path, value in changes:
        base = put(base, path, value)
    return base


def served(api: RealApi, plural: str, schema: dict) -> str:
    """Makes the schema that of the plural, whatever it was before, and waits until it is."""
    wanted = definition(plural, schema)
    code, _ = api.call("POST", CRDS, wanted)
    if code == 409:
        wanted["metadata"]["resourceVersion"] = api.call("GET", f"{CRDS}/{plural}.rec.dev")[1]["metadata"]["resourceVersion"]
        api.call("PUT", f"{CRDS}/{plural}.rec.dev", wanted)
    path = f"/apis/rec.dev/v1/namespaces/default/{plural}"
    time.sleep(2)
    while api.call("GET", path)[0] != 200:
        time.sleep(0.1)
    return path


def main() -> None:
    api = RealApi(sys.argv[1])
    definitions = []
    for name, changes in DEFINITIONS:
        crd = changed(definition(), changes)
        definitions.append({"name": name, "definition": crd, "want": verdict(api.call("POST", CRDS, crd, dryRun="All"))})
    served(api, "shops", {"type": "object"})
    live = api.call("GET", f"{CRDS}/shops.rec.dev")[1]
    for name, changes in UPDATES:
        crd = changed(live, changes)
        definitions.append({"name": name, "old": live, "definition": crd, "want": verdict(api.call("PUT", f"{CRDS}/shops.rec.dev", crd, dryRun="All"))})
    write_json(OUT / "definitions.json", definitions)

    objects = []
    paths = {name: served(api, name, schema) for name, schema in SCHEMAS.items() if name != "defaults"} | {"defaults": served(api, "defaults", SCHEMAS["defaults"])}
    for number, (name, spec) in enumerate(OBJECTS):
        kind = definition(name)["spec"]["names"]["kind"]
        sent = {"apiVersion": "rec.dev/v1", "kind": kind, "metadata": {"name": f"o{number}"}, "spec": spec}
        objects.append({"schema": name, "object": sent, "want": verdict(api.call("POST", paths[name], sent, dryRun="All", fieldValidation="Ignore")),
                        "strict": verdict(api.call("POST", paths[name], sent, dryRun="All", fieldValidation="Strict")).get("message", "")})
    for number, (name, before, after) in enumerate(RATCHETS):
        kind = definition(name)["spec"]["names"]["kind"]
        served(api, name, LOOSE)
        old = {"apiVersion": "rec.dev/v1", "kind": kind, "metadata": {"name": f"r{number}"}, "spec": before}
        api.call("DELETE", f"{paths[name]}/r{number}")
        old = api.call("POST", paths[name], old)[1]
        served(api, name, SCHEMAS[name])
        sent = {**old, "spec": after}
        objects.append({"schema": name, "old": old, "object": sent, "want": verdict(api.call("PUT", f"{paths[name]}/r{number}", sent, dryRun="All", fieldValidation="Ignore"))})
    write_json(OUT / "objects.json", objects)
    write_json(OUT / "schemas.json", [{"name": name, "schema": schema} for name, schema in SCHEMAS.items()])


if __name__ == "__main__":
    main()
