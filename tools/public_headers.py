#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that the libraries we build on stay out of our headers: whoever uses Mizzen neither compiles nor needs them."""
import pathlib
import re
import sys

from checks import Check, run

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^">]+)[">]', re.MULTILINE)
HIDDEN = re.compile(r"^(asio|boost|openssl|nghttp2|gtest|benchmark|CLI)(/|\.)|^(simdjson|yaml|sqlite3|zlib|zstd)\.h$|^(sys|netinet|arpa)/|^iostream$")


def headers_show_no_library_but_fmt(check: Check) -> None:
    for header in sorted((ROOT / "mizzen").rglob("*.hpp")):
        for included in INCLUDE.findall(header.read_text()):
            check.that(not HIDDEN.search(included), f"{header.relative_to(ROOT)}: shows <{included}>; include it in the .cpp")


if __name__ == "__main__":
    sys.exit(run("public_headers", headers_show_no_library_but_fmt))
