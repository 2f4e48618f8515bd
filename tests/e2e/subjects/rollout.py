# SPDX-License-Identifier: Apache-2.0
"""kubectl rollout: status, history, undo, restart, pause and resume of a Deployment."""
from harness import same


def _rolled_out(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")


def _update(kubectl, image: str) -> None:
    kubectl(f"set image deployment/web main=registry.example/web:{image}")
    kubectl("rollout status deployment/web --timeout=60s")


def status_waits_for_the_new_pods(kubectl) -> None:
    kubectl.apply("web.yaml")
    last = kubectl("rollout status deployment/web --timeout=60s").lines[-1]
    same(last, 'deployment "web" successfully rolled out')
    kubectl("set image deployment/web main=registry.example/web:2")
    lines = kubectl("rollout status deployment/web --timeout=60s").lines
    assert all(line.startswith('Waiting for deployment "web" rollout to finish: ') for line in lines[:-1]), lines
    same(lines[-1], 'deployment "web" successfully rolled out')
    same(set(kubectl("get pods -l app=web --field-selector=status.phase=Running -o jsonpath={.items[*].spec.containers[0].image}").out.split()), {"registry.example/web:2"})


def an_update_leaves_the_old_replica_set_empty(kubectl) -> None:
    _rolled_out(kubectl)
    _update(kubectl, "2")
    kubectl.becomes("get replicasets --sort-by=.spec.replicas -o jsonpath={.items[*].status.replicas}", "0 2")
    same(kubectl(["get", "replicasets", "--sort-by=.spec.replicas", "-o", r"jsonpath={.items[*].metadata.annotations.deployment\.kubernetes\.io/revision}"]).out, "1 2")


def history_lists_revisions_and_their_causes(kubectl) -> None:
    _rolled_out(kubectl)
    kubectl("annotate deployment/web kubernetes.io/change-cause=second")
    _update(kubectl, "2")
    kubectl.becomes(["get", "deployment", "web", "-o", r"jsonpath={.metadata.annotations.deployment\.kubernetes\.io/revision}"], "2")
    kubectl.shows("rollout history deployment/web", "deployment.apps/web ?", "REVISION CHANGE-CAUSE", "1 (<none>|second)", "2 second")
    kubectl.shows("rollout history deployment/web --revision=1", "deployment.apps/web with revision #1", "Pod Template:", "Image:\\s?registry.example/web:1", "Port:\\s?8080/TCP.*")
    kubectl.shows("rollout history deployment/web --revision=2", "deployment.apps/web with revision #2", "Image:\\s?registry.example/web:2")
    kubectl.fails("rollout history deployment/web --revision=9", "error: unable to find the specified revision")


def undo_goes_back_one_revision_or_to_a_named_one(kubectl) -> None:
    _rolled_out(kubectl)
    _update(kubectl, "2")
    _update(kubectl, "3")
    kubectl.prints("rollout undo deployment/web", "deployment.apps/web rolled back")
    kubectl("rollout status deployment/web --timeout=60s")
    same(kubectl.field("deployment/web", ".spec.template.spec.containers[0].image"), "registry.example/web:2")
    kubectl.becomes(["get", "deployment", "web", "-o", r"jsonpath={.metadata.annotations.deployment\.kubernetes\.io/revision}"], "4")
    kubectl.prints("rollout undo deployment/web --to-revision=1", "deployment.apps/web rolled back")
    kubectl("rollout status deployment/web --timeout=60s")
    same(kubectl.field("deployment/web", ".spec.template.spec.containers[0].image"), "registry.example/web:1")
    same(len(kubectl("get replicasets -o name").lines), 3)


def restart_makes_new_pods(kubectl) -> None:
    _rolled_out(kubectl)
    before = set(kubectl("get pods -o name").lines)
    kubectl.prints("rollout restart deployment/web", "deployment.apps/web restarted")
    kubectl("rollout status deployment/web --timeout=60s")
    kubectl.becomes("get deployment web -o jsonpath={.status.replicas}/{.status.updatedReplicas}", "2/2")
    assert kubectl.field("deployment/web", r".spec.template.metadata.annotations.kubectl\.kubernetes\.io/restartedAt")
    after = set(kubectl("get pods -l app=web --field-selector=status.phase=Running -o name").lines)
    assert not before & after or len(after) > 2, (before, after)


def a_paused_deployment_waits(kubectl) -> None:
    _rolled_out(kubectl)
    kubectl.prints("rollout pause deployment/web", "deployment.apps/web paused")
    kubectl.fails("rollout pause deployment/web", "error: deployments.apps \"web\" is already paused")
    kubectl("set image deployment/web main=registry.example/web:2")
    kubectl.becomes("get deployment web -o jsonpath={.status.observedGeneration}", "3")
    same(len(kubectl("get replicasets -o name").lines), 1)
    kubectl.prints("rollout resume deployment/web", "deployment.apps/web resumed")
    kubectl("rollout status deployment/web --timeout=60s")
    same(len(kubectl("get replicasets -o name").lines), 2)


def a_deleted_pod_comes_back(kubectl) -> None:
    _rolled_out(kubectl)
    first = kubectl("get pods -o name").lines[0]
    kubectl(["delete", first])
    kubectl.becomes("get deployment web -o jsonpath={.status.readyReplicas}", "2")
    assert first not in kubectl("get pods -o name").lines


def a_recreate_deployment_ends_the_old_pods_first(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl(["patch", "deployment", "web", "--type=merge", "-p", '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'])
    kubectl("rollout status deployment/web --timeout=60s")
    _update(kubectl, "2")
    kubectl.becomes("get replicasets --sort-by=.spec.replicas -o jsonpath={.items[*].status.replicas}", "0 2")
