# SPDX-License-Identifier: Apache-2.0
"""kubectl create, by file and by generator, with dry runs, and what the server refuses."""
import base64
import json

from harness import TESTDATA, same

WEB = str(TESTDATA / "web.yaml")


def a_file_is_created_once(kubectl) -> None:
    kubectl.prints(["create", "-f", WEB], "deployment.apps/web created\nservice/web created")
    kubectl.fails(["create", "-f", WEB], r'Error from server \(AlreadyExists\): error when creating "\S+web\.yaml": deployments\.apps "web" already exists\n'
                  r'Error from server \(AlreadyExists\): error when creating "\S+web\.yaml": services "web" already exists')


def namespace(kubectl) -> None:
    name = f"{kubectl.namespace}-two"
    kubectl.prints(f"create namespace {name}", f"namespace/{name} created")
    kubectl.fails(f"create namespace {name}", rf'Error from server \(AlreadyExists\): namespaces "{name}" already exists')
    kubectl.prints(["get", "namespace", name, "-o", r"jsonpath={.metadata.labels.kubernetes\.io/metadata\.name} {.spec.finalizers} {.status.phase}"],
                   f'{name} ["kubernetes"] Active')


def configmap(kubectl) -> None:
    kubectl.prints(["create", "configmap", "settings", "--from-literal=a=1", "--from-literal=b=two words", f"--from-file=web={WEB}"], "configmap/settings created")
    same(json.loads(kubectl("get configmap settings -o json").out)["data"], {"a": "1", "b": "two words", "web": open(WEB, encoding="utf-8").read()})


def secret(kubectl) -> None:
    kubectl.prints("create secret generic login --from-literal=user=ann --from-literal=password=s3cret", "secret/login created")
    login = json.loads(kubectl("get secret login -o json").out)
    same((login["type"], base64.b64decode(login["data"]["password"])), ("Opaque", b"s3cret"))
    kubectl.shows("get secrets", "NAME TYPE DATA AGE", r"login Opaque 2 \d+s")
    kubectl.prints("create secret docker-registry pull --docker-server=registry.example --docker-username=ann --docker-password=x", "secret/pull created")
    kubectl.prints("get secret pull -o jsonpath={.type}", "kubernetes.io/dockerconfigjson")


def deployment(kubectl) -> None:
    kubectl.prints("create deployment site --image=registry.example/site:1 --replicas=2 --port=80", "deployment.apps/site created")
    kubectl("rollout status deployment/site --timeout=60s")
    kubectl.shows("get deployment site -o wide", "NAME READY .*", r"site 2/2 2 2 \d+s site registry\.example/site:1 app=site")
    spec = json.loads(kubectl("get deployment site -o json").out)["spec"]
    same((spec["strategy"], spec["revisionHistoryLimit"], spec["progressDeadlineSeconds"]),
         ({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}}, 10, 600))
    pod = spec["template"]["spec"]
    same((pod["dnsPolicy"], pod["restartPolicy"], pod["schedulerName"], pod["terminationGracePeriodSeconds"], pod["securityContext"]),
         ("ClusterFirst", "Always", "default-scheduler", 30, {}))
    container = pod["containers"][0]
    same((container["imagePullPolicy"], container["ports"], container["terminationMessagePath"], container["terminationMessagePolicy"]),
         ("IfNotPresent", [{"containerPort": 80, "protocol": "TCP"}], "/dev/termination-log", "File"))


def service(kubectl) -> None:
    kubectl.prints("create service clusterip front --tcp=80:8080", "service/front created")
    spec = json.loads(kubectl("get service front -o json").out)["spec"]
    same(spec["ports"], [{"name": "80-8080", "port": 80, "protocol": "TCP", "targetPort": 8080}])
    same((spec["type"], spec["clusterIPs"], spec["sessionAffinity"], spec["internalTrafficPolicy"], spec["ipFamilyPolicy"], spec["ipFamilies"]),
         ("ClusterIP", [spec["clusterIP"]], "None", "Cluster", "SingleStack", ["IPv4"]))


def expose_makes_a_service_of_a_deployment(kubectl) -> None:
    kubectl("create deployment site --image=registry.example/site:1")
    kubectl.prints("expose deployment site --port=80 --target-port=8080", "service/site exposed")
    kubectl.prints("get service site -o jsonpath={.spec.selector.app}:{.spec.ports[0].targetPort}", "site:8080")


def run_makes_a_pod_that_runs(kubectl) -> None:
    kubectl.becomes("get serviceaccounts -o name", "serviceaccount/default")
    kubectl.prints("run one --image=registry.example/one:1", "pod/one created")
    kubectl("wait pod/one --for=condition=Ready --timeout=60s")
    kubectl.shows("get pod one", "NAME READY STATUS RESTARTS AGE", r"one 1/1 Running 0 \d+s")


def service_account_and_its_token(kubectl) -> None:
    kubectl.prints("create serviceaccount robot", "serviceaccount/robot created")
    token = kubectl("create token robot --duration=1h").out.strip()
    header, claims, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(claims + "=="))
    same(claims["sub"], f"system:serviceaccount:{kubectl.namespace}:robot")
    same(claims["exp"] - claims["iat"], 3600)
    assert header and signature
    kubectl.fails("create token nobody", r'error: failed to create token: serviceaccounts "nobody" not found')


def names_are_generated(kubectl) -> None:
    text = "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: item-}}"
    names = [kubectl("create -f - -o name", stdin=text).out.strip() for _ in range(3)]
    same((len(set(names)), all(len(name) == len("configmap/item-12345") for name in names)), (3, True))


def dry_runs_store_nothing(kubectl) -> None:
    kubectl.prints("create configmap ghost --dry-run=server", "configmap/ghost created (server dry run)")
    kubectl.prints("create configmap ghost --dry-run=client", "configmap/ghost created (dry run)")
    uids = kubectl(["create", "-f", WEB, "--dry-run=server", "-o", "jsonpath={.metadata.uid} "]).out.split()
    same([len(uid) for uid in uids], [36, 36])
    kubectl.fails("get configmap ghost", "NotFound")
    kubectl.fails("get deployment web", "NotFound")


def an_unknown_field_is_refused_with_its_path(kubectl) -> None:
    text = open(WEB, encoding="utf-8").read().split("---")[0].replace("replicas:", "replicaz:")
    kubectl.fails("create -f -", r'^Error from server \(BadRequest\): error when creating "STDIN": Deployment in version "v1" cannot be handled as a Deployment: '
                  r'strict decoding error: unknown field "spec\.replicaz"$', stdin=text)
    warned = kubectl("create --validate=warn -f -", stdin=text)
    same(warned.err, 'Warning: unknown field "spec.replicaz"\n')


def a_value_of_the_wrong_type_is_refused(kubectl) -> None:
    text = open(WEB, encoding="utf-8").read().split("---")[0].replace("replicas: 2", "replicas: many")
    kubectl.fails("create -f -", r'Error from server \(BadRequest\): error when creating "STDIN": Deployment in version "v1" cannot be handled as a Deployment: '
                  r"json: cannot unmarshal string into Go struct field DeploymentSpec\.spec\.replicas of type int32", stdin=text)


def an_invalid_object_is_refused_with_its_reasons(kubectl) -> None:
    kubectl.fails("create configmap Bad_Name", r'error: failed to create configmap: ConfigMap "Bad_Name" is invalid: metadata\.name: Invalid value: "Bad_Name": '
                  r"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '\.', and must start and end with an alphanumeric character")
    text = open(WEB, encoding="utf-8").read().split("---")[0].replace("matchLabels: {app: web}", "matchLabels: {app: other}")
    kubectl.fails("create -f -", r'The Deployment "web" is invalid: spec\.template\.metadata\.labels: Invalid value: \{"app":"web"\}: `selector` does not match template `labels`', stdin=text)
    text = open(WEB, encoding="utf-8").read().split("---")[0].replace("replicas: 2", "replicas: -1")
    kubectl.fails("create -f -", r'The Deployment "web" is invalid: spec\.replicas: Invalid value: -1: must be greater than or equal to 0', stdin=text)
    text = "{apiVersion: v1, kind: Service, metadata: {name: none}, spec: {selector: {a: b}}}"
    kubectl.fails("create -f -", r'The Service "none" is invalid: spec\.ports: Required value', stdin=text)


def a_namespace_that_is_not_there_holds_nothing(kubectl) -> None:
    kubectl.fails("create configmap x --namespace=no-such-namespace", r'error: failed to create configmap: namespaces "no-such-namespace" not found')


def a_kind_that_is_not_there_is_named(kubectl) -> None:
    kubectl.fails("create -f -", r'resource mapping not found for name: "x" namespace: "" from "STDIN": no matches for kind "Wombat" in version "zoo\.example/v1"',
                  stdin="{apiVersion: zoo.example/v1, kind: Wombat, metadata: {name: x}}")
