#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same operator on the real control plane: operator_on_real.py MIZZEN. The objects it makes there must be those that `mizzen up` ends with."""
import json
import re
import subprocess
import sys
import tempfile

import harness
from clusters import Running, real_cluster
from harness import PEERS_BIN, ROOT, Tool, same

SHOP = str(ROOT / "examples/shop.yaml")
KUBECTL = str(PEERS_BIN / "kubectl")
CHANGING = {"uid", "resourceVersion", "creationTimestamp", "managedFields", "clusterIP", "clusterIPs", "lastTransitionTime", "lastUpdateTime", "lastUpdated", "selfLink",
            "kubectl.kubernetes.io/last-applied-configuration", "mizzen.dev/applied"}  # the last is a hash with the owner's uid in it


def timeless(value: object) -> object:
    """The value without what differs from one cluster to the next; hashes of pod templates become HASH."""
    if isinstance(value, dict):
        return {key: timeless(item) for key, item in value.items() if key not in CHANGING}
    if isinstance(value, list):
        return [timeless(item) for item in value]
    if isinstance(value, str):
        return re.sub(r'(ReplicaSet "[a-z0-9-]+)-[a-z0-9]{8,10}"', r'\1-HASH"', value)
    return value


def shop_objects(kubectl: Tool) -> dict[str, object]:
    """The WebApp and what was made for it, by kind and name."""
    made = json.loads(kubectl("get deployments,services,configmaps,serviceaccounts -o json").out)["items"]
    owned = [item for item in made if any(owner["kind"] == "WebApp" for owner in item["metadata"].get("ownerReferences", []))]
    app = json.loads(kubectl("get webapp shop -o json").out)
    objects = {f"{item['kind']}/{item['metadata']['name']}": timeless(item) for item in [app, *owned]}
    objects["WebApp/shop"]["metadata"].pop("annotations", None)  # which way it was applied is not what is compared
    return objects


class Real:
    """What the cases share: the operator running against a real control plane."""
    mizzen: str
    kubectl: Tool
    objects: dict[str, object]


def the_operator_takes_the_shop_to_ready(real: Real) -> None:
    real.kubectl(["apply", "-f", SHOP])
    real.kubectl("wait webapp/shop --for=condition=Ready --timeout=60s")
    real.kubectl.shows("get webapp shop", "NAME IMAGE REPLICAS PHASE AGE", r"shop \S+ 3 Ready \d+s")
    real.objects = shop_objects(real.kubectl)


def the_objects_are_those_of_mizzen_up(real: Real) -> None:
    ours = Tool([real.mizzen])(["up", SHOP, "--port", "0", "--", sys.executable, __file__, "--dump"])
    found = json.loads(ours.out[ours.out.index("OBJECTS ") + len("OBJECTS "):].splitlines()[0])
    same(sorted(found), sorted(real.objects))
    for name, expected in real.objects.items():
        same(json.dumps(found[name], indent=1, sort_keys=True), json.dumps(expected, indent=1, sort_keys=True), name)


def a_change_is_carried_out(real: Real) -> None:
    real.kubectl(["patch", "webapp", "shop", "--type=merge", "-p", '{"spec":{"replicas":1}}'])
    real.kubectl.becomes("get deployment shop -o jsonpath={.spec.replicas}/{.status.readyReplicas}", "1/1")
    real.kubectl.becomes("get webapp shop -o jsonpath={.status.phase}/{.status.availableReplicas}", "Ready/1")


def what_somebody_deleted_comes_back(real: Real) -> None:
    real.kubectl("delete service shop")
    real.kubectl.succeeds("get service shop")


def at_rest_nothing_is_written(real: Real) -> None:
    real.kubectl("wait webapp/shop --for=condition=Ready --timeout=60s")
    versions = lambda: [real.kubectl(f"get {kind} -o jsonpath={{.metadata.resourceVersion}}").out for kind in ("webapp/shop", "deployment/shop", "service/shop")]
    before = versions()
    real.kubectl.fails("wait webapp/shop --for=condition=Strange --timeout=3s", "timed out")
    same(versions(), before)


def a_deleted_app_takes_its_objects_along(real: Real) -> None:
    real.kubectl("delete webapp shop --timeout=60s")
    real.kubectl.becomes("get deployments,replicasets,pods -o name --ignore-not-found", "")


def main() -> int:
    if sys.argv[1] == "--dump":
        print("OBJECTS " + json.dumps(shop_objects(Tool([KUBECTL]))))
        return 0
    real = Real()
    real.mizzen = sys.argv[1]
    cases = [the_operator_takes_the_shop_to_ready, the_objects_are_those_of_mizzen_up, a_change_is_carried_out, what_somebody_deleted_comes_back,
             at_rest_nothing_is_written, a_deleted_app_takes_its_objects_along]
    with real_cluster() as kubeconfig, tempfile.TemporaryDirectory() as home:
        real.kubectl = Tool([KUBECTL, "--kubeconfig", kubeconfig], {"HOME": home})
        crd = subprocess.run([real.mizzen, "crd"], check=True, capture_output=True, text=True).stdout
        real.kubectl("apply --server-side -f -", stdin=crd)
        real.kubectl("wait crd/webapps.mizzen.dev --for=condition=Established --timeout=30s")
        with Running([real.mizzen, "operator", "--kubeconfig", kubeconfig]) as operator:
            passed = harness.run_cases("operator_on_real", [(case.__name__, lambda case=case: case(real)) for case in cases])
            if not passed:
                operator.process.terminate()
                operator.ends()
                print("the operator said:", *operator.printed[-40:], sep="\n")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
