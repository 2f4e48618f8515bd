# SPDX-License-Identifier: Apache-2.0
"""Compares docs/dependencies.md with the packages that ./task installs."""
import re

from session import ROOT

PAGE = ROOT / "docs/dependencies.md"
LIST = ROOT / "tools/task/packages.sh"


def installed() -> set[str]:
    return {name for words in re.findall(r"^\w+_packages=\(([^)]*)\)", LIST.read_text(encoding="utf-8"), re.MULTILINE) for name in words.split()}


def explained() -> dict[str, str]:
    """What each package is said to be for."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: purpose for names, purpose in rows if names != "package" for name in names.split(", ")}


def every_package_is_explained() -> None:
    packages, said = installed(), explained()
    assert "clang-19" in packages and "libssl-dev" in packages, f"{LIST.name} was not understood: {packages}"
    missing, too_many = packages - said.keys(), said.keys() - packages
    assert not missing, f"docs/dependencies.md does not say why we need {', '.join(sorted(missing))}"
    assert not too_many, f"docs/dependencies.md explains what is not installed: {', '.join(sorted(too_many))}"
