// SPDX-License-Identifier: Apache-2.0
// Quantities, held against what Kubernetes makes of the same texts.
#include "mizzen/base/quantity.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/random.hpp"

namespace mizzen {
namespace {

TEST(Quantity, IsWrittenInCanonicalForm) {
    struct Case {
        std::string_view text, canonical;
    };
    const Case cases[] = {
        {"0", "0"},
        {"0n", "0"},
        {"-0", "0"},
        {"0Ki", "0"},
        {"1", "1"},
        {"+1", "1"},
        {"-1", "-1"},
        {"1.", "1"},
        {".5", "500m"},
        {"001", "1"},
        {"0.5", "500m"},
        {"1.5", "1500m"},
        {"100m", "100m"},
        {"1000m", "1"},
        {"1500m", "1500m"},
        {"0.1m", "100u"},
        {"1n", "1n"},
        {"0.1n", "1n"},
        {"-0.1n", "-1n"},
        {"1.0000000001", "1000000001n"},
        {"1000", "1k"},
        {"1000000", "1M"},
        {"1100", "1100"},
        {"1k", "1k"},
        {"1000k", "1M"},
        {"12345M", "12345M"},
        {"1000P", "1E"},
        {"5000E", "5000E"},
        {"1E", "1E"},
        {"1e3", "1e3"},
        {"1E3", "1e3"},
        {"1e+3", "1e3"},
        {"1000e-3", "1"},
        {"1e0", "1"},
        {"10e2", "1e3"},
        {"1e4", "10e3"},
        {"100e-4", "10e-3"},
        {"1e-9", "1e-9"},
        {"1e-10", "1e-9"},
        {"1e-100", "1e-9"},
        {"1Ki", "1Ki"},
        {"1024", "1024"},
        {"1024Ki", "1Mi"},
        {"1.5Ki", "1536"},
        {"1.5Gi", "1536Mi"},
        {"0.5Ki", "512"},
        {"1023Ki", "1023Ki"},
        {"1000Ki", "1000Ki"},
        {"0.001Ki", "1024m"},
        {"0.0001Ki", "102400u"},
        {"1.0001Ki", "1024102400u"},
        {"-1Mi", "-1Mi"},
        {"7Ei", "7Ei"},
        {"8Ei", "9223372036854775807"},
        {"-8Ei", "-9223372036854775807"},
        {"1234567890123456789012345678901234567890Ki", "9223372036854775807"},
        {"9223372036854775807", "9223372036854775807"},
        {"92233720368547758080", "92233720368547758080"},
    };
    for (const Case& c : cases) {
        const auto q = parse_quantity(c.text);
        ASSERT_TRUE(q) << c.text;
        EXPECT_EQ(to_string(*q), c.canonical) << c.text;
    }
}

TEST(Quantity, RefusesOtherTexts) {
    for (const std::string_view bad : {"",      "-",
                                       "+",     ".",
                                       "-.",    "m",
                                       "Ki",    "1 ",
                                       " 1",    "1K",
                                       "1ki",   "1mi",
                                       "1e",    "1e+",
                                       "1ee3",  "1e3m",
                                       "1e1.5", "1.2.3",
                                       "--1",   "1-",
                                       "1kk",   "1Kib",
                                       "0x10",  "1,000",
                                       "1e++3", "1e99999999999",
                                       "1e30",  "nan",
                                       "inf"})
        EXPECT_FALSE(parse_quantity(bad)) << bad;
}

TEST(Quantity, ComparesAndAddsExactly) {
    const auto q = [](std::string_view s) { return parse_quantity(s).value(); };
    EXPECT_EQ(q("1000m"), q("1"));
    EXPECT_EQ(q("1Ki"), q("1024"));
    EXPECT_LT(q("1G"), q("1Gi"));
    EXPECT_GT(q("1n"), q("0"));
    EXPECT_LT(q("-1"), q("1n"));
    EXPECT_EQ(to_string(q("100m") + q("950m")), "1050m");
    EXPECT_EQ(to_string(q("1Gi") + q("512Mi")), "1536Mi");
    EXPECT_EQ(to_string(q("0") + q("512Mi")), "512Mi");
    EXPECT_EQ(to_string(q("1Gi") - q("1Gi")), "0");
    EXPECT_EQ(to_string(q("1Ki") - q("1")), "1023");
    EXPECT_EQ(to_string(q("1") - q("1500m")), "-500m");
    Quantity sum;
    for (int i = 0; i < 10; ++i) sum += q("0.1");
    EXPECT_EQ(sum, q("1"));
}

TEST(Quantity, RoundsAwayFromZeroToNumbers) {
    EXPECT_EQ(parse_quantity("1500m")->units(), 2);
    EXPECT_EQ(parse_quantity("-1500m")->units(), -2);
    EXPECT_EQ(parse_quantity("1.0001")->milli(), 1001);
    EXPECT_EQ(parse_quantity("250m")->milli(), 250);
    EXPECT_EQ(parse_quantity("8E")->milli(), INT64_MAX);
    EXPECT_EQ(parse_quantity("-100E")->units(), INT64_MIN);
    EXPECT_DOUBLE_EQ(parse_quantity("1.5Gi")->number(), 1.5 * 1024 * 1024 * 1024);
    EXPECT_EQ(to_string(Quantity::of(2048, Quantity::Format::binary)), "2Ki");
    EXPECT_EQ(to_string(Quantity::of_milli(1500)), "1500m");
}

TEST(Quantity, CanonicalFormIsReadAsTheSame) {
    Random random(11);
    for (int i = 0; i < 2000; ++i) {
        const char* suffixes[] = {"", "n", "u", "m", "k", "M", "Ki", "Mi", "Gi", "e3", "e-4"};
        const std::string text = std::to_string(random.below(1'000'000)) + "." + std::to_string(random.below(1000)) +
                                 suffixes[random.below(11)];
        const Quantity q = parse_quantity(text).value();
        EXPECT_EQ(parse_quantity(to_string(q)), q) << text;
        EXPECT_EQ(to_string(parse_quantity(to_string(q)).value()), to_string(q)) << text;
    }
}

TEST(Quantity, LongTextsTakeNoLongerThanTheirSize) {
    EXPECT_EQ(to_string(parse_quantity("0." + std::string(1'000'000, '0') + "1").value()), "1n");
    EXPECT_FALSE(parse_quantity(std::string(1'000'000, '9')));
    EXPECT_EQ(to_string(parse_quantity(std::string(1'000'000, '9') + "Ki").value()), "9223372036854775807");
}

}  // namespace
}  // namespace mizzen
