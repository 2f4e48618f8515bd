# SPDX-License-Identifier: Apache-2.0
"""kubectl apply on the client's and on the server's side, diff, conflicts between field managers."""
import json

from harness import TESTDATA, same

SETTINGS = str(TESTDATA / "settings.yaml")
WEB = str(TESTDATA / "web.yaml")
ONE = "{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {%s}}"


def client_side_apply_creates_then_configures(kubectl) -> None:
    kubectl.prints(["apply", "-f", WEB], "deployment.apps/web created\nservice/web created")
    kubectl.prints(["apply", "-f", WEB], "deployment.apps/web unchanged\nservice/web unchanged")
    text = open(WEB, encoding="utf-8").read().replace("replicas: 2", "replicas: 3")
    kubectl.prints("apply -f -", "deployment.apps/web configured\nservice/web unchanged", stdin=text)
    same(kubectl.field("deployment/web", ".spec.replicas"), "3")


def client_side_apply_removes_what_left_the_file(kubectl) -> None:
    kubectl("apply -f -", stdin=ONE % "a: x, b: two")
    kubectl(["patch", "configmap", "one", "--type=merge", "-p", '{"data":{"c":"theirs"}}'])
    kubectl.prints("apply -f -", "configmap/one configured", stdin=ONE % "a: x")
    same(json.loads(kubectl("get configmap one -o json").out)["data"], {"a": "x", "c": "theirs"})


def client_side_apply_merges_lists_by_key(kubectl) -> None:
    kubectl(["apply", "-f", WEB])
    kubectl("set env deployment/web ADDED=1")
    text = open(WEB, encoding="utf-8").read().replace("            - {name: COLOUR, value: blue}\n", "")
    kubectl.prints("apply -f -", "deployment.apps/web configured\nservice/web unchanged", stdin=text)
    same(kubectl.field("deployment/web", ".spec.template.spec.containers[0].env[*].name"), "GREETING ADDED")


def client_side_apply_remembers_what_it_applied(kubectl) -> None:
    kubectl("apply -f -", stdin=ONE % "a: x")
    kubectl.shows("apply view-last-applied configmap/one", "apiVersion: v1", "data:", "a: x", "kind: ConfigMap")


def apply_over_a_created_object_warns(kubectl) -> None:
    kubectl("create -f -", stdin=ONE % "a: x")
    ended = kubectl("apply -f -", stdin=ONE % "a: z")
    same(ended.out, "configmap/one configured\n")
    assert ended.err.startswith("Warning: resource configmaps/one is missing the kubectl.kubernetes.io/last-applied-configuration annotation"), ended.err


def server_side_apply_owns_its_fields(kubectl) -> None:
    kubectl.prints("apply --server-side -f -", "configmap/one serverside-applied", stdin=ONE % "a: x, b: two")
    managed = json.loads(kubectl("get configmap one -o json --show-managed-fields").out)["metadata"]["managedFields"]
    same([(entry["manager"], entry["operation"], entry["fieldsV1"]) for entry in managed],
         [("kubectl", "Apply", {"f:data": {"f:a": {}, "f:b": {}}})])
    kubectl.prints("apply --server-side -f -", "configmap/one serverside-applied", stdin=ONE % "a: x")
    same(json.loads(kubectl("get configmap one -o json").out)["data"], {"a": "x"})


def server_side_apply_of_the_same_changes_nothing(kubectl) -> None:
    kubectl(["apply", "--server-side", "-f", WEB])
    kubectl("rollout status deployment/web --timeout=60s")
    before = kubectl.field("deployment/web", ".metadata.resourceVersion")
    kubectl.prints(["apply", "--server-side", "-f", WEB], "deployment.apps/web serverside-applied\nservice/web serverside-applied")
    same(kubectl.field("deployment/web", ".metadata.resourceVersion"), before)


def server_side_apply_conflicts_with_another_manager(kubectl) -> None:
    kubectl("apply --server-side --field-manager=first -f -", stdin=ONE % "a: x, b: two")
    kubectl.fails("apply --server-side --field-manager=second -f -", r'^error: Apply failed with 1 conflict: conflict with "first": \.data\.a\n', stdin=ONE % "a: z, c: w")
    kubectl.fails("apply --server-side --field-manager=second -f -", r'^error: Apply failed with 2 conflicts: conflicts with "first":\n- \.data\.a\n- \.data\.b\n', stdin=ONE % "a: z, b: w")
    kubectl.prints("apply --server-side --field-manager=second --force-conflicts -f -", "configmap/one serverside-applied", stdin=ONE % "a: z, c: w")
    same(json.loads(kubectl("get configmap one -o json").out)["data"], {"a": "z", "b": "two", "c": "w"})
    kubectl.prints("apply --server-side --field-manager=first -f -", "configmap/one serverside-applied", stdin=ONE % "b: two")
    same(json.loads(kubectl("get configmap one -o json").out)["data"], {"a": "z", "b": "two", "c": "w"})


def server_side_apply_conflicts_with_an_update_too(kubectl) -> None:
    kubectl("apply --server-side -f -", stdin=ONE % "a: x")
    kubectl("patch configmap one --type=merge --patch-file /dev/stdin", stdin='{"data":{"a":"patched"}}')
    kubectl.fails("apply --server-side -f -", r'error: Apply failed with 1 conflict: conflict with "kubectl-patch" using v1: \.data\.a', stdin=ONE % "a: x")


def server_side_apply_shares_lists_by_key(kubectl) -> None:
    kubectl(["apply", "--server-side", "-f", WEB])
    extra = """{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: {containers: [
        {name: main, env: [{name: EXTRA, value: "1"}]}, {name: side, image: registry.example/side:1}]}}}}"""
    kubectl("apply --server-side --field-manager=second -f -", stdin=extra)
    same(kubectl.field("deployment/web", ".spec.template.spec.containers[*].name"), "main side")
    same(kubectl.field("deployment/web", ".spec.template.spec.containers[0].env[*].name"), "GREETING COLOUR EXTRA")
    nothing = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}"
    kubectl("apply --server-side --field-manager=second -f -", stdin=nothing)
    same(kubectl.field("deployment/web", ".spec.template.spec.containers[*].name"), "main")
    same(kubectl.field("deployment/web", ".spec.template.spec.containers[0].env[*].name"), "GREETING COLOUR")


def client_side_objects_move_to_server_side(kubectl) -> None:
    kubectl("apply -f -", stdin=ONE % "a: x, b: two")
    kubectl.prints("apply --server-side -f -", "configmap/one serverside-applied", stdin=ONE % "a: z")
    same(json.loads(kubectl("get configmap one -o json").out)["data"], {"a": "z"})


def dry_runs_apply_nothing(kubectl) -> None:
    kubectl("apply -f -", stdin=ONE % "a: x")
    kubectl.prints("apply --dry-run=server -f -", "configmap/one configured (server dry run)", stdin=ONE % "a: z")
    kubectl.prints("apply --server-side --dry-run=server --force-conflicts -f -", "configmap/one serverside-applied (server dry run)", stdin=ONE % "a: z")
    kubectl.prints("apply --dry-run=client -f -", "configmap/one configured (dry run)", stdin=ONE % "a: z")
    same(kubectl.field("configmap/one", ".data.a"), "x")


def diff_shows_what_apply_would_change(kubectl) -> None:
    kubectl(["apply", "-f", SETTINGS])
    kubectl.prints(["diff", "-f", SETTINGS], "")
    text = open(SETTINGS, encoding="utf-8").read().replace("sky", "sea")
    for side in ([], ["--server-side", "--force-conflicts"]):
        ended = kubectl.ends(["diff", *side, "-f", "-"], stdin=text)
        same((ended.code, [line for line in ended.lines if line.startswith(("-  key", "+  key"))]), (1, ["-  key: sky", "+  key: sea"]))
    same(kubectl.field("configmap/blue", ".data.key"), "sky")


def diff_of_a_new_object_shows_all_of_it(kubectl) -> None:
    ended = kubectl.ends("diff -f -", stdin=ONE % "a: x")
    same(ended.code, 1)
    added = [line for line in ended.lines if line.startswith("+")]
    assert "+kind: ConfigMap" in added and "+  a: x" in added, ended


def prune_removes_what_left_the_set(kubectl) -> None:
    kubectl(["apply", "-f", SETTINGS])
    only_blue = open(SETTINGS, encoding="utf-8").read().split("---")[0]
    ended = kubectl(["apply", "--prune", "-l", "size", "--prune-allowlist=core/v1/ConfigMap", "-f", "-"], stdin=only_blue)
    same(ended.out, "configmap/blue unchanged\nconfigmap/green pruned\n")


def a_folder_is_applied_in_order(kubectl) -> None:
    folder = kubectl.home / "folder"
    folder.mkdir()
    (folder / "2.yaml").write_text(ONE.replace("one", "second") % "a: x")
    (folder / "1.json").write_text('{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"first"}}]}')
    kubectl.prints(["apply", "-f", str(folder)], "configmap/first created\nconfigmap/second created")
