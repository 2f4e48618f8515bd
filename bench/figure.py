# SPDX-License-Identifier: Apache-2.0
"""A figure of a benchmark, in the one form that all of them print: a JSON object on a line of its own."""
import json


def rounded(value: float) -> float:
    """Five digits that count: more would be noise."""
    return float(f"{value:.5g}")


def figure(name: str, value: float, unit: str, peer: str | None = None, peer_value: float | None = None, more_is_better: bool = False) -> str:
    """The ratio says how many times better than the peer's ours is; it is null where no peer was measured."""
    ratio = None
    if peer_value is None:
        peer = None
    else:
        better, other = (value, peer_value) if more_is_better else (peer_value, value)
        ratio = rounded(better / other) if other else None
        peer_value = rounded(peer_value)
    return json.dumps({"name": name, "value": rounded(value), "unit": unit, "peer": peer, "peer_value": peer_value, "ratio": ratio})
