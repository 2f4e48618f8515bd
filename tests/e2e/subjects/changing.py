# SPDX-License-Identifier: Apache-2.0
"""Changes to objects that exist: the types of patch, edit, replace, set, scale."""
import json

from harness import same

DATA = '{"data":{"key":"sea","other":null,"new":"1"}}'


def a_merge_patch_sets_and_removes(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.prints(["patch", "configmap", "green", "--type=merge", "-p", DATA], "configmap/green patched")
    same(json.loads(kubectl("get configmap green -o json").out)["data"], {"key": "sea", "new": "1"})
    kubectl.prints(["patch", "configmap", "green", "--type=merge", "-p", DATA], "configmap/green patched (no change)")


def a_json_patch_does_its_steps(kubectl) -> None:
    kubectl.apply("settings.yaml")
    steps = [{"op": "test", "path": "/data/key", "value": "sky"}, {"op": "add", "path": "/data/a~1b", "value": "slash"}, {"op": "copy", "from": "/data/key", "path": "/data/copy"},
             {"op": "remove", "path": "/data/key"}, {"op": "replace", "path": "/data/copy", "value": "changed"}, {"op": "move", "from": "/data/copy", "path": "/data/moved"}]
    kubectl.fails(["patch", "configmap", "blue", "--type=json", "-p", json.dumps([{**steps[0], "value": "grass"}])],
                  r"the server rejected our request due to an error in our request|testing value /data/key failed")
    kubectl.fails(["patch", "configmap", "blue", "--type=json", "-p", '[{"op": "remove", "path": "/data/none"}]'],
                  r"the server rejected our request due to an error in our request|The request is invalid")
    same(kubectl.field("configmap/blue", ".data"), '{"key":"sky"}')
    kubectl.prints(["patch", "configmap", "blue", "--type=json", "-p", json.dumps([s for s in steps if "a~1b" not in s["path"]])], "configmap/blue patched")
    same(json.loads(kubectl("get configmap blue -o json").out)["data"], {"moved": "changed"})
    kubectl.fails(["patch", "configmap", "blue", "--type=json", "-p", json.dumps([steps[1]])], r'The ConfigMap "blue" is invalid: data\[a/b\]: Invalid value: "a/b": a valid config key must consist of')


def a_strategic_patch_merges_lists_by_key(kubectl) -> None:
    kubectl.apply("web.yaml")
    containers = [{"name": "main", "image": "registry.example/web:2", "env": [{"name": "COLOUR", "value": "red"}, {"name": "NEW", "value": "1"}]}]
    kubectl.prints(["patch", "deployment", "web", "-p", json.dumps({"spec": {"template": {"spec": {"containers": containers}}}})], "deployment.apps/web patched")
    container = json.loads(kubectl("get deployment web -o json").out)["spec"]["template"]["spec"]["containers"][0]
    same((container["image"], {env["name"]: env["value"] for env in container["env"]}), ("registry.example/web:2", {"GREETING": "hello", "COLOUR": "red", "NEW": "1"}))
    kubectl(["patch", "deployment", "web", "-p", '{"spec":{"template":{"spec":{"containers":[{"name":"main","env":[{"name":"COLOUR","$patch":"delete"}]}]}}}}'])
    same(sorted(kubectl.field("deployment/web", ".spec.template.spec.containers[0].env[*].name").split()), ["GREETING", "NEW"])
    kubectl(["patch", "deployment", "web", "-p", '{"spec":{"template":{"spec":{"containers":[{"name":"main","env":[{"$patch":"replace"},{"name":"ONLY","value":"1"}]}]}}}}'])
    same(kubectl.field("deployment/web", ".spec.template.spec.containers[0].env[*].name"), "ONLY")


def a_merge_patch_replaces_lists(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl(["patch", "deployment", "web", "--type=merge", "-p", '{"spec":{"template":{"spec":{"containers":[{"name":"other","image":"registry.example/o:1"}]}}}}'])
    same(kubectl.field("deployment/web", ".spec.template.spec.containers[*].name"), "other")


def a_patch_that_breaks_the_object_is_refused(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl.fails(["patch", "deployment", "web", "--type=merge", "-p", '{"spec":{"replicas":-3}}'], r'The Deployment "web" is invalid: spec\.replicas: Invalid value: -3')
    kubectl.fails(["patch", "deployment", "web", "-p", '{"spec":{"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}}}}}'],
                  r'The Deployment "web" is invalid: spec\.selector: Invalid value: .*: field is immutable')
    kubectl.fails(["patch", "configmap", "nope", "-p", "{}"], r'Error from server \(NotFound\): configmaps "nope" not found')


def status_and_scale_are_patched_through_their_subresource(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl.prints(["patch", "deployment", "web", "--subresource=scale", "--type=merge", "-p", '{"spec":{"replicas":3}}'], "scale.autoscaling/web patched")
    same(kubectl.field("deployment/web", ".spec.replicas"), "3")


def edit_writes_what_the_editor_left(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.prints("edit configmap blue", "configmap/blue edited", KUBE_EDITOR="sed -i s/sky/sea/")
    same(kubectl.field("configmap/blue", ".data.key"), "sea")
    ended = kubectl("edit configmap blue", KUBE_EDITOR="true")
    same(ended.out + ended.err, "Edit cancelled, no changes made.\n")


def replace_needs_the_version_it_read(kubectl) -> None:
    kubectl.apply("settings.yaml")
    old = kubectl("get configmap blue -o yaml").out
    kubectl.prints("replace -f -", "configmap/blue replaced", stdin=old.replace("key: sky", "key: sea"))
    kubectl.fails("replace -f -", r'^Error from server \(Conflict\): error when replacing "STDIN": Operation cannot be fulfilled on configmaps "blue": '
                  r"the object has been modified; please apply your changes to the latest version and try again", stdin=old.replace("key: sky", "key: lake"))
    free = "{apiVersion: v1, kind: ConfigMap, metadata: {name: blue}, data: {key: pond}}"
    kubectl.prints("replace -f -", "configmap/blue replaced", stdin=free)
    same(kubectl.field("configmap/blue", ".data"), '{"key":"pond"}')
    kubectl.fails("replace -f -", r'Error from server \(NotFound\): error when replacing "STDIN": configmaps "nope" not found', stdin=free.replace("blue", "nope"))


def replace_by_force_makes_a_new_object(kubectl) -> None:
    kubectl.apply("settings.yaml")
    before = kubectl.field("configmap/blue", ".metadata.uid")
    text = "{apiVersion: v1, kind: ConfigMap, metadata: {name: blue}, data: {key: new}}"
    kubectl.prints("replace --force -f -", f'configmap "blue" deleted from {kubectl.namespace} namespace\nconfigmap/blue replaced', stdin=text)
    assert kubectl.field("configmap/blue", ".metadata.uid") != before


def set_changes_image_env_and_resources(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl.prints("set image deployment/web main=registry.example/web:9", "deployment.apps/web image updated")
    kubectl.prints("set env deployment/web COLOUR- MODE=fast", "deployment.apps/web env updated")
    kubectl.prints("set resources deployment/web --requests=cpu=100m,memory=64Mi", "deployment.apps/web resource requirements updated")
    container = json.loads(kubectl("get deployment web -o json").out)["spec"]["template"]["spec"]["containers"][0]
    same((container["image"], [env["name"] for env in container["env"]], container["resources"]),
         ("registry.example/web:9", ["GREETING", "MODE"], {"requests": {"cpu": "100m", "memory": "64Mi"}}))


def scale_changes_the_number_of_pods(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl.prints("scale deployment/web --replicas=4", "deployment.apps/web scaled")
    kubectl("rollout status deployment/web --timeout=60s")
    kubectl.shows("get deployment web", "NAME .*", r"web 4/4 4 4 \d+s")
    kubectl.prints("scale deployment web --current-replicas=4 --replicas=1", "deployment.apps/web scaled")
    kubectl.becomes("get deployment web -o jsonpath={.status.replicas}/{.status.readyReplicas}", "1/1")
    kubectl.fails("scale deployment/web --current-replicas=3 --replicas=2", r"error: Expected replicas to be 3, was 1")
    kubectl.prints("scale deployment/web --replicas=0", "deployment.apps/web scaled")
    kubectl.becomes("get pods --no-headers --ignore-not-found", "")
    kubectl.fails("scale deployment/nope --replicas=2", r'error: no objects passed to scale|deployments\.apps "nope" not found')


def generation_counts_changes_of_the_spec_only(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")
    same(kubectl.field("deployment/web", ".metadata.generation"), "1")
    kubectl("label deployment web extra=1")
    same(kubectl.field("deployment/web", ".metadata.generation"), "1")
    kubectl("scale deployment/web --replicas=1")
    same(kubectl.field("deployment/web", ".metadata.generation"), "2")
    kubectl.becomes("get deployment web -o jsonpath={.status.observedGeneration}", "2")
