#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the binary as a user does, with nothing else installed: hermetic.py MIZZEN [PART OF A NAME]."""
import base64
import contextlib
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import stat
import sys
import tempfile
import threading

import harness
from clusters import Running, kubeconfig_field
from harness import ROOT, Tool, same

HELLO, SHOP = str(ROOT / "examples/hello.yaml"), str(ROOT / "examples/shop.yaml")
HERE = pathlib.Path(__file__).resolve().parent


class Place:
    """The binary, and a folder that is empty at the start of a case."""

    def __init__(self, binary: str, folder: str) -> None:
        self.mizzen = Tool([binary], {"HOME": folder, "XDG_RUNTIME_DIR": folder})
        self.folder = pathlib.Path(folder)

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def up(self, *arguments: str) -> Running:
        return Running([*self.mizzen.program, "up", *arguments, "--port", "0"], **self.mizzen.env)


def kubeconfig(place: Place, port: int, trust: str = "insecure-skip-tls-verify: true") -> str:
    return place.file(f"config-{port}", "apiVersion: v1\nkind: Config\ncurrent-context: a\n"
                      f"clusters: [{{name: a, cluster: {{server: 'https://127.0.0.1:{port}', {trust}}}}}]\n"
                      "users: [{name: a, user: {token: x}}]\ncontexts: [{name: a, context: {cluster: a, user: a}}]\n")


def expired_certificate(place: Place) -> tuple[str, str]:
    """Paths of a key and of its own certificate for 127.0.0.1, which ended in 2021."""
    settings = place.file("ca.cnf", f"[ca]\ndefault_ca=one\n[one]\ndatabase={place.folder}/index\nserial={place.folder}/serial\nnew_certs_dir={place.folder}\ndefault_md=sha256\npolicy=any\n"
                          "x509_extensions=extensions\n[any]\ncommonName=supplied\n[extensions]\nsubjectAltName=IP:127.0.0.1\nbasicConstraints=critical,CA:TRUE\n")
    place.file("index", "")
    key, request, certificate = (str(place.folder / name) for name in ("key", "request", "certificate"))
    openssl = Tool(["openssl"])
    openssl(["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=late", "-keyout", key, "-out", request])
    openssl(["ca", "-batch", "-selfsign", "-notext", "-rand_serial", "-config", settings, "-keyfile", key, "-in", request, "-out", certificate,
             "-startdate", "20200101000000Z", "-enddate", "20210101000000Z"])
    return key, certificate


def serve_until_closed(server: socket.socket, context: ssl.SSLContext) -> None:
    """Shakes hands with everyone who comes."""
    with contextlib.suppress(OSError):
        while True:
            stream, _ = server.accept()
            with contextlib.suppress(OSError):
                context.wrap_socket(stream, server_side=True).close()


HELPERS = {"main", "shell", "kubeconfig", "expired_certificate", "serve_until_closed"}


def shell(command: str) -> list[str]:
    return ["--", "sh", "-c", command]


def version_is_one_line(place: Place) -> None:
    ended = place.mizzen("version")
    assert re.fullmatch(r"mizzen \d+\.\d+\.\d+.*\n", ended.out), ended


def render_shows_every_object_of_the_shop(place: Place) -> None:
    kinds = re.findall(r"^kind: (\w+)$", place.mizzen(["render", SHOP]).out, re.MULTILINE)
    same(sorted(kinds), ["ConfigMap", "Deployment", "Service", "ServiceAccount"])


def render_is_the_same_every_time(place: Place) -> None:
    same(place.mizzen(["render", SHOP]).out, place.mizzen(["render", SHOP]).out)


def crd_is_the_definition_of_the_webapp(place: Place) -> None:
    text = place.mizzen("crd").out
    for line in ("kind: CustomResourceDefinition", "  name: webapps.mizzen.dev", "  group: mizzen.dev"):
        assert line in text.splitlines(), f"no line {line!r} in\n{text}"


def a_command_runs_once_the_app_is_ready_and_its_exit_code_is_ours(place: Place) -> None:
    ended = place.mizzen.ends(["up", HELLO, "--port", "0", *shell('test -s "$KUBECONFIG" && echo "config at $KUBECONFIG"; exit 7')])
    same(ended.code, 7)
    assert re.search(r"^config at /\S+$", ended.out, re.MULTILINE), ended


def the_kubeconfig_is_for_its_owner_only(place: Place) -> None:
    with place.up(HELLO) as up:
        path = up.says(r"KUBECONFIG=(\S+)").group(1)
        same(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        assert kubeconfig_field(path, "server").startswith("https://127.0.0.1:")
        same(up.ends(by=signal.SIGINT), 0)
        assert not os.path.exists(path), "the kubeconfig of a server that has ended lies about"


def ctrl_c_ends_it_cleanly_at_any_time(place: Place) -> None:
    for wait_for in (r".", r"WebApp .*Ready"):
        with place.up(SHOP) as up:
            up.says(wait_for)
            same(up.ends(by=signal.SIGINT, seconds=10), 0)
    with place.up(SHOP) as up:
        up.says("WebApp .*Ready")
        same(up.ends(by=signal.SIGTERM, seconds=10), 0)


def plain_lines_when_the_output_is_no_terminal(place: Place) -> None:
    ended = place.mizzen(["up", HELLO, "--port", "0", *shell("true")])
    assert "\x1b" not in ended.out + ended.err, ended
    assert re.search(r"hello.*Ready", ended.out + ended.err), ended


def a_change_of_the_file_is_applied(place: Place) -> None:
    path = place.file("app.yaml", pathlib.Path(HELLO).read_text(encoding="utf-8"))
    with place.up(path) as up:
        up.says("WebApp .*Ready")
        place.file("app.yaml", pathlib.Path(HELLO).read_text(encoding="utf-8").replace("replicas: 2", "replicas: 5"))
        up.says(r"WebApp .*Ready 5/5")
        same(up.ends(by=signal.SIGINT), 0)


def data_outlives_the_process(place: Place) -> None:
    ask = shell(f'{sys.executable} {HERE}/ask.py /apis/mizzen.dev/v1/namespaces/default/webapps/hello')
    data = str(place.folder / "data")
    uids = [json.loads(place.mizzen(["up", HELLO, "--data", data, "--port", "0", *ask]).out.split("ANSWER ")[1].splitlines()[0])["metadata"]["uid"] for _ in range(2)]
    same(uids[0], uids[1])


def malformed_yaml_is_told_by_line_and_column(place: Place) -> None:
    for text, line in [("a: b: c\n", "1"), ("apiVersion: mizzen.dev/v1\nkind: [WebApp\n", "[23]"), ("kind: WebApp\nkind: WebApp\n", "2"), ("a:\n\t- b\n", "2")]:
        path = place.file("bad.yaml", text)
        for verb in (["render", path], ["up", path, "--port", "0"]):
            ended = place.mizzen.fails(verb, rf"{re.escape(path)}:{line}:\d+: \S", code=2)
            same(len(ended.err.strip().splitlines()), 1, ended.err)


def an_unknown_field_is_told_with_the_nearest_name(place: Place) -> None:
    text = pathlib.Path(HELLO).read_text(encoding="utf-8")
    for wrong, says in [("replicaz: 2", r"spec\.replicaz.*\breplicas\b"), ("replicas: many", r"spec\.replicas.*integer|spec\.replicas.*number"), ("replicas: -1", r"spec\.replicas.*-1.*0")]:
        path = place.file("bad.yaml", text.replace("replicas: 2", wrong))
        for verb in (["render", path], ["up", path, "--port", "0"]):
            place.mizzen.fails(verb, says, code=2)


def a_file_that_is_not_there_is_named(place: Place) -> None:
    for verb in ("render", "up"):
        ended = place.mizzen.fails([verb, "/nowhere/app.yaml"], "/nowhere/app.yaml: .*[Nn]o such file", code=2)
        same(len(ended.err.strip().splitlines()), 1)


def a_port_in_use_is_said_with_what_to_do(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = place.mizzen.fails(["up", HELLO, "--port", str(taken.getsockname()[1])], rf"{taken.getsockname()[1]}.*in use.*--port", code=1)
        same(len(ended.err.strip().splitlines()), 1, ended.err)


def an_unusable_kubeconfig_is_said_in_one_line(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as once:
        closed = once.getsockname()[1]
    refused = kubeconfig(place, closed)
    garbled = place.file("garbled", "{")
    for path, says in [("/nowhere/config", "/nowhere/config"), (refused, f"refused.*127.0.0.1:{closed}|127.0.0.1:{closed}.*refused"), (garbled, r"garbled:\d+:\d+")]:
        ended = place.mizzen.ends(["operator", "--kubeconfig", path])
        assert ended.code != 0 and re.search(says, ended.err) and len(ended.err.strip().splitlines()) == 1, ended


def an_expired_certificate_is_said_in_one_line(place: Place) -> None:
    key, certificate = expired_certificate(place)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve_until_closed, args=(server, context), daemon=True).start()
        authority = base64.b64encode(pathlib.Path(certificate).read_bytes()).decode()
        ended = place.mizzen.ends(["operator", "--kubeconfig", kubeconfig(place, server.getsockname()[1], f"certificate-authority-data: {authority}")])
        assert ended.code != 0 and re.search("certificate.*expired", ended.err) and len(ended.err.strip().splitlines()) == 1, ended


def wrong_use_of_the_command_line_says_how(place: Place) -> None:
    for arguments in (["upp", HELLO], ["up"], ["up", HELLO, "--nonsense"]):
        assert place.mizzen.ends(arguments).code not in (0, 1), arguments
    assert "up" in place.mizzen("--help").out


def the_api_answers_as_kube_apiserver_does(place: Place) -> None:
    ended = place.mizzen.ends(["up", HELLO, "--port", "0", "--", sys.executable, str(HERE / "api_over_http.py")])
    print("\n".join(line for line in ended.lines if not line.startswith("[ RUN")))
    same(ended.code, 0, "api_over_http")


def main() -> int:
    binary, part = os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""

    def in_new_folder(case) -> None:
        with tempfile.TemporaryDirectory() as folder:
            case(Place(binary, folder))

    cases = [(name, function) for name, function in globals().items() if callable(function) and getattr(function, "__module__", "") == "__main__"
             and not isinstance(function, type) and name not in HELPERS and part in name]
    return 0 if harness.run_cases("mizzen", [(name, lambda function=function: in_new_folder(function)) for name, function in cases]) else 1


if __name__ == "__main__":
    sys.exit(main())
