# SPDX-License-Identifier: Apache-2.0
"""Labels and annotations: adding, refusing to overwrite, removing, listing."""
import json

from harness import same


def labels_are_added_kept_and_removed(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.prints("label configmap blue extra=1", "configmap/blue labeled")
    kubectl.prints("label configmap blue extra=1", "configmap/blue not labeled")
    kubectl.fails("label configmap blue extra=2", r"^error: 'extra' already has a value \(1\), and --overwrite is false$")
    kubectl.prints("label configmap blue extra=2 --overwrite", "configmap/blue labeled")
    kubectl.prints("label configmap blue extra-", "configmap/blue unlabeled")
    same(json.loads(kubectl.field("configmap/blue", ".metadata.labels")), {"colour": "blue", "size": "small"})


def labels_are_listed(kubectl) -> None:
    kubectl.apply("settings.yaml")
    same(set(kubectl("label configmap blue --list").lines), {"colour=blue", "size=small"})


def several_objects_are_labelled_at_once(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.prints("label configmaps -l size found=yes", "configmap/blue labeled\nconfigmap/green labeled")
    kubectl.prints("get configmaps -l found=yes -o name", "configmap/blue\nconfigmap/green")


def a_bad_label_is_refused(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.fails(["label", "configmap", "blue", "a=not valid"], "error: invalid label value")
    kubectl.fails(["patch", "configmap", "blue", "--type=merge", "-p", '{"metadata":{"labels":{"a":"not valid"}}}'],
                  r'The ConfigMap "blue" is invalid: metadata\.labels: Invalid value: "not valid": a valid label must be an empty string or consist of alphanumeric characters')


def annotations_are_added_kept_and_removed(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.prints(["annotate", "configmap", "blue", "note=two words"], "configmap/blue annotated")
    kubectl.fails("annotate configmap blue note=other", "^error: --overwrite is false but found the following declared annotation")
    kubectl.prints("annotate configmap blue note=other --overwrite", "configmap/blue annotated")
    same(kubectl.field("configmap/blue", ".metadata.annotations.note"), "other")
    kubectl.prints("annotate configmap blue note-", "configmap/blue annotated")
    same(kubectl.field("configmap/blue", ".metadata.annotations.note"), "")


def what_the_server_owns_cannot_be_set(kubectl) -> None:
    kubectl.apply("settings.yaml")
    uid, made = kubectl.field("configmap/blue", ".metadata.uid"), kubectl.field("configmap/blue", ".metadata.creationTimestamp")
    kubectl.fails(["patch", "configmap", "blue", "--type=merge", "-p", '{"metadata":{"uid":"11111111-1111-1111-1111-111111111111"}}'],
                  r'The ConfigMap "blue" is invalid: metadata\.uid: Invalid value: "11111111-1111-1111-1111-111111111111": field is immutable')
    kubectl(["patch", "configmap", "blue", "--type=merge", "-p", '{"metadata":{"creationTimestamp":"2001-01-01T00:00:00Z","generation":77}}'])
    same((kubectl.field("configmap/blue", ".metadata.uid"), kubectl.field("configmap/blue", ".metadata.creationTimestamp")), (uid, made))
