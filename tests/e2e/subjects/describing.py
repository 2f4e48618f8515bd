# SPDX-License-Identifier: Apache-2.0
"""kubectl describe, which reads the object, what belongs to it, and its events."""


def a_deployment_with_its_replica_sets_and_events(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")
    kubectl.shows("describe deployment web", "Name: web", f"Namespace: {kubectl.namespace}", "CreationTimestamp: .*", "Labels: app=web", "tier=front", "Selector: app=web",
                  r"Replicas: 2 desired \| 2 updated \| 2 total \| 2 available \| 0 unavailable", "StrategyType: RollingUpdate", "RollingUpdateStrategy: 25% max unavailable, 25% max surge",
                  "Pod Template:", "Labels: app=web", "Containers:", "main:", "Image: registry.example/web:1", r"Port: 8080/TCP \(http\)", "Environment:", "GREETING: hello", "COLOUR: blue",
                  "Conditions:", "Type Status Reason", "Available True MinimumReplicasAvailable", "Progressing True NewReplicaSetAvailable",
                  "OldReplicaSets: <none>", r"NewReplicaSet: web-\S+ \(2/2 replicas created\)", "Events:", "Type Reason Age From Message",
                  r"Normal ScalingReplicaSet \S+ deployment-controller Scaled up replica set web-\S+ from 0 to 2")


def a_replica_set_with_its_events(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")
    kubectl.shows("describe replicaset -l app=web", r"Name: web-\S+", r"Selector: app=web,pod-template-hash=\S+", "Controlled By: Deployment/web", "Replicas: 2 current / 2 desired",
                  "Pods Status: 2 Running / 0 Waiting / 0 Succeeded / 0 Failed", "Events:", r"Normal SuccessfulCreate \S+ replicaset-controller Created pod: web-\S+")


def a_pod_with_its_conditions(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")
    kubectl.shows("describe pod -l app=web", r"Name: web-\S+", "Service Account: default", r"Node: \S+/\S+", r"Labels: app=web", "Status: Running", r"IP: 10\.\d+\.\d+\.\d+", r"Controlled By: ReplicaSet/web-\S+",
                  "Containers:", "main:", "Image: registry.example/web:1", "State: Running", "Ready: True", "Restart Count: 0", "Conditions:", "Type Status", "Ready True", "QoS Class: BestEffort",
                  "Tolerations: node.kubernetes.io/not-ready:NoExecute op=Exists for 300s")


def a_service_with_its_endpoints(kubectl) -> None:
    kubectl.apply("web.yaml")
    kubectl("rollout status deployment/web --timeout=60s")
    kubectl.becomes("get endpointslices -o jsonpath={.items[*].endpoints[*].conditions.ready}", "true true")
    kubectl.shows("describe service web", "Name: web", "Selector: app=web", "Type: ClusterIP", "IP Family Policy: SingleStack", "IP Families: IPv4", r"IP: 10\.\S+", "Port: http 80/TCP",
                  "TargetPort: http/TCP", r"Endpoints: 10\.\d+\.\d+\.\d+:8080,10\.\d+\.\d+\.\d+:8080", "Session Affinity: None", "Events: <none>")


def a_configmap_and_a_secret(kubectl) -> None:
    kubectl.apply("settings.yaml")
    kubectl.shows("describe configmap blue", "Name: blue", "Labels: colour=blue", "Data", "====", "key:", "----", "sky", "Events: <none>")
    kubectl("create secret generic login --from-literal=password=s3cret")
    ended = kubectl.shows("describe secret login", "Name: login", "Type: Opaque", "Data", "password: 6 bytes")
    assert "s3cret" not in ended.out


def a_namespace_and_a_node(kubectl) -> None:
    kubectl.shows(f"describe namespace {kubectl.namespace}", f"Name: {kubectl.namespace}", "Status: Active", "No resource quota.", "No LimitRange resource.")
    kubectl.shows("describe nodes", r"Name: \S+", "Unschedulable: false", "Conditions:", "Type Status .*", r"Ready True .*", "Capacity:", r"cpu: \d+", "Allocatable:", "System Info:", "Non-terminated Pods: .*", "Allocated resources:")


def what_is_not_there_cannot_be_described(kubectl) -> None:
    kubectl.fails("describe configmap nope", r'Error from server \(NotFound\): configmaps "nope" not found')
