// SPDX-License-Identifier: Apache-2.0
// The functions of the libraries, a table for each.
#include <gtest/gtest.h>

#include "mizzen/cel/evaluated.hpp"

namespace mizzen::cel {
namespace {

TEST(Library, Strings) {
    EXPECT_EQ(mismatches({{"'tacocat'.charAt(3)", "o"},
                          {"'abc'.charAt(4)", "index out of range: 4"},
                          {"'hällo'.indexOf('l')", "2"},
                          {"'hello'.indexOf('', 9)", "5"},
                          {"'hello'.lastIndexOf('l')", "3"},
                          {"'hello'.lastIndexOf('hello world')", "-1"},
                          {"'abc'.replace('', '-')", "-a-b-c-"},
                          {"'aaa'.replace('a', 'b', 2)", "bba"},
                          {"'a,b,c'.split(',', 2)", "[a, b,c]"},
                          {"'äbc'.split('').size()", "3"},
                          {"'hello'.substring(1, 3)", "el"},
                          {"'hello'.substring(3, 1)", "invalid substring range. start: 3, end: 1"},
                          {"' \\t\\u00a0a '.trim()", "a"},
                          {"['a', 'b'].join('-')", "a-b"},
                          {"strings.quote('a\"\\n')", R"("a\"\n")"},
                          {"'a1b22'.findAll('[0-9]+')", "[1, 22]"},
                          {"'foobar'.find('o+?')", "o"},
                          {"'aaa'.findAll('a*')", "[aaa]"},
                          {"'abc'.findAll('').size()", "4"},
                          {"'xabcd'.find('(a|ab)(c|bcd)?')", "abcd"}}),
              "");
}

TEST(Library, Format) {
    EXPECT_EQ(mismatches({{"'%s is %d'.format(['x', 5])", "x is 5"},
                          {"'%.1f'.format([1234567.89])", "1,234,567.9"},
                          {"'%e'.format([1234.5])", "1.234500×10⁰³"},
                          {"'%s'.format([[1, 'a', 2.5, null]])", "[1, \"a\", 2.500000, null]"},
                          {"'%s'.format([{'b': 1, 'a': 'x'}])", "{\"a\":\"x\", \"b\":1}"},
                          {"'%x %X %o %b'.format([255, 255, 8, -5])", "ff FF 10 -101"},
                          {"'100%%'.format([])", "100%"},
                          {"('%' + 's').format([])", "index 0 out of range"},
                          {"('%' + 'q').format([1])",
                           "could not parse formatting clause: unrecognized formatting clause \"q\""}}),
              "");
}

TEST(Library, ListsAndSets) {
    EXPECT_EQ(mismatches({{"[3, 1, 2].sort()", "[1, 2, 3]"},
                          {"[1, 2, 2].isSorted()", "true"},
                          {"[1.5, 2.5].sum()", "4"},
                          {"['b', 'a'].min()", "a"},
                          {"[1].filter(x, x > 1).max()", "max called on empty list"},
                          {"[1, 2, 1].lastIndexOf(1)", "2"},
                          {"[[1], [2, 3]].flatten()", "[1, 2, 3]"},
                          {"[1, 2, 3].slice(0, 9)", "cannot slice(0, 9), list is length 3"},
                          {"[1, 1, 2].distinct().reverse()", "[2, 1]"},
                          {"lists.range(-1)", "lists.range: size must be non-negative, got -1"},
                          {"sets.equivalent([1, 2, 2], [2, 1])", "true"},
                          {"sets.contains([1], [1, 2])", "false"},
                          {"sets.intersects([1, 2], [2])", "true"}}),
              "");
}

TEST(Library, Times) {
    EXPECT_EQ(mismatches({{"duration('1h') + duration('30m')", "5400s"},
                          {"timestamp('2024-02-29T12:00:00Z') + duration('24h')", "2024-03-01T12:00:00Z"},
                          {"timestamp('2024-02-29T12:30:45+02:00')", "2024-02-29T12:30:45+02:00"},
                          {"timestamp('2024-02-29T23:00:00Z').getDate('+02:00')", "1"},
                          {"timestamp('2024-02-29T23:00:00Z').getDayOfYear()", "59"},
                          {"timestamp('1969-12-31T23:59:59Z').getHours('-00:30')", "23"},
                          {"timestamp('9999-12-31T23:59:59Z') + duration('1s')", "timestamp overflow"},
                          {"timestamp(0).getHours('Nowhere/X')", "unknown time zone Nowhere/X"},
                          {"int(timestamp('2024-01-01T00:00:00Z'))", "1704067200"}}),
              "");
}

TEST(Library, AddressesAndUrls) {
    EXPECT_EQ(
        mismatches({{"string(ip('2001:DB8:0:0:1::1'))", "2001:db8::1:0:0:1"},
                    {"ip('::ffff:1.2.3.4')", "IPv4-mapped IPv6 address \"::ffff:1.2.3.4\" is not allowed"},
                    {"isIP('1.2.3.04') || isIP('1::2::3')", "false"},
                    {"cidr('10.0.0.0/8').containsIP('10.1.2.3')", "true"},
                    {"string(cidr('10.1.2.3/8').masked())", "10.0.0.0/8"},
                    {"cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')", "true"},
                    {"isCIDR('10.0.0.0/08') || isCIDR('10.0.0.0/33')", "false"},
                    {"url('https://u:p@ex.com:80/a%20b?k=v&k=w').getHost()", "ex.com:80"},
                    {"url('https://[::1]:80/').getHostname()", "::1"},
                    {"url('https://ex.com/a b').getEscapedPath()", "/a%20b"},
                    {"url('https://ex.com/?k=v&k=%20w').getQuery()", "{k: [v,  w]}"},
                    {"isURL('a/b')", "false"},
                    {"url('https://a:b:c/')",
                     "URL parse error during conversion from string: parse \"https://a:b:c/\": invalid port \":b:c\" "
                     "after host"}}),
        "");
}

TEST(Library, QuantitiesVersionsAndFormats) {
    EXPECT_EQ(mismatches({{"quantity('1.5Gi').isGreaterThan(quantity('1G'))", "true"},
                          {"quantity('1.5').asInteger()", "cannot convert value to integer"},
                          {"quantity('50m').add(quantity('50m')) == quantity('0.1')", "true"},
                          {"isQuantity('5 Gi')", "false"},
                          {"semver('1.2.3-rc.1').isLessThan(semver('1.2.3'))", "true"},
                          {"semver('1.2.3-2').compareTo(semver('1.2.3-10'))", "-1"},
                          {"isSemver('v1.2') || !isSemver('v1.2', true)", "false"},
                          {"semver('1.2.3-')", "Prerelease is empty"},
                          {"format.dns1123Label().validate('my-name').hasValue()", "false"},
                          {"format.uuid().validate('x').value()", "[does not match the UUID format]"},
                          {"format.named('nope').hasValue()", "false"}}),
              "");
}

TEST(Library, Conversions) {
    EXPECT_EQ(mismatches({{"string(1.0) + string(1e6) + string(5u) + string(true)", "11e+065true"},
                          {"int(-1.9)", "-1"},
                          {"[1e30].map(x, int(x))[0]", "integer overflow"},
                          {"[-1].map(x, uint(x))[0]", "unsigned integer overflow"},
                          {"double('NaN') == double('NaN')", "false"},
                          {"bool('T')", "true"},
                          {"[b'\\xff'].map(x, string(x))[0]", "invalid UTF-8 in bytes, cannot convert to string"}}),
              "");
}

}  // namespace
}  // namespace mizzen::cel
