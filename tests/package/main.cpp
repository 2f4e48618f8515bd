// SPDX-License-Identifier: Apache-2.0
// The smallest program that uses an installed Mizzen: it counts and prints what Prometheus would read.
#include <cstdio>
#include <mizzen/telemetry.hpp>

struct ShopMetrics {
    mizzen::telemetry::Counter<> orders = mizzen::telemetry::counter("shop_orders_total", "Orders taken.");
};

int main() {
    mizzen::telemetry::Registry registry{mizzen::WallTime{}};
    registry.make<ShopMetrics>().orders.add(2);
    const auto page = mizzen::telemetry::expose(registry.collect(mizzen::WallTime{}), mizzen::telemetry::negotiate(""));
    std::puts(page.c_str());
    return page.find("\nshop_orders_total 2\n") == page.npos;
}
