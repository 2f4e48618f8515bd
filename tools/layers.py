#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that every #include "mizzen/…" goes from a room to itself or to a room that layers.txt names for it, and that CMake knows each room."""
import pathlib
import re
import sys

from checks import Check, run

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s+"(mizzen/[^"]+)"', re.MULTILINE)


def layers() -> dict[str, list[str]]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / "layers.txt").read_text().splitlines())
    return {room.strip(): below.split() for room, _, below in (line.partition(":") for line in lines if line)}


def room_of(path: str, rooms: dict[str, list[str]]) -> str | None:
    """The longest room whose folder holds the path."""
    return max((room for room in rooms if path.startswith(f"mizzen/{room}/")), key=len, default=None)


def files_include_only_rooms_below_their_own(check: Check) -> None:
    rooms = layers()
    for file in sorted((ROOT / "mizzen").rglob("*.[ch]pp")):
        path = file.relative_to(ROOT).as_posix()
        room = room_of(path, rooms)
        if room is None:
            check.that(path == "mizzen/main.cpp", f"{path}: lies in no room of layers.txt")
            continue
        for included in INCLUDE.findall(file.read_text()):
            target = room_of(included, rooms)
            check.that(target == room or target in rooms[room], f'{path}: {room} may not include "{included}"')


def rooms_name_only_rooms_listed_above_them(check: Check) -> None:
    seen: set[str] = set()
    for room, below in layers().items():
        for name in below:
            check.that(name in seen, f"layers.txt: {room} names {name}, which is not listed before it")
        seen.add(room)


def every_room_is_built(check: Check) -> None:
    built = re.findall(r"^mizzen_module\((\S+)", (ROOT / "CMakeLists.txt").read_text(), re.MULTILINE)
    check.that(sorted(built) == sorted(layers()), f"layers.txt and CMakeLists.txt differ: {set(built) ^ set(layers())}")


if __name__ == "__main__":
    sys.exit(run("layers", files_include_only_rooms_below_their_own, rooms_name_only_rooms_listed_above_them, every_room_is_built))
