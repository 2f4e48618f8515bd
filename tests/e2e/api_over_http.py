#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Talks plain HTTP to the API server of $KUBECONFIG, as a client that makes mistakes: every answer is the Status that kube-apiserver gives."""
import base64
import http.client
import json
import os
import re
import socket
import ssl
import sys
import tempfile

import harness
from clusters import kubeconfig_field
from harness import same

CONFIG = os.environ.get("KUBECONFIG", "")
MAPS = "/api/v1/namespaces/default/configmaps"
JSON = {"Content-Type": "application/json"}


class Server:
    """The server of the kubeconfig; with its client certificate or as nobody."""

    def __init__(self, config: str) -> None:
        self.host, self.port = re.match(r"https://\[?([^\]/]+)\]?:(\d+)", kubeconfig_field(config, "server")).groups()
        self.trusted = ssl.create_default_context(cadata=base64.b64decode(kubeconfig_field(config, "certificate-authority-data")).decode())
        self.nobody = ssl.create_default_context(cadata=base64.b64decode(kubeconfig_field(config, "certificate-authority-data")).decode())
        with tempfile.NamedTemporaryFile() as pem:
            pem.write(base64.b64decode(kubeconfig_field(config, "client-certificate-data")) + b"\n" + base64.b64decode(kubeconfig_field(config, "client-key-data")))
            pem.flush()
            self.trusted.load_cert_chain(pem.name)

    def ask(self, method: str, path: str, body: bytes | str | None = None, headers: dict[str, str] | None = None, tls: ssl.SSLContext | None = None) -> tuple[int, dict]:
        connection = http.client.HTTPSConnection(self.host, int(self.port), context=tls or self.trusted, timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text.lstrip().startswith(b"{") else {"text": text.decode(errors="replace")}
        finally:
            connection.close()

    def refuses(self, method: str, path: str, code: int, reason: str, message: str, body: bytes | str | None = None, headers: dict[str, str] | None = None, **more) -> dict:
        """The answer is a Status with this code and reason, whose message matches."""
        status, answer = self.ask(method, path, body, headers, **more)
        facts = (status, answer.get("kind"), answer.get("status"), answer.get("code"), answer.get("reason", ""))
        same(facts, (code, "Status", "Failure", code, reason), f"{method} {path}: {answer}")
        assert re.search(message, answer["message"]), f"{method} {path}: {answer['message']!r} does not match {message!r}"
        return answer

    def raw(self, data: bytes) -> bytes:
        """What comes back for bytes that are no HTTP request."""
        with socket.create_connection((self.host, int(self.port)), timeout=20) as plain, self.trusted.wrap_socket(plain, server_hostname=self.host) as stream:
            stream.sendall(data)
            stream.settimeout(20)
            answer = b""
            while chunk := stream.recv(65536):
                answer += chunk
            return answer


def config_map(name: str, **data: str) -> str:
    return json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": data})


def nobody_is_let_in_without_a_name(server: Server) -> None:
    status, answer = server.ask("GET", MAPS, tls=server.nobody)
    assert (status, answer["reason"]) in ((401, "Unauthorized"), (403, "Forbidden")), answer
    server.refuses("GET", MAPS, 401, "Unauthorized", "^Unauthorized$", headers={"Authorization": "Bearer wrong"}, tls=server.nobody)


def a_body_that_is_too_large_is_refused(server: Server) -> None:
    large = config_map("large", key="x" * (3 * 1024 * 1024 + 1))
    server.refuses("POST", MAPS, 413, "RequestEntityTooLarge", "[Rr]equest (body|entity) (is )?too large: limit is 3145728", large, JSON)


def a_broken_body_is_refused(server: Server) -> None:
    for body in ('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"}', "[1,2", '{"apiVersion":"v1","kind":"ConfigMap","metadata":7}'):
        server.refuses("POST", MAPS, 400, "BadRequest", r"ConfigMap|[Jj]son|JSON|unmarshal|couldn't get version/kind", body, JSON)
    server.refuses("POST", MAPS, 422, "Invalid", '^ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required$', "{}", JSON)


def a_body_of_another_kind_is_refused(server: Server) -> None:
    server.refuses("POST", MAPS, 400, "BadRequest", r'Secret in version "v1" cannot be handled as a ConfigMap', json.dumps({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x"}}), JSON)


def an_unknown_content_type_is_refused(server: Server) -> None:
    server.refuses("POST", MAPS, 415, "UnsupportedMediaType", r"the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd\.kubernetes\.protobuf",
                   config_map("x"), {"Content-Type": "text/plain"})
    server.refuses("PATCH", f"{MAPS}/x", 415, "UnsupportedMediaType", "^415: Unsupported Media Type$",
                   "{}", JSON)


def an_answer_that_cannot_be_given_is_not_acceptable(server: Server) -> None:
    server.refuses("GET", MAPS, 406, "NotAcceptable", "^406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf", headers={"Accept": "image/png"})


def a_bad_selector_or_token_is_refused(server: Server) -> None:
    server.refuses("GET", f"{MAPS}?labelSelector=a+in+b", 400, "BadRequest", "unable to parse requirement: found 'b',? expected: '\\('")
    server.refuses("GET", f"{MAPS}?fieldSelector=spec.nothing%3D1", 400, "BadRequest", "spec.nothing")
    server.refuses("GET", f"{MAPS}?limit=2&continue=garbage", 400, "BadRequest", "continue key is not valid")
    server.refuses("GET", f"{MAPS}?resourceVersion=abc", 400, "BadRequest", 'resourceVersion: Invalid value: "abc"')


def a_version_from_the_future_is_too_large(server: Server) -> None:
    answer = server.refuses("GET", f"{MAPS}?resourceVersion=99999999999&resourceVersionMatch=NotOlderThan", 504, "Timeout", "Too large resource version: 99999999999, current: ")
    same(answer["details"]["causes"][0]["reason"], "ResourceVersionTooLarge")


def a_method_or_path_that_is_not_there_is_said(server: Server) -> None:
    server.refuses("PUT", MAPS, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource", config_map("x"), JSON)
    same(server.ask("GET", "/apis/nothing.example/v1/things")[0], 404)


def an_object_has_its_whole_life(server: Server) -> None:
    status, made = server.ask("POST", MAPS, config_map("life", a="1"), JSON)
    same((status, made["kind"], made["metadata"]["name"]), (201, "ConfigMap", "life"))
    server.refuses("POST", MAPS, 409, "AlreadyExists", '^configmaps "life" already exists$', config_map("life"), JSON)
    status, changed = server.ask("PUT", f"{MAPS}/life", json.dumps({**made, "data": {"a": "2"}}), JSON)
    same((status, changed["data"]), (200, {"a": "2"}))
    assert int(changed["metadata"]["resourceVersion"]) > int(made["metadata"]["resourceVersion"])
    server.refuses("PUT", f"{MAPS}/life", 409, "Conflict", "the object has been modified; please apply your changes to the latest version and try again", json.dumps({**made, "data": {"a": "3"}}), JSON)
    status, answer = server.ask("DELETE", f"{MAPS}/life")
    same((status, answer["kind"], answer["status"]), (200, "Status", "Success"))
    server.refuses("GET", f"{MAPS}/life", 404, "NotFound", '^configmaps "life" not found$')


def garbage_does_no_harm(server: Server) -> None:
    for data in (b"\x00\x01\x02\x03\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", b"A" * 200_000 + b"\r\n\r\n",
                 b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 64, b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"):
        try:
            server.raw(data)
        except (ConnectionError, ssl.SSLError):
            pass
    same(server.ask("GET", "/readyz"), (200, {"text": "ok"}))


def bytes_that_are_no_tls_do_no_harm(server: Server) -> None:
    with socket.create_connection((server.host, int(server.port)), timeout=20) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try:
            plain.recv(1000)
        except ConnectionError:
            pass
    same(server.ask("GET", "/livez"), (200, {"text": "ok"}))


def main() -> int:
    server = Server(CONFIG)
    cases = [(name, function) for name, function in globals().items() if callable(function) and getattr(function, "__module__", "") == "__main__" and not isinstance(function, type)
             and name not in ("main", "config_map")]
    return 0 if harness.run_cases("api_over_http", [(name, lambda function=function: function(server)) for name, function in cases]) else 1


if __name__ == "__main__":
    sys.exit(main())
