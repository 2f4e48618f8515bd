# SPDX-License-Identifier: Apache-2.0
"""A plain HTTP client for the real API server of a kubeconfig with embedded certificates, for the scripts that record its answers."""
import base64
import http.client
import json
import pathlib
import re
import ssl
import tempfile
import urllib.parse


class RealApi:
    def __init__(self, kubeconfig: str) -> None:
        text = pathlib.Path(kubeconfig).read_text()
        found = {name: re.search(rf'{name}: *"?([^",}}\s]+)"?', text) for name in
                 ("server", "certificate-authority-data", "client-certificate-data", "client-key-data")}
        server = urllib.parse.urlsplit(found["server"].group(1))
        decoded = {name: base64.b64decode(found[name].group(1)) for name in found if name != "server"}
        tls = ssl.create_default_context(cadata=decoded["certificate-authority-data"].decode())
        with tempfile.NamedTemporaryFile() as pem:
            pem.write(decoded["client-certificate-data"] + decoded["client-key-data"])
            pem.flush()
            tls.load_cert_chain(pem.name)
        self.connection = http.client.HTTPSConnection(server.hostname, server.port, context=tls)

    def call(self, method: str, path: str, body: object = None, content_type: str = "application/json", user_agent: str = "recorder",
             accept: str = "application/json", **query: str) -> tuple[int, object]:
        """The code and the parsed answer; a body that is text is sent as it is."""
        if query:
            path += "?" + urllib.parse.urlencode(query)
        data = None if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.connection.request(method, path, data, {"Content-Type": content_type, "User-Agent": user_agent, "Accept": accept})
        answer = self.connection.getresponse()
        text = answer.read()
        try:
            return answer.status, json.loads(text)
        except ValueError:
            return answer.status, text.decode()

    def version(self) -> str:
        return self.call("GET", "/version")[1]["gitVersion"]


def write_json(path: pathlib.Path, cases: list) -> None:
    """One case a line, so that a difference shows as the lines of the cases it touches."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(case, sort_keys=True, ensure_ascii=False) for case in cases)
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n")
