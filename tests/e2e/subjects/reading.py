# SPDX-License-Identifier: Apache-2.0
"""kubectl get in every form of output, with selectors, pages and sorting."""
import json

from harness import same


def a_table_has_the_columns_of_the_kind(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.shows("get configmaps", "NAME DATA AGE", r"blue 1 \d+s", r"green 2 \d+s")


def deployments_and_their_pods_have_their_columns(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")
    kubectl.shows("get deployments", "NAME READY UP-TO-DATE AVAILABLE AGE", r"web 2/2 2 2 \d+s")
    kubectl.shows("get deployments -o wide", "NAME READY UP-TO-DATE AVAILABLE AGE CONTAINERS IMAGES SELECTOR",
                  r"web 2/2 2 2 \d+s main registry\.example/web:1 app=web")
    kubectl.shows("get replicasets", "NAME DESIRED CURRENT READY AGE", r"web-[0-9a-z]+ 2 2 2 \d+s")
    kubectl.shows("get pods", "NAME READY STATUS RESTARTS AGE", r"web-[0-9a-z]+-[0-9a-z]{5} 1/1 Running 0 \d+s", r"web-\S+ 1/1 Running 0 \d+s")
    kubectl.shows("get pods -o wide", "NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES",
                  r"web-\S+ 1/1 Running 0 \d+s 10\.\d+\.\d+\.\d+ \S+ <none> <none>")
    kubectl.shows("get services", "NAME TYPE CLUSTER-IP EXTERNAL-IP PORT\\(S\\) AGE", r"web ClusterIP 10\.\d+\.\d+\.\d+ <none> 80/TCP \d+s")
    kubectl.shows("get endpointslices", "NAME ADDRESSTYPE PORTS ENDPOINTS AGE", r"web-\w+ IPv4 8080 10\.\d+\.\d+\.\d+,10\.\d+\.\d+\.\d+ \d+s")


def get_all_prints_a_table_for_each_kind(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")
    kubectl.shows("get all", "NAME READY STATUS RESTARTS AGE", r"pod/web-\S+ 1/1 Running 0 \d+s", r"pod/web-\S+ 1/1 Running 0 \d+s", "",
                  "NAME TYPE CLUSTER-IP EXTERNAL-IP PORT\\(S\\) AGE", r"service/web ClusterIP \S+ <none> 80/TCP \d+s", "",
                  "NAME READY UP-TO-DATE AVAILABLE AGE", r"deployment\.apps/web 2/2 2 2 \d+s", "", "NAME DESIRED CURRENT READY AGE", r"replicaset\.apps/web-\S+ 2 2 2 \d+s")


def yaml_is_the_whole_object(kubectl) -> None:
    kubectl.apply("settings.yaml")
    lines = kubectl("get configmap blue -o yaml").lines
    same(lines[:4], ["apiVersion: v1", "data:", "  key: sky", "kind: ConfigMap"])
    shape = [line.split(":")[0] for line in lines if line.startswith("  ") and not line.startswith("   ")]
    same(shape, ["  key", "  annotations", "  creationTimestamp", "  labels", "  name", "  namespace", "  resourceVersion", "  uid"])


def json_is_the_whole_object_and_a_list_of_several(kubectl) -> None:
    kubectl.apply("settings.yaml")
    one = json.loads(kubectl("get configmap blue -o json").out)
    same((one["kind"], one["metadata"]["labels"]), ("ConfigMap", {"colour": "blue", "size": "small"}))
    assert "managedFields" not in one["metadata"], one
    both = json.loads(kubectl("get configmaps blue green -o json").out)
    same((both["kind"], [item["metadata"]["name"] for item in both["items"]]), ("List", ["blue", "green"]))


def managed_fields_are_shown_on_request(kubectl) -> None:
    kubectl.apply("settings.yaml")
    entry = json.loads(kubectl("get configmap blue -o json --show-managed-fields").out)["metadata"]["managedFields"][0]
    same((entry["manager"], entry["operation"], entry["apiVersion"], entry["fieldsType"]), ("kubectl-client-side-apply", "Update", "v1", "FieldsV1"))
    same(entry["fieldsV1"]["f:data"], {".": {}, "f:key": {}})


def jsonpath_picks_values(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.prints("get configmap blue -o jsonpath={.data.key}", "sky")
    kubectl.prints(["get", "configmaps", "-l", "colour", "-o", 'jsonpath={range .items[*]}{.metadata.name}={.data.key}{"\\n"}{end}'], "blue=sky\ngreen=grass")


def custom_columns_make_a_table(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.shows("get configmaps -l colour -o custom-columns=NAME:.metadata.name,KEY:.data.key,OTHER:.data.other", "NAME KEY OTHER", "blue sky <none>", "green grass leaf")


def name_prints_kind_and_name(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.apply("web.yaml")
    kubectl.prints("get configmap/blue deployment/web -o name", "configmap/blue\ndeployment.apps/web")


def a_go_template_prints_what_it_says(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.prints(["get", "configmap", "green", "-o", 'go-template={{len .data}} keys in {{.metadata.name}}{{"\\n"}}'], "2 keys in green")


def labels_select_and_become_columns(kubectl) -> None:
    kubectl.apply("settings.yaml")
    for selector, names in [("colour=blue", "blue"), ("colour!=blue,colour", "green"), ("colour in (green,red)", "green"), ("!colour", "kube-root-ca.crt"),
                            ("colour notin (blue),size=large", "green"), ("size in (small,large)", "blue green")]:
        kubectl.becomes(["get", "configmaps", "-l", selector, "-o", "jsonpath={.items[*].metadata.name}"], names)
    kubectl.shows("get configmaps -l size=small --show-labels", "NAME DATA AGE LABELS", r"blue 1 \d+s colour=blue,size=small")
    kubectl.shows("get configmaps -l size=large -L colour", "NAME DATA AGE COLOUR", r"green 2 \d+s green")


def a_bad_selector_is_refused(kubectl) -> None:
    kubectl.fails(["get", "configmaps", "-l", "a in b"], r"unable to parse requirement: found 'b',? expected: '\('")
    kubectl.fails(["get", "--raw", f"/api/v1/namespaces/{kubectl.namespace}/configmaps?labelSelector=a%20in%20b"], r"Error from server \(BadRequest\): unable to parse requirement")
    kubectl.fails("get configmaps --field-selector=data.key=sky", r'Error from server \(BadRequest\): Unable to find "/v1, Resource=configmaps" that match label selector "", '
                  r'field selector "data.key=sky": "data.key" is not a known field selector: only "metadata.name", "metadata.namespace"')


def fields_select(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")
    kubectl.prints("get configmaps --field-selector=metadata.name=green -o name", "configmap/green")
    same(len(kubectl("get pods --field-selector=status.phase=Running -o name").lines), 2)
    same(kubectl("get pods --field-selector=status.phase!=Running -o name").lines, [])
    kubectl.fails("get configmaps blue --field-selector=metadata.name=green", "error: (name|selectors?) ")


def rows_are_sorted_on_request(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.prints("get configmaps -l colour --sort-by=.data.key -o name", "configmap/green\nconfigmap/blue")


def pages_are_put_together(kubectl) -> None:
    for index in range(5):
        kubectl(f"create configmap page-{index}")
    kubectl("label configmaps --all paged=yes")
    names = [f"configmap/page-{index}" for index in range(5)]
    same([name for name in kubectl("get configmaps --chunk-size=2 -o name").lines if "page" in name], names)
    first = json.loads(kubectl(["get", "--raw", f"/api/v1/namespaces/{kubectl.namespace}/configmaps?limit=2&fieldSelector=metadata.name!=kube-root-ca.crt"]).out)
    assert first["metadata"]["continue"] and "remainingItemCount" not in first["metadata"], first["metadata"]
    same(len(first["items"]), 2)


def headers_can_be_left_out(kubectl) -> None:
    kubectl.apply("settings.yaml")
    same(len(kubectl("get configmaps -l colour --no-headers").lines), 2)


def every_namespace_can_be_read_at_once(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.shows("get configmaps -A --field-selector=metadata.name=blue", "NAMESPACE NAME DATA AGE", rf"{kubectl.namespace} blue 1 \d+s")


def nothing_there_is_said_on_standard_error(kubectl) -> None:
    ended = kubectl("get deployments")
    same((ended.out, ended.err), ("", f"No resources found in {kubectl.namespace} namespace.\n"))


def what_does_not_exist_is_not_found(kubectl) -> None:
    kubectl.fails("get configmap nope", r'^Error from server \(NotFound\): configmaps "nope" not found$')
    kubectl.prints("get configmap nope --ignore-not-found", "")
    kubectl.fails("get deployment nope", r'^Error from server \(NotFound\): deployments.apps "nope" not found$')
    kubectl.fails("get wombats", r"^error: the server doesn't have a resource type \"wombats\"$")
    kubectl.fails("get configmap nope --namespace=no-such-namespace", r"(configmaps \"nope\"|namespaces \"no-such-namespace\") not found")


def a_file_names_what_to_get(kubectl) -> None:
    kubectl.apply("web.yaml")
    from harness import TESTDATA
    kubectl.prints(["get", "-f", str(TESTDATA / "web.yaml"), "-o", "name"], "deployment.apps/web\nservice/web")


def subresources_can_be_read(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl.shows("get deployment web --subresource=scale", "NAME DESIRED AVAILABLE AGE", r"web 2 \d \d+s")
    kubectl.prints("get deployment web --subresource=status -o jsonpath={.spec.replicas}", "2")


def nodes_and_namespaces_have_their_columns(kubectl) -> None:
    kubectl.shows("get nodes", "NAME STATUS ROLES AGE VERSION", r"\S+ Ready \S+ \S+ \S+")
    kubectl.shows("get namespace default kube-system", "NAME STATUS AGE", r"default Active \S+", r"kube-system Active \S+")
    kubectl.shows(f"get namespace {kubectl.namespace}", "NAME STATUS AGE", rf"{kubectl.namespace} Active \d+s")
    kubectl.becomes("get serviceaccounts -o name", "serviceaccount/default")
    kubectl.shows("get serviceaccounts", "NAME( SECRETS)? AGE", r"default( 0)? \d+s")
