# SPDX-License-Identifier: Apache-2.0
"""The resources of discovery, with their subresources gathered under them."""
from dataclasses import dataclass, field

from sources import GROUP_VERSIONS


@dataclass
class Subresource:
    name: str
    group: str
    version: str
    kind: str
    verbs: tuple


@dataclass
class Resource:
    group: str
    version: str
    kind: str
    plural: str
    singular: str
    namespaced: bool
    short_names: tuple
    categories: tuple
    verbs: tuple
    storage_version_hash: str
    subresources: list = field(default_factory=list)


def read_resources(sources):
    """Every resource, sorted by group, version and plural."""
    out = []
    for group, version in GROUP_VERSIONS:
        entries = sources.discovery(group, version)
        mine = {e["name"]: _resource(group, version, e) for e in entries if "/" not in e["name"]}
        for entry in entries:
            parent, _, name = entry["name"].partition("/")
            if name:
                mine[parent].subresources.append(_subresource(group, version, name, entry))
        out += mine.values()
    return sorted(out, key=lambda r: (r.group, r.version, r.plural))


def _resource(group, version, e):
    return Resource(group, version, e["kind"], e["name"], e["singularName"], e["namespaced"], tuple(e.get("shortNames", ())),
                    tuple(e.get("categories", ())), tuple(e["verbs"]), e.get("storageVersionHash", ""))


def _subresource(group, version, name, e):
    return Subresource(name, e.get("group", group), e.get("version", version), e["kind"], tuple(e["verbs"]))
