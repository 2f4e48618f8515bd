// SPDX-License-Identifier: Apache-2.0
// A secret shows itself to nobody who does not ask, and leaves nothing behind.
#include "mizzen/base/secret.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

namespace mizzen {
namespace {

// Whether the bytes of the object itself, where short texts are kept, contain `text`.
bool holds(const void* object, std::size_t size, std::string_view text) {
    return std::string_view(static_cast<const char*>(object), size).find(text) != std::string_view::npos;
}

TEST(Secret, IsOnlyRevealedWhenAsked) {
    const Secret s("hunter2");
    EXPECT_EQ(to_string(s), "***");
    EXPECT_EQ(s.reveal(), "hunter2");
    EXPECT_EQ(s.size(), 7u);
    EXPECT_TRUE(Secret().empty());
}

TEST(Secret, LeavesNothingBehindWhenItGoes) {
    alignas(Secret) std::array<char, sizeof(Secret)> room{};
    auto* s = new (room.data()) Secret("hunter2");
    ASSERT_TRUE(holds(room.data(), room.size(), "hunter2"));
    s->~Secret();
    EXPECT_FALSE(holds(room.data(), room.size(), "hunter2"));
}

TEST(Secret, LeavesNothingBehindWhenItMoves) {
    Secret from("hunter2");
    const Secret to = std::move(from);
    EXPECT_EQ(to.reveal(), "hunter2");
    EXPECT_FALSE(holds(&from, sizeof from, "hunter2"));
    from = Secret("again");
    EXPECT_EQ(from.reveal(), "again");
}

TEST(Secret, WipesAllThatAStringHasRoomFor) {
    std::string text(100, 'x');
    const char* data = text.data();
    text.resize(3);
    wipe(text);
    EXPECT_TRUE(text.empty());
    text.resize(100);
    ASSERT_EQ(text.data(), data);
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return c == '\0'; }));
}

TEST(Secret, ComparesByText) {
    EXPECT_EQ(Secret("a"), Secret("a"));
    EXPECT_FALSE(Secret("a") == Secret("b"));
    EXPECT_FALSE(Secret("a") == Secret("ab"));
    EXPECT_TRUE(equal_in_constant_time("", ""));
}

}  // namespace
}  // namespace mizzen
