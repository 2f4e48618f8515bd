// SPDX-License-Identifier: Apache-2.0
// Feeds arbitrary bytes to the protobuf decoder: it may refuse them, nothing else.
#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/protobuf.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mizzen;
    if (size < 1) return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto kinds = kube::schema::object_kinds();
    try {
        // The first byte chooses a kind, or the envelope.
        const json::Value value = data[0] < kinds.size()
                                      ? kube::schema::decode_protobuf_message(body, *kinds[data[0]].type)
                                      : kube::schema::decode_protobuf(body, "v1", "Pod");
        json::parse(json::to_json(value));
    } catch (const Error& e) {
        if (e.kind() != ErrorKind::invalid) throw;
    }
    return 0;
}
