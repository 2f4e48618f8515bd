// SPDX-License-Identifier: Apache-2.0
// Errors read from the outside in.
#include "mizzen/base/error.hpp"

#include <gtest/gtest.h>

namespace mizzen {
namespace {

using namespace std::chrono_literals;

TEST(Error, ReadsFromTheOutsideIn) {
    Error e(ErrorKind::retry, "connection refused");
    e.add_context("while applying Deployment shop/api").add_context("while reconciling shop");
    EXPECT_STREQ(e.what(), "while reconciling shop: while applying Deployment shop/api: connection refused");
    EXPECT_EQ(e.message(), "connection refused");
    EXPECT_EQ(e.kind(), ErrorKind::retry);
    EXPECT_FALSE(e.retry_after());
    EXPECT_EQ(e.set_retry_after(3s).retry_after(), 3s);
}

TEST(Error, TakesItsContextOnTheWayUp) {
    try {
        with_context("while reading shop.yaml",
                     [] { with_context("at the top", []() -> void { throw Cancelled("deadline"); }); });
        FAIL();
    } catch (const Cancelled& e) {
        EXPECT_STREQ(e.what(), "while reading shop.yaml: at the top: deadline");
        EXPECT_EQ(e.kind(), ErrorKind::cancelled);
    }
    EXPECT_EQ(with_context("x", [] { return 3; }), 3);
}

TEST(Error, KindsHaveNames) {
    EXPECT_EQ(to_string(ErrorKind::retry), "retry");
    EXPECT_EQ(to_string(ErrorKind::not_found), "not_found");
    EXPECT_EQ(to_string(ErrorKind::bug), "bug");
}

}  // namespace
}  // namespace mizzen
