# SPDX-License-Identifier: Apache-2.0
"""Who may do what: can-i, whoami, tokens of service accounts, roles, impersonation."""
import base64
import json
import os
import pathlib

from harness import same


def the_administrator_may_do_everything(kubectl) -> None:
    kubectl.prints("auth can-i create deployments", "yes")
    kubectl.prints("auth can-i * *", "yes")
    kubectl.prints("auth can-i get /metrics", "yes")
    kubectl.shows("auth can-i --list", "Resources Non-Resource URLs Resource Names Verbs", r"\*\.\* \[\] \[\] \[\*\]", r"\[\*\] \[\] \[\*\]")


def whoami_names_the_user_and_the_groups(kubectl) -> None:
    user = json.loads(kubectl("auth whoami -o json").out)["status"]["userInfo"]
    assert user["username"] and {"system:masters", "system:authenticated"} <= set(user["groups"]), user
    kubectl.shows("auth whoami", "ATTRIBUTE VALUE", rf"Username {user['username']}", r"Groups \[.*\]")


def _with_token(kubectl, token: str) -> list[str]:
    """Arguments and environment of a kubectl that knows the server but nobody's certificate."""
    cluster = json.loads(kubectl("config view --raw -o json").out)["clusters"][0]["cluster"]
    authority = pathlib.Path(kubectl.home / "ca.crt")
    if "certificate-authority-data" in cluster:
        authority.write_bytes(base64.b64decode(cluster["certificate-authority-data"]))
    else:
        authority = pathlib.Path(os.path.dirname(os.environ["KUBECONFIG"])) / cluster["certificate-authority"]
    return ["--kubeconfig=/dev/null", f"--server={cluster['server']}", f"--certificate-authority={authority}", f"--token={token}"]


def a_token_logs_in_as_its_service_account(kubectl) -> None:
    kubectl("create serviceaccount robot")
    arguments = _with_token(kubectl, kubectl("create token robot").out.strip())
    name = f"system:serviceaccount:{kubectl.namespace}:robot"
    kubectl.prints([*arguments, "auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"], name)
    groups = json.loads(kubectl([*arguments, "auth", "whoami", "-o", "jsonpath={.status.userInfo.groups}"]).out)
    same(sorted(groups), ["system:authenticated", "system:serviceaccounts", f"system:serviceaccounts:{kubectl.namespace}"])
    kubectl.fails([*arguments, "get", "secrets"], rf'Error from server \(Forbidden\): secrets is forbidden: User "{name}" cannot list resource "secrets" in API group "" in the namespace "{kubectl.namespace}"')


def a_wrong_token_is_not_let_in(kubectl) -> None:
    kubectl.fails([*_with_token(kubectl, "wrong"), "get", "configmaps"], r"error: You must be logged in to the server \((the server has asked for the client to provide credentials|Unauthorized)\)")


def a_role_gives_what_it_says(kubectl) -> None:
    kubectl("create serviceaccount robot")
    name = f"system:serviceaccount:{kubectl.namespace}:robot"
    ended = kubectl.ends(f"auth can-i list configmaps --as={name}")
    same((ended.out, ended.code), ("no\n", 1))
    kubectl.prints("create role reader --verb=get,list,watch --resource=configmaps", "role.rbac.authorization.k8s.io/reader created")
    kubectl.prints(f"create rolebinding robot-reads --role=reader --serviceaccount={kubectl.namespace}:robot", "rolebinding.rbac.authorization.k8s.io/robot-reads created")
    kubectl.becomes(f"auth can-i list configmaps --as={name}", "yes")
    same(kubectl.ends(f"auth can-i delete configmaps --as={name}").out, "no\n")
    kubectl.apply("settings.yaml")
    kubectl.prints(f"get configmaps -l colour -o name --as={name}", "configmap/blue\nconfigmap/green")
    kubectl.fails(f"delete configmap blue --as={name}", rf'Error from server \(Forbidden\): configmaps "blue" is forbidden: User "{name}" cannot delete resource "configmaps"')
