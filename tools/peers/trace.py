# SPDX-License-Identifier: Apache-2.0
"""Logs every request that a client makes to an API server: trace.py PORT KUBECONFIG LOG listens on loopback and forwards with that file's certificate.

Writes LOG.kubeconfig for the client, and to LOG one JSON object a request: method, path, headers that matter, body, status, size, milliseconds.
"""
import base64
import http.client
import http.server
import json
import pathlib
import re
import ssl
import sys
import tempfile
import threading
import time

HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-authorization", "host", "content-length"}


def field(text: str, name: str) -> str:
    found = re.search(rf'{name}: *"?([^",}}\s]+)"?', text)
    if not found:
        raise SystemExit(f"no {name} in the kubeconfig")
    return found.group(1)


class Upstream:
    """Where requests go, and with which client certificate."""

    def __init__(self, kubeconfig: str) -> None:
        text = pathlib.Path(kubeconfig).read_text()
        scheme, self.host, self.port = re.match(r"(https?)://([^:/]+):(\d+)", field(text, "server")).groups()
        self.tls = None
        if scheme == "https":
            self.tls = ssl.create_default_context(cadata=base64.b64decode(field(text, "certificate-authority-data")).decode())
            with tempfile.NamedTemporaryFile() as pem:
                pem.write(base64.b64decode(field(text, "client-certificate-data")) + base64.b64decode(field(text, "client-key-data")))
                pem.flush()
                self.tls.load_cert_chain(pem.name)

    def connect(self) -> http.client.HTTPConnection:
        if self.tls:
            return http.client.HTTPSConnection(self.host, int(self.port), context=self.tls)
        return http.client.HTTPConnection(self.host, int(self.port))


def handler(upstream: Upstream, log):
    lock = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            start, size, status = time.time(), 0, 0
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            watch = re.search(r"[?&](watch|follow)=(true|1)", self.path) is not None

            def record() -> None:
                entry = {
                    "at": round(start, 3), "ms": round((time.time() - start) * 1000, 1), "method": "WATCH" if watch else self.command,
                    "path": self.path, "status": status, "sent": len(body), "received": size, "agent": self.headers.get("User-Agent", ""),
                    "accept": self.headers.get("Accept", ""), "type": self.headers.get("Content-Type", ""),
                    "encoding": self.headers.get("Accept-Encoding", ""), "body": body[:20000].decode(errors="replace"),
                }
                with lock:
                    log.write(json.dumps(entry) + "\n")
                    log.flush()

            connection = upstream.connect()
            try:
                connection.request(self.command, self.path, body or None, headers)
                response = connection.getresponse()
                status = response.status
                if watch:
                    record()  # now: a watch may outlive this recorder
                self.send_response(status)
                for name, value in response.getheaders():
                    if name.lower() not in HOP:
                        self.send_header(name, value)
                if status in (204, 304):
                    self.end_headers()
                else:
                    self.send_header("Transfer-Encoding", "chunked")
                    self.end_headers()
                    while chunk := response.read1(65536):
                        size += len(chunk)
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                    self.wfile.write(b"0\r\n\r\n")
            except OSError:
                self.close_connection = True
            finally:
                connection.close()
                if not watch:
                    record()

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = forward

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def main() -> None:
    port, kubeconfig, log = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    out = open(log, "a", encoding="utf-8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler(Upstream(kubeconfig), out))
    pathlib.Path(f"{log}.kubeconfig").write_text(
        "apiVersion: v1\nkind: Config\ncurrent-context: traced\n"
        f'clusters: [{{name: traced, cluster: {{server: "http://127.0.0.1:{port}"}}}}]\n'
        "users: [{name: traced, user: {}}]\ncontexts: [{name: traced, context: {cluster: traced, user: traced}}]\n")
    server.serve_forever()


if __name__ == "__main__":
    main()
