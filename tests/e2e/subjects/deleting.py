# SPDX-License-Identifier: Apache-2.0
"""kubectl delete with all three propagation policies, finalizers, and namespaces that end."""
import json

from harness import TESTDATA, same

HOLD = '{"metadata":{"finalizers":["example.org/hold"]}}'
LET_GO = '{"metadata":{"finalizers":null}}'


def _rolled_out(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")


def by_name_by_file_by_label_and_all(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.shows("delete configmap blue", rf'configmap "blue" deleted( from {kubectl.namespace} namespace)?')
    kubectl.fails("delete configmap blue", r'Error from server \(NotFound\): configmaps "blue" not found')
    kubectl.prints("delete configmap blue --ignore-not-found", "")
    kubectl.shows("delete configmaps -l colour=green", r'configmap "green" deleted.*')
    kubectl.apply("settings.yaml")
    kubectl.shows(["delete", "-f", str(TESTDATA / "settings.yaml")], r'configmap "blue" deleted.*', r'configmap "green" deleted.*')
    kubectl.apply("settings.yaml")
    kubectl.shows("delete configmaps --all", r'configmap "blue" deleted.*', r'configmap "green" deleted.*')
    kubectl.prints("delete configmaps -l colour", "No resources found")


def in_the_background_takes_the_dependents(kubectl) -> None:
    _rolled_out(kubectl)
    kubectl.shows("delete deployment web --cascade=background", r'deployment\.apps "web" deleted.*')
    kubectl.becomes("get replicasets,pods --ignore-not-found -o name", "")


def in_the_foreground_takes_the_dependents_first(kubectl) -> None:
    _rolled_out(kubectl)
    name = kubectl("get replicasets -o name").out.strip()
    kubectl(["patch", name, "--type=merge", "-p", HOLD])
    kubectl("delete deployment web --cascade=foreground --wait=false")
    kubectl.becomes(["get", "deployment", "web", "-o", "jsonpath={.metadata.finalizers}"], '["foregroundDeletion"]')
    kubectl.becomes("get pods --ignore-not-found -o name", "")
    assert kubectl.field("deployment/web", ".metadata.deletionTimestamp")
    kubectl(["patch", name, "--type=json", "-p", '[{"op":"remove","path":"/metadata/finalizers"}]'])
    kubectl.becomes("get deployments,replicasets --ignore-not-found -o name", "")


def as_orphans_leaves_the_dependents(kubectl) -> None:
    _rolled_out(kubectl)
    kubectl.shows("delete deployment web --cascade=orphan", r'deployment\.apps "web" deleted.*')
    same(len(kubectl("get replicasets -o name").lines), 1)
    same(kubectl("get replicasets -o jsonpath={.items[*].metadata.ownerReferences}").out, "")
    same(len(kubectl("get pods --field-selector=status.phase=Running -o name").lines), 2)


def an_orphaned_replica_set_is_adopted_again(kubectl) -> None:
    _rolled_out(kubectl)
    before = kubectl("get replicasets -o name").out
    kubectl("delete deployment web --cascade=orphan")
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")
    same(kubectl("get replicasets -o name").out, before)
    kubectl.becomes("get replicasets -o jsonpath={.items[*].metadata.ownerReferences[*].uid}", kubectl.field("deployment/web", ".metadata.uid"))


def a_finalizer_holds_the_object(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl(["patch", "configmap", "blue", "--type=merge", "-p", HOLD])
    kubectl("delete configmap blue --wait=false")
    assert kubectl.field("configmap/blue", ".metadata.deletionTimestamp")
    kubectl.fails(["patch", "configmap", "blue", "--type=merge", "-p", '{"metadata":{"finalizers":["example.org/hold","example.org/more"]}}'],
                  r'The ConfigMap "blue" is invalid: metadata\.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers')
    kubectl(["patch", "configmap", "blue", "--type=merge", "-p", LET_GO])
    kubectl.fails("get configmap blue", "NotFound")


def an_owner_that_is_gone_takes_its_objects(kubectl) -> None:
    kubectl.apply("settings.yaml")
    owner = {"apiVersion": "v1", "kind": "ConfigMap", "name": "blue", "uid": kubectl.field("configmap/blue", ".metadata.uid")}
    kubectl(["patch", "configmap", "green", "--type=merge", "-p", json.dumps({"metadata": {"ownerReferences": [owner]}})])
    kubectl("delete configmap blue")
    kubectl.becomes("get configmap green --ignore-not-found -o name", "")


def a_precondition_on_the_version_is_checked(kubectl) -> None:
    kubectl.apply("settings.yaml")
    path = f"/api/v1/namespaces/{kubectl.namespace}/configmaps/blue"
    kubectl.fails(["delete", "--raw", path, "-f", "-"], r"Error from server \(Conflict\): Operation cannot be fulfilled on configmaps \"blue\": Precondition failed|the UID in the precondition",
                  stdin='{"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"11111111-1111-1111-1111-111111111111"}}')
    ended = kubectl(["delete", "--raw", path])
    same((json.loads(ended.out)["kind"], json.loads(ended.out)["status"]), ("Status", "Success"))


def a_pod_is_deleted_by_force(kubectl) -> None:
    kubectl.becomes("get serviceaccounts -o name", "serviceaccount/default")
    kubectl("run one --image=registry.example/one:1")
    ended = kubectl("delete pod one --grace-period=0 --force")
    assert ended.err.startswith("Warning: Immediate deletion does not wait for confirmation"), ended
    assert ended.out.startswith('pod "one" force deleted'), ended
    kubectl.fails("get pod one", "NotFound")


def a_namespace_takes_everything_in_it(kubectl) -> None:
    name = f"{kubectl.namespace}-two"
    kubectl(f"create namespace {name}")
    kubectl(["apply", "--namespace", name, "-f", str(TESTDATA / "web.yaml")])
    kubectl(f"rollout status deployment/web --namespace={name} --timeout=60s")
    kubectl.shows(f"delete namespace {name}", f'namespace "{name}" deleted')
    kubectl.fails(f"get namespace {name}", rf'namespaces "{name}" not found')
    kubectl.prints(f"get deployments,services,pods,configmaps --namespace={name} --ignore-not-found -o name", "")


def a_namespace_that_ends_takes_nothing_new(kubectl) -> None:
    name = f"{kubectl.namespace}-two"
    kubectl(f"create namespace {name}")
    kubectl(f"create configmap held --namespace={name}")
    kubectl(["patch", "configmap", "held", f"--namespace={name}", "--type=merge", "-p", HOLD])
    kubectl(f"delete namespace {name} --wait=false")
    kubectl.becomes(f"get namespace {name} -o jsonpath={{.status.phase}}", "Terminating")
    kubectl.fails(f"create configmap late --namespace={name}", rf'error: failed to create configmap: configmaps "late" is forbidden: unable to create new content in namespace {name} because it is being terminated')
    kubectl.becomes(["get", "namespace", name, "-o", 'jsonpath={.status.conditions[?(@.type=="NamespaceFinalizersRemaining")].status}'], "True")
    kubectl(["patch", "configmap", "held", f"--namespace={name}", "--type=merge", "-p", LET_GO])
    kubectl(f"wait namespace/{name} --for=delete --timeout=60s")


def the_namespace_of_the_system_stays(kubectl) -> None:
    kubectl.fails("delete namespace kube-system", r'Error from server \(Forbidden\): namespaces "kube-system" is forbidden: this namespace may not be deleted')
