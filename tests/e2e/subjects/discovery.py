# SPDX-License-Identifier: Apache-2.0
"""What the server says about itself: versions, groups, kinds, their fields."""
import json

from harness import same


def version_names_client_and_server(kubectl) -> None:
    kubectl.shows("version", r"Client Version: v1\.\d+\.\d+", r"Kustomize Version: v\S+", r"Server Version: v1\.\d+\.\d+\S*")


def version_as_json_has_every_field_of_the_server(kubectl) -> None:
    server = json.loads(kubectl("version -o json").out)["serverVersion"]
    for field in ("major", "minor", "gitVersion", "gitCommit", "gitTreeState", "buildDate", "goVersion", "compiler", "platform"):
        assert field in server, f"no {field} in {server}"
    same(server["major"], "1")


def api_resources_lists_kinds_with_short_names(kubectl) -> None:
    kubectl.shows("api-resources", "NAME SHORTNAMES APIVERSION NAMESPACED KIND", "configmaps cm v1 true ConfigMap", "namespaces ns v1 false Namespace",
                  "pods po v1 true Pod", "services svc v1 true Service", "deployments deploy apps/v1 true Deployment")


def api_resources_of_a_group_by_name(kubectl) -> None:
    names = kubectl("api-resources --api-group=apps -o name").lines
    for name in ("controllerrevisions.apps", "daemonsets.apps", "deployments.apps", "replicasets.apps", "statefulsets.apps"):
        assert name in names, names


def api_resources_show_verbs_and_categories(kubectl) -> None:
    kubectl.shows("api-resources --api-group=apps -o wide", "NAME SHORTNAMES APIVERSION NAMESPACED KIND VERBS CATEGORIES",
                  "deployments deploy apps/v1 true Deployment create,delete,deletecollection,get,list,patch,update,watch all")


def api_resources_without_a_namespace_hold_no_pods(kubectl) -> None:
    names = kubectl("api-resources --namespaced=false -o name").lines
    assert "nodes" in names and "pods" not in names, names


def api_versions_are_sorted_groups(kubectl) -> None:
    versions = kubectl("api-versions").lines
    for version in ("apiextensions.k8s.io/v1", "apps/v1", "coordination.k8s.io/v1", "v1"):
        assert version in versions, versions
    same(versions, sorted(versions))


def cluster_info_names_the_control_plane(kubectl) -> None:
    out = kubectl("cluster-info").out
    assert "Kubernetes control plane" in out and "https://127.0.0.1:" in out, out


def health_can_be_asked_raw(kubectl) -> None:
    kubectl.prints("get --raw /readyz", "ok")
    kubectl.prints("get --raw /livez", "ok")
    kubectl.prints("get --raw /healthz", "ok")
    verbose = kubectl("get --raw /readyz?verbose").lines
    assert verbose[0].startswith("[+]") and verbose[-1] == "readyz check passed", verbose


def a_path_that_is_not_there_is_not_found(kubectl) -> None:
    kubectl.fails("get --raw /apis/nothing.example", "Error from server \\(NotFound\\): the server could not find the requested resource")


def explain_shows_a_kind(kubectl) -> None:
    kubectl.shows("explain deployment", "GROUP: apps", "KIND: Deployment", "VERSION: v1", "DESCRIPTION:", "FIELDS:", r"apiVersion[\t ]<string>", r"kind[\t ]<string>",
                  r"metadata[\t ]<ObjectMeta>", r"spec[\t ]<DeploymentSpec>( -required-)?", r"status[\t ]<DeploymentStatus>")


def explain_shows_a_field(kubectl) -> None:
    kubectl.shows("explain deployment.spec.replicas", "GROUP: apps", "KIND: Deployment", "VERSION: v1", "FIELD: replicas <integer>", "DESCRIPTION:")


def explain_marks_required_fields_and_lists(kubectl) -> None:
    kubectl.shows("explain pod.spec.containers", "KIND: Pod", "VERSION: v1", r"FIELD: containers <\[\]Container>", "FIELDS:",
                  r"env[\t ]<\[\]EnvVar>", r"imagePullPolicy[\t ]<string>", r"name[\t ]<string> -required-")


def explain_recursive_goes_down_to_the_leaves(kubectl) -> None:
    kubectl.shows("explain service --recursive", "KIND: Service", "FIELDS:", r"apiVersion[\t ]<string>", r"spec[\t ]<ServiceSpec>", r"clusterIP[\t ]<string>",
                  r"ports[\t ]<\[\]ServicePort>", r"port[\t ]<integer> -required-", r"targetPort[\t ]<IntOrString>")


def explain_of_an_unknown_field_fails(kubectl) -> None:
    kubectl.fails("explain deployment.spec.replicaz", 'error: field "replicaz" does not exist')
