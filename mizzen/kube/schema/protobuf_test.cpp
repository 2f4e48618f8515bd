// SPDX-License-Identifier: Apache-2.0
// Bodies as Go's client-go encodes them, against the JSON that Go writes for the same objects.
#include "mizzen/kube/schema/protobuf.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::kube::schema {
namespace {

using namespace std::string_view_literals;
namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string from_hex(std::string_view hex) {
    std::string out;
    int high = -1;
    for (char c : hex) {
        if (c == '\n') continue;
        const int digit = c <= '9' ? c - '0' : c - 'a' + 10;
        if (high < 0)
            high = digit;
        else
            out += static_cast<char>(high * 16 + digit), high = -1;
    }
    return out;
}

fs::path testdata() { return fs::path(MIZZEN_SOURCE_DIR) / "mizzen/kube/schema/testdata/protobuf"; }

std::string body_of(std::string_view name) { return from_hex(read_file(testdata() / (std::string(name) + ".hex"))); }

std::string envelope(std::string_view fields) { return std::string("k8s\0"sv) + std::string(fields); }

std::string complaint(std::string_view body) {
    try {
        decode_protobuf(body);
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::invalid);
        return e.message();
    }
    return "";
}

TEST(Protobuf, SaysWhatGoSaysInJson) {
    std::size_t cases = 0;
    for (const auto& entry : fs::directory_iterator(testdata())) {
        if (entry.path().extension() != ".hex") continue;
        ++cases;
        SCOPED_TRACE(entry.path().stem());
        const json::Value expected = json::parse(read_file(fs::path(entry.path()).replace_extension(".json")));
        const json::Value decoded = decode_protobuf(from_hex(read_file(entry.path())));
        EXPECT_EQ(json::to_pretty_json(decoded), json::to_pretty_json(expected));
    }
    EXPECT_GE(cases, 25u);
}

TEST(Protobuf, KeepsTheZeroOfAPointerAndDropsTheZeroOfAPlainField) {
    const json::Value deployment = decode_protobuf(body_of("deployment"));
    EXPECT_EQ(*deployment.find_path({"spec", "replicas"}), json::Value(0));
    EXPECT_EQ(deployment.find_path({"spec", "minReadySeconds"}), nullptr);
}

TEST(Protobuf, TakesTheKindFromTheCallerWhereTheEnvelopeHasNone) {
    const json::Value decoded = decode_protobuf(envelope("\x12\x07\x0a\x05\x0a\x03"
                                                         "abc"sv),
                                                "v1", "ConfigMap");
    EXPECT_EQ(decoded.text("kind"), "ConfigMap");
    EXPECT_EQ(decoded.text("apiVersion"), "v1");
    EXPECT_EQ(decoded.text({"metadata", "name"}), "abc");
}

TEST(Protobuf, ReadsJsonInsideTheEnvelope) {
    const json::Value decoded = decode_protobuf(envelope("\x12\x0b{\"a\":[1,2]}\x22\x10"
                                                         "application/json"sv),
                                                "v1", "Foo");
    EXPECT_EQ(json::to_json(decoded), R"({"a":[1,2],"apiVersion":"v1","kind":"Foo"})");
}

TEST(Protobuf, SkipsFieldsItDoesNotKnow) {
    // Field 100 as a number, as bytes, as a group that holds a number and a group, then the name.
    const std::string meta =
        "\x0a\x03"
        "abc";
    std::string raw =
        "\xa0\x06\x05"
        "\xa2\x06\x01x"
        "\xa3\x06\x08\x01\x13\x14\xa4\x06"
        "\x0a\x05" +
        meta;
    EXPECT_EQ(decode_protobuf_message(raw, *find_object("", "v1", "ConfigMap")).text({"metadata", "name"}), "abc");
}

TEST(Protobuf, ReadsPackedNumbers) {
    const Type* type = find_type("io.k8s.api.core.v1.PodSecurityContext");
    const json::Value decoded = decode_protobuf_message("\x22\x03\x01\x02\x7f"sv, *type);
    EXPECT_EQ(json::to_json(decoded), R"({"supplementalGroups":[1,2,127]})");
}

TEST(Protobuf, JoinsTheHalvesOfAMessageThatCameTwice) {
    const Type* type = find_object("", "v1", "ConfigMap");
    const json::Value decoded = decode_protobuf_message(
        "\x0a\x03\x0a\x01"
        "a"
        "\x0a\x03\x1a\x01"
        "n"sv,
        *type);
    EXPECT_EQ(json::to_json(decoded), R"({"metadata":{"name":"a","namespace":"n"}})");
}

TEST(Protobuf, ComplainsOfWhatIsMalformed) {
    struct Case {
        std::string_view name, fields, complaint;
    };
    const Case cases[] = {
        {"a length past the end", "\x12\x05"sv, "malformed protobuf: it ends early"},
        {"a number without end", "\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"sv,
         "malformed protobuf: a number of more than ten bytes"},
        {"field number zero", "\x02\x01x"sv, "malformed protobuf: bad field number"},
        {"wire type seven", "\x0f"sv, "malformed protobuf: bad wire type"},
        {"a group that only ends", "\x2c"sv, "malformed protobuf: a group ends that never began"},
        {"a content encoding", "\x1a\x04gzip"sv, "a protobuf body with a content encoding is not supported"},
        {"an unknown kind",
         "\x0a\x09\x0a\x02v1\x12\x03"
         "Foo"sv,
         "no protobuf form is known of apiVersion \"v1\", kind \"Foo\"; send JSON"},
    };
    for (const Case& c : cases) EXPECT_EQ(complaint(envelope(c.fields)), c.complaint) << c.name;
    EXPECT_EQ(complaint("{}"), "expected a Kubernetes protobuf body, which starts with \"k8s\" and a zero byte");
}

TEST(Protobuf, RefusesTextThatIsNotUtf8) {
    EXPECT_THROW(decode_protobuf_message("\x0a\x03\x0a\x01\xff"sv, *find_object("", "v1", "ConfigMap")), Error);
}

TEST(Protobuf, RefusesEndlessNestingAndExpansion) {
    const Type* schema = find_type("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps");
    std::string nested;  // not: {not: {…}}
    for (int i = 0; i < 2000; ++i) {
        std::string length;
        std::size_t n = nested.size();
        for (; n > 0x7f; n >>= 7) length += static_cast<char>((n & 0x7f) | 0x80);
        length += static_cast<char>(n);
        nested = "\xe2\x01" + length + nested;
    }
    EXPECT_THROW(decode_protobuf_message(nested, *schema), Error);

    std::string bomb;
    for (int i = 0; i < 1'000'000; ++i) bomb += "\x12"sv, bomb += "\0"sv;
    EXPECT_THROW(decode_protobuf_message(bomb, *find_object("", "v1", "PodList")), Error);
}

TEST(Protobuf, RefusesTruncationExceptBetweenTwoFields) {
    const std::string body = body_of("deployment");
    std::vector<std::size_t> accepted;
    for (std::size_t n = 0; n < body.size(); ++n) {
        try {
            decode_protobuf(body.substr(0, n));
            accepted.push_back(n);
        } catch (const Error& e) {
            EXPECT_EQ(e.kind(), ErrorKind::invalid);
        }
    }
    EXPECT_EQ(accepted.size(), 3u);  // before raw, before contentEncoding, before contentType
}

}  // namespace
}  // namespace mizzen::kube::schema
