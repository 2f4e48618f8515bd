#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Extracts the facts about the built-in kinds of one Kubernetes release and writes them as C++ tables and structs.

Needs the unpacked Go modules k8s.io/{kubernetes,api,apimachinery,apiextensions-apiserver,kube-aggregator} of one release, e.g. from
`go mod download -json k8s.io/kubernetes@v1.37.2`. Descriptions are not taken over.
"""
import argparse
import pathlib

import discovery
import model
import struct_writer
import table_writer
from sources import Sources


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for module in ("kubernetes", "api", "apimachinery", "apiextensions", "aggregator"):
        arguments.add_argument(f"--{module}", required=True, type=pathlib.Path)
    arguments.add_argument("--out", required=True, type=pathlib.Path, help="mizzen/kube/schema")
    a = arguments.parse_args()
    sources = Sources(a.kubernetes, a.api, a.apimachinery, a.apiextensions, a.aggregator)
    facts = model.Model(sources)
    resources = discovery.read_resources(sources)
    tables = a.out / "generated"
    tables.mkdir(parents=True, exist_ok=True)
    table_writer.TableWriter(facts, resources, tables).write()
    kinds = a.out / "kinds"
    kinds.mkdir(exist_ok=True)
    struct_writer.StructWriter(facts, resources, kinds).write()


if __name__ == "__main__":
    main()
