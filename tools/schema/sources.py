# SPDX-License-Identifier: Apache-2.0
"""Where the facts are: the modules of one Kubernetes release, and which group versions of it Mizzen serves."""
import json
import pathlib
from dataclasses import dataclass

# Every generally available group version. Types of other versions come along when these refer to them.
GROUP_VERSIONS = [
    ("", "v1"),
    ("admissionregistration.k8s.io", "v1"),
    ("apiextensions.k8s.io", "v1"),
    ("apiregistration.k8s.io", "v1"),
    ("apps", "v1"),
    ("authentication.k8s.io", "v1"),
    ("authorization.k8s.io", "v1"),
    ("autoscaling", "v1"),
    ("autoscaling", "v2"),
    ("batch", "v1"),
    ("certificates.k8s.io", "v1"),
    ("coordination.k8s.io", "v1"),
    ("discovery.k8s.io", "v1"),
    ("events.k8s.io", "v1"),
    ("flowcontrol.apiserver.k8s.io", "v1"),
    ("networking.k8s.io", "v1"),
    ("node.k8s.io", "v1"),
    ("policy", "v1"),
    ("rbac.authorization.k8s.io", "v1"),
    ("resource.k8s.io", "v1"),
    ("scheduling.k8s.io", "v1"),
    ("storage.k8s.io", "v1"),
    ("storagemigration.k8s.io", "v1"),
]


@dataclass
class Sources:
    """Paths of the Go modules (k8s.io/kubernetes, k8s.io/api, ...) as unpacked in a module cache."""
    kubernetes: pathlib.Path
    api: pathlib.Path
    apimachinery: pathlib.Path
    apiextensions: pathlib.Path
    aggregator: pathlib.Path

    def release(self):
        return self.kubernetes.name.rsplit("@", 1)[-1]

    def _document(self, folder, group, version, suffix):
        stem = f"apis__{group}__{version}" if group else f"api__{version}"
        return json.loads((self.kubernetes / "api" / folder / (stem + suffix)).read_text())

    def openapi(self, group, version):
        return self._document("openapi-spec/v3", group, version, "_openapi.json")

    def discovery(self, group, version):
        return self._document("discovery", group, version, ".json")["resources"]

    def go_package(self, package):
        """The folder of the Go package that an OpenAPI package name ("io.k8s.api.apps.v1") stands for."""
        for prefix, root in (
            ("io.k8s.api.", self.api),
            ("io.k8s.apimachinery.", self.apimachinery),
            ("io.k8s.apiextensions-apiserver.", self.apiextensions),
            ("io.k8s.kube-aggregator.", self.aggregator),
        ):
            if package.startswith(prefix):
                return root / package[len(prefix):].replace(".", "/")
        raise ValueError(f"unknown package {package}")

    def go_openapi(self):
        """The generated Go file that knows the enumerations, which the published documents leave out."""
        return self.kubernetes / "pkg/generated/openapi/zz_generated.openapi.go"
