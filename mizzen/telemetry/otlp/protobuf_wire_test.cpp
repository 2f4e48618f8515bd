// SPDX-License-Identifier: Apache-2.0
// Protocol buffers byte by byte: numbers, texts of every length, lengths that turn out otherwise than expected.
#include "mizzen/telemetry/otlp/detail/protobuf_wire.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/otlp/testing/encode_reader.hpp"

namespace mizzen::telemetry::otlp {
namespace {

using namespace std::string_literals;

template <class Fn>
std::string written(Fn fn) {
    ProtobufWire out(0);
    fn(out);
    return out.take();
}

TEST(ProtobufWire, WritesNumbersAsTheSpecificationShows) {
    const std::string numbers = written([](ProtobufWire& out) {
        out.put_uint32({1, ""}, 150);
        out.put_flag({2, ""}, true);
        out.put_sint32({3, ""}, -2);
        out.put_sint32({3, ""}, std::numeric_limits<std::int32_t>::min());
        out.put_int64({4, ""}, -1);
        out.put_fixed32({5, ""}, 0x01020304);
        out.put_fixed64({6, ""}, 0x0102030405060708);
        out.put_double({7, ""}, 1.0);
        out.put_uint32({16, ""}, 0);
    });
    EXPECT_EQ(numbers,
              "\x08\x96\x01"
              "\x10\x01"
              "\x18\x03"
              "\x18\xff\xff\xff\xff\x0f"
              "\x20\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
              "\x2d\x04\x03\x02\x01"
              "\x31\x08\x07\x06\x05\x04\x03\x02\x01"
              "\x39\x00\x00\x00\x00\x00\x00\xf0\x3f"
              "\x80\x01\x00"s);
}

TEST(ProtobufWire, WritesIdsInTheOrderOfTheirDigits) {
    const std::string ids = written([](ProtobufWire& out) {
        out.put_id({1, ""}, TraceId{0x0102030405060708, 0x090a0b0c0d0e0f10});
        out.put_id({2, ""}, SpanId{0x1112131415161718});
    });
    EXPECT_EQ(to_hex(ids), "0a100102030405060708090a0b0c0d0e0f1012081112131415161718");
}

TEST(ProtobufWire, WritesPackedNumbers) {
    const std::uint64_t counts[] = {1, 300};
    const double bounds[] = {1.0};
    const std::string packed = written([&](ProtobufWire& out) {
        out.packed_fixed64({1, ""}, counts);
        out.packed_uint64({2, ""}, counts);
        out.packed_double({3, ""}, bounds);
        out.packed_fixed64({4, ""}, {});
        out.packed_uint64({4, ""}, {});
        out.packed_double({4, ""}, {});
    });
    EXPECT_EQ(to_hex(packed),
              "0a1001000000000000002c01000000000000"
              "120301ac02"
              "1a08000000000000f03f");
}

TEST(ProtobufWire, LeavesOutZerosUnlessTheySaySomething) {
    const std::string none = written([](ProtobufWire& out) {
        out.text({1, ""}, "");
        out.flag({2, ""}, false);
        out.uint32({3, ""}, 0);
        out.sint32({4, ""}, 0);
        out.fixed32({5, ""}, 0);
        out.fixed64({6, ""}, 0);
        out.id({7, ""}, TraceId{});
        out.id({8, ""}, SpanId{});
    });
    EXPECT_EQ(none, "");
    EXPECT_EQ(written([](ProtobufWire& out) { out.put_text({1, ""}, ""); }), "\x0a\x00"s);
}

// The only text of the message.
std::string text_of(std::string_view value) {
    const std::string all = written([&](ProtobufWire& out) { out.put_text({1, ""}, value); });
    std::string_view rest = all;
    EXPECT_EQ(testing::take_varint(rest), 10u);
    std::string text(testing::take_bytes(rest, testing::take_varint(rest)));
    EXPECT_TRUE(rest.empty());
    return text;
}

TEST(ProtobufWire, CopiesTextsOfEveryLength) {
    std::string text;
    for (std::size_t size = 0; size < 300; ++size, text += static_cast<char>('!' + size % 90))
        EXPECT_EQ(text_of(text), text);
}

TEST(ProtobufWire, FindsAForeignByteWhereverItIs) {
    for (std::size_t size = 1; size < 40; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, 'a');
            text[at] = '\xff';
            EXPECT_EQ(text_of(text), to_valid_utf8(text)) << size << ' ' << at;
            const std::string good = text.substr(0, at) + "\xc3\xa4" + text.substr(at + 1);
            EXPECT_EQ(text_of(good), good);
        }
    }
}

// Whatever the length that was expected, the one that is written is as short as it can be.
TEST(ProtobufWire, MovesAMessageWhoseLengthTakesAnotherSize) {
    for (const std::size_t length_bytes : {1, 2, 3, 5}) {
        for (const std::size_t size : {0, 1, 124, 125, 126, 127, 128, 16379, 16380, 16381, 16384, 2097149, 2097152}) {
            const std::string value(size, 'x');
            const std::string bytes = written([&](ProtobufWire& out) {
                out.put_uint32({1, ""}, 7);
                out.message({2, "", length_bytes}, [&] { out.put_text({3, ""}, value); });
                out.put_uint32({4, ""}, 9);
            });
            std::string_view rest = bytes;
            EXPECT_EQ(testing::take_bytes(rest, 3), "\x08\x07\x12");
            std::string_view message = testing::take_bytes(rest, testing::take_varint(rest));
            EXPECT_EQ(rest, "\x20\x09");
            EXPECT_EQ(testing::take_bytes(message, 1), "\x1a");
            ASSERT_EQ(testing::take_varint(message), size);
            EXPECT_TRUE(message == value);
        }
    }
}

TEST(ProtobufWire, MovesMessagesInMessages) {
    const std::string bytes = written([](ProtobufWire& out) {
        out.message({1, "", 3}, [&] {
            out.message({2, "", 1}, [&] { out.put_text({3, ""}, std::string(200, 'a')); });
            out.message({2, "", 2}, [&] {});
        });
    });
    EXPECT_EQ(bytes,
              "\x0a\xd0\x01"
              "\x12\xcb\x01\x1a\xc8\x01"s +
                  std::string(200, 'a') + "\x12\x00"s);
}

}  // namespace
}  // namespace mizzen::telemetry::otlp
