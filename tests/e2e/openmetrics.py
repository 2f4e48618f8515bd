#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What our writer of OpenMetrics 1.0 emits, held to parsers that are not ours: openmetrics.py METRICS_SUBJECT [SEEDS].

The reference parser is the one of prometheus_client (Debian: python3-prometheus-client), which agrees with the specification's own cases.
Three directions:
  oracle_takes_*, oracle_refuses_*   pages written by hand: that the parser is as strict as the specification, so that its consent means something
  ours_*                             pages that our writer makes of generated snapshots full of traps: the parser takes every one and reads what was in it
  never_ours_*                       what the parser refuses does not occur on ours, although the snapshots ask for it
"""
import collections
import math
import re
import subprocess
import sys

from harness import PEERS_BIN, Skip, run_cases, same

try:
    from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
    from prometheus_client.parser import text_string_to_metric_families as plain_text
except ImportError:
    openmetrics = plain_text = None

# Name: page without its end, and how many samples are on it.
VALID = {
    "nothing": ("", 0),
    "gauge": ("# TYPE a gauge\na 1\n", 1),
    "gauge_without_type": ("a 1\n", 1),
    "unknown": ("# TYPE a unknown\na 1\n", 1),
    "help_and_unit": ("# TYPE a_seconds gauge\n# UNIT a_seconds seconds\n# HELP a_seconds One.\na_seconds 1\n", 1),
    "empty_help": ("# TYPE a gauge\n# HELP a \na 1\n", 1),
    "help_with_escapes": ("# TYPE a gauge\n# HELP a \\\\ \\n \\\"\na 1\n", 1),
    "negative_gauge": ("# TYPE a gauge\na -1\n", 1),
    "special_values": ('# TYPE a gauge\na{b="1"} NaN\na{b="2"} +Inf\na{b="3"} -Inf\n', 3),
    "exponents": ('# TYPE a gauge\na{b="1"} 1e+06\na{b="2"} 5e-324\na{b="3"} 1.7976931348623157e+308\n', 3),
    "minus_zero": ("# TYPE a gauge\na -0.0\n", 1),
    "timestamp_in_seconds": ("# TYPE a gauge\na 1 1700000000.123\n", 1),
    "escaped_label": ('# TYPE a gauge\na{b="\\\\ \\" \\n"} 1\n', 1),
    "label_with_braces": ('# TYPE a gauge\na{b="{}",c="}"} 1\n', 1),
    "label_with_eof": ('# TYPE a gauge\na{b="# EOF"} 1\n', 1),
    "empty_label": ('# TYPE a gauge\na{b=""} 1\n', 1),
    "unicode_label": ('# TYPE a gauge\na{b="größe 日本 😀"} 1\n', 1),
    "no_labels_in_braces": ("# TYPE a gauge\na{} 1\n", 1),
    "name_with_colon": ("# TYPE a:b gauge\na:b 1\n", 1),
    "counter": ("# TYPE a counter\na_total 1\n", 1),
    "counter_with_created": ("# TYPE a counter\na_total 1\na_created 1700000000.5\n", 2),
    "counter_with_exemplar": ('# TYPE a counter\na_total 1 # {trace_id="ab"} 1.0 1700000000.25\n', 1),
    "exemplar_without_labels": ("# TYPE a counter\na_total 1 # {} 1.0\n", 1),
    "exemplar_of_128_characters": ('# TYPE a counter\na_total 1 # {a="' + "ö" * 127 + '"} 1.0\n', 1),
    "histogram": ('# TYPE a histogram\na_bucket{le="1.0"} 1\na_bucket{le="+Inf"} 2\na_count 2\na_sum 3.5\n', 4),
    "histogram_with_exemplar": ('# TYPE a histogram\na_bucket{le="1.0"} 1 # {} 0.5\na_bucket{le="+Inf"} 2\na_count 2\na_sum 3.5\n', 4),
    "histogram_of_buckets_only": ('# TYPE a histogram\na_bucket{le="+Inf"} 2\n', 1),
    "histogram_with_negative_bounds": ('# TYPE a histogram\na_bucket{le="-1.0"} 1\na_bucket{le="+Inf"} 2\n', 2),
    "histograms_of_two_series": ('# TYPE a histogram\na_bucket{b="1",le="+Inf"} 2\na_bucket{b="2",le="+Inf"} 2\n', 2),
    "summary": ('# TYPE a summary\na{quantile="0.5"} 1\na{quantile="1.0"} NaN\na_count 2\na_sum 3.5\n', 4),
    "summary_without_quantiles": ("# TYPE a summary\na_count 2\na_sum 3.5\n", 2),
    "info": ('# TYPE a info\na_info{version="1"} 1\n', 1),
    "state_set": ('# TYPE a stateset\na{a="x"} 1\na{a="y"} 0\n', 2),
    "two_families": ("# TYPE a gauge\na 1\n# TYPE b counter\nb_total 1\n", 2),
}

INVALID = {
    "no_end": "# TYPE a gauge\na 1\n",
    "text_after_the_end": "a 1\n# EOF\na 2\n",
    "an_empty_line": "# TYPE a gauge\n\na 1\n# EOF\n",
    "a_comment": "# a comment\na 1\n# EOF\n",
    "carriage_returns": "# TYPE a gauge\r\na 1\r\n# EOF\r\n",
    "a_space_before": " a 1\n# EOF\n",
    "two_spaces": "a  1\n# EOF\n",
    "no_value": "a\n# EOF\n",
    "a_word_for_a_value": "a one\n# EOF\n",
    "a_hexadecimal_value": "a 0x1p3\n# EOF\n",
    "underscores_in_a_value": "a 1_000\n# EOF\n",
    "a_name_with_a_digit_first": "9a 1\n# EOF\n",
    "a_name_with_a_dash": "a-b 1\n# EOF\n",
    "a_name_with_a_dot": "a.b 1\n# EOF\n",
    "no_name": ' 1\n# EOF\n',
    "a_label_with_a_colon": 'a{b:c="1"} 1\n# EOF\n',
    "a_label_with_a_dot": 'a{b.c="1"} 1\n# EOF\n',
    "a_label_with_a_digit_first": 'a{9="1"} 1\n# EOF\n',
    "a_label_without_name": 'a{="1"} 1\n# EOF\n',
    "a_label_without_quotes": "a{b=1} 1\n# EOF\n",
    "a_label_twice": 'a{b="1",b="2"} 1\n# EOF\n',
    "labels_without_an_end": 'a{b="1" 1\n# EOF\n',
    "labels_without_a_comma": 'a{b="1"c="2"} 1\n# EOF\n',
    "a_type_twice": "# TYPE a gauge\n# TYPE a gauge\na 1\n# EOF\n",
    "a_help_twice": "# HELP a x\n# HELP a x\na 1\n# EOF\n",
    "an_unknown_type": "# TYPE a meter\na 1\n# EOF\n",
    "the_type_untyped": "# TYPE a untyped\na 1\n# EOF\n",
    "a_type_after_its_sample": "a 1\n# TYPE a gauge\n# EOF\n",
    "a_family_in_two_places": "# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n# EOF\n",
    "series_in_between": '# TYPE a histogram\na_bucket{b="1",le="+Inf"} 1\na_bucket{b="2",le="+Inf"} 1\na_count{b="1"} 1\na_sum{b="1"} 1\n# EOF\n',
    "names_that_clash_by_a_suffix": "# TYPE a counter\na_total 1\n# TYPE a_total gauge\na_total 1\n# EOF\n",
    "a_unit_that_is_not_in_the_name": "# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n",
    "a_unit_of_an_info": '# TYPE a_bytes info\n# UNIT a_bytes bytes\na_bytes_info{b="1"} 1\n# EOF\n',
    "a_unit_of_a_state_set": '# TYPE a_bytes stateset\n# UNIT a_bytes bytes\na_bytes{a_bytes="x"} 1\n# EOF\n',
    "a_counter_without_total": "# TYPE a counter\na 1\n# EOF\n",
    "a_negative_counter": "# TYPE a counter\na_total -1\n# EOF\n",
    "a_counter_that_is_nan": "# TYPE a counter\na_total NaN\n# EOF\n",
    "an_exemplar_of_a_gauge": "# TYPE a gauge\na 1 # {} 1.0\n# EOF\n",
    "an_exemplar_of_129_characters": '# TYPE a counter\na_total 1 # {a="' + "ö" * 128 + '"} 1.0\n# EOF\n',
    "an_exemplar_without_a_value": '# TYPE a counter\na_total 1 # {a="b"}\n# EOF\n',
    "an_exemplar_of_a_sum": '# TYPE a histogram\na_bucket{le="+Inf"} 1\na_count 1\na_sum 1 # {} 1.0\n# EOF\n',
    "a_histogram_without_inf": '# TYPE a histogram\na_bucket{le="1.0"} 1\na_count 1\na_sum 1\n# EOF\n',
    "a_histogram_whose_buckets_go_down": '# TYPE a histogram\na_bucket{le="1.0"} 2\na_bucket{le="+Inf"} 1\na_count 1\na_sum 1\n# EOF\n',
    "a_histogram_whose_bounds_go_down": '# TYPE a histogram\na_bucket{le="2.0"} 1\na_bucket{le="1.0"} 1\na_bucket{le="+Inf"} 1\n# EOF\n',
    "a_histogram_whose_count_differs": '# TYPE a histogram\na_bucket{le="+Inf"} 1\na_count 2\na_sum 1\n# EOF\n',
    "a_histogram_with_a_count_only": '# TYPE a histogram\na_bucket{le="+Inf"} 1\na_count 1\n# EOF\n',
    "a_histogram_with_a_negative_sum": '# TYPE a histogram\na_bucket{le="+Inf"} 1\na_count 1\na_sum -1\n# EOF\n',
    "a_sum_beside_a_negative_bound": '# TYPE a histogram\na_bucket{le="-1.0"} 1\na_bucket{le="+Inf"} 1\na_count 1\na_sum 1\n# EOF\n',
    "a_bucket_without_a_bound": "# TYPE a histogram\na_bucket 1\n# EOF\n",
    "a_fraction_in_a_bucket": '# TYPE a histogram\na_bucket{le="+Inf"} 1.5\na_count 1.5\na_sum 1\n# EOF\n',
    "a_quantile_above_one": '# TYPE a summary\na{quantile="1.5"} 1\n# EOF\n',
    "a_quantile_with_a_negative_value": '# TYPE a summary\na{quantile="0.5"} -1\n# EOF\n',
    "a_summary_with_a_negative_sum": "# TYPE a summary\na_count 1\na_sum -1\n# EOF\n",
    "an_info_that_is_not_one": '# TYPE a info\na_info{b="1"} 2\n# EOF\n',
    "an_info_without_its_suffix": '# TYPE a info\na{b="1"} 1\n# EOF\n',
    "a_state_that_is_not_0_or_1": '# TYPE a stateset\na{a="x"} 2\n# EOF\n',
    "a_state_set_without_its_label": '# TYPE a stateset\na{b="x"} 1\n# EOF\n',
}

# What is wrong with a line of ours, if it occurs; each stands for one or more of the pages above.
NEVER = {
    "names_in_quotes": r'^\{|^# \w+ "', "labels_in_quotes": r'[{,]"', "labels_without_name": r"[{,]=", "labels_with_a_colon": r'[{,]\w*:\w*="',
    "negative_totals": r"^# TYPE (\S+) counter\n(?:.*\n)*?\1_total(\{.*\})? (-[1-9]|NaN)", "empty_lines": r"^$",
    # The parser lets this one and samples that come twice pass; the specification does not.
    "bounds_that_are_no_canonical_numbers": r'_bucket\{.*\ble="-?\d+"\} ',
    "comments": r"^#(?! (TYPE|HELP|UNIT) |\sEOF$)", "types_that_are_none": r"^# TYPE \S+ (?!(counter|gauge|histogram|summary|info|stateset)$)"}


def read(page: str) -> list:
    return list(openmetrics(page))


def is_refused(page: str) -> None:
    try:
        families = read(page)
    except ValueError:
        return
    raise AssertionError(f"the reference parser takes it: {families}\n{page}")


def is_taken(page: str, samples: int) -> None:
    same(sum(len(family.samples) for family in read(page + "# EOF\n")), samples, page)


def generated(subject: str, kind: str, escaping: str, seed: int) -> str:
    return subprocess.run([subject, "page", kind, escaping, str(seed)], capture_output=True, check=True, timeout=60).stdout.decode()


def samples(families) -> dict:
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for family in families for sample in family.samples}


def is_read_as_meant(subject: str, seeds: range, escaping: str) -> None:
    """Every page parses; what is on it is also on the page in the text format, read by another parser, with the same value."""
    types = collections.Counter()
    for seed in seeds:
        page = generated(subject, "openmetrics", escaping, seed)
        try:
            families = read(page)
        except ValueError as problem:
            raise AssertionError(f"seed {seed}: the reference parser refuses it: {problem}\n{page}") from problem
        types.update(family.type for family in families)
        same(len(samples(families)), sum(len(family.samples) for family in families), f"seed {seed}: a sample comes twice\n{page}")
        there = samples(plain_text(generated(subject, "text", escaping, seed)))
        for key, value in samples(families).items():
            # The text format writes bounds and quantiles as Go does, without ".0".
            other = tuple(sorted((name, re.sub(r"\.0$", "", text) if name in ("le", "quantile") else text) for name, text in key[1]))
            found = there.get(key, there.get((key[0], other)))
            same_value = found is not None and (float(found) == float(value) or math.isnan(found) and math.isnan(value))
            assert same_value, f"seed {seed}: {key} is {value} in OpenMetrics, {found} in text\n{page}"
    for kind in ("counter", "gauge", "histogram", "summary", "info", "stateset"):
        assert types[kind] > len(seeds) / 20, f"seeds {seeds} have next to no {kind}: {types}"


def never_occurs(subject: str, seeds: range, pattern: str) -> None:
    for seed in seeds:
        page = generated(subject, "openmetrics", "underscores", seed)
        found = re.search(pattern, page.removesuffix("# EOF\n").removesuffix("\n"), re.MULTILINE) if page != "# EOF\n" else None
        assert not found, f"seed {seed}: {found.group(0)!r}\n{page}"


def promtool_parses(tool: str, subject: str, seeds: range, escaping: str) -> None:
    """The parser of Prometheus itself, for the text format. Exit 3 is an opinion on names, which are generated."""
    if not (PEERS_BIN / tool).exists():
        raise Skip(f"not installed: {tool}; ./task peers installs it")
    for seed in seeds:
        page = generated(subject, "text", escaping, seed)
        done = subprocess.run([str(PEERS_BIN / tool), "check", "metrics"], input=page.encode(), capture_output=True, timeout=60, check=False)
        assert done.returncode in (0, 3), f"seed {seed}: exit {done.returncode}: {done.stderr.decode()}\n{page}"


def main() -> int:
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: openmetrics.py METRICS_SUBJECT [SEEDS]")
    subject, seeds = sys.argv[1], range(int(sys.argv[2]) if len(sys.argv) == 3 else 300)
    if openmetrics is None:
        def skip() -> None:
            raise Skip("not installed: prometheus_client; apt-get install python3-prometheus-client")
        return 0 if run_cases("openmetrics", [("reference_parser", skip)]) else 1
    print(f"seeds {seeds.start} to {seeds.stop - 1}")
    cases = [(f"oracle_takes_{name}", lambda page=page, n=n: is_taken(page, n)) for name, (page, n) in VALID.items()]
    cases += [(f"oracle_refuses_{name}", lambda page=page: is_refused(page)) for name, page in INVALID.items()]
    cases += [(f"ours_is_read_as_meant_with_{escaping}", lambda e=escaping: is_read_as_meant(subject, seeds, e)) for escaping in ("underscores", "dots", "values")]
    cases += [(f"ours_in_text_is_parsed_by_{tool}_with_{escaping}", lambda t=tool, e=escaping: promtool_parses(t, subject, seeds[:100], e))
              for tool, escaping in (("promtool", "underscores"), ("promtool", "dots"), ("promtool-2.42", "underscores"), ("promtool-2.42", "values"))]
    cases += [(f"never_ours_{name}", lambda pattern=pattern: never_occurs(subject, seeds, pattern)) for name, pattern in NEVER.items()]
    return 0 if run_cases("openmetrics", cases) else 1


if __name__ == "__main__":
    sys.exit(main())
