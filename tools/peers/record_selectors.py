#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records what a real kube-apiserver says to selectors, right and wrong: record_selectors.py KUBECONFIG writes mizzen/apiserver/selector/testdata/."""
import pathlib
import sys

from real_api import RealApi, write_json

OUT = pathlib.Path(__file__).resolve().parents[2] / "mizzen/apiserver/selector/testdata"

LABELS = ["", " ", "a=b", "a=b,", "a=b c", "=a", "a in", "a in b", "a in (", "a in (b", "a in (b,c", "a in (b d)", "a in (=)", "a notin ()", "a>x", "a>1,b<2", "a!", "!",
          "!a=b", "!!a", "(a)", "a,,b", ",a", "a b", "a==b=c", "-a=b", "a=-b", "x/y/z=1", "/a=1", "A.b/x=1", "a=", "a!=", "a in (,)", "a in (b,)",
          "a in (b,,c)", "a in (,b)", "a in (b,=)", "a in (b,", "in=notin", "in in (in)", "a=in", "a<>b", "a=b,!", "a)", "a in ()x", "a" + "b" * 70 + "=c",
          "a=" + "c" * 64, "é=1", "a=é", "a = b", "a=!b", "a in (b))", "a~b", "a in (~)", "a>", "a>=1", "a===b", "a/=1", "!a,b in(c),d notin(e)",
          "a=b,c in (d,-e,f_)", "a>+1", "a>-5", "a<9223372036854775808", "a..b/c=d", "a\t=\nb", "a.b/c=d", "!in", "notin notin(notin)", "a in (b),c", "x=\"y\""]
FIELDS = ["", "metadata.name=a,metadata.namespace!=b", "metadata.name", "foo=bar", "metadata.name=a\\,b", "metadata.name=a\\x", "metadata.name=a=b",
          "metadata.name=a\\", ",,", "a", "=x", "=", "!=", "metadata.name==x", "metadata.name!==x", "metadata.name=a,b", "metadata.name!a",
          " metadata.name=a", "metadata.name in (a)", "foo!=", "metadata.name=", "metadata.name=\\é", "zoo=1,bar=2", "metadata.name===a"]


def main() -> None:
    api = RealApi(sys.argv[1])
    said = lambda path, **query: "" if (answer := api.call("GET", path, **query))[0] == 200 else answer[1]["message"]
    config_maps, pods = "/api/v1/namespaces/default/configmaps", "/api/v1/namespaces/default/pods"
    write_json(OUT / "label_selectors.json", [{"selector": s, "message": said(config_maps, labelSelector=s)} for s in LABELS])
    write_json(OUT / "field_selectors.json", [{"selector": s, "message": said(config_maps, fieldSelector=s), "of_pods": said(pods, fieldSelector=s)} for s in FIELDS])


if __name__ == "__main__":
    main()
