// SPDX-License-Identifier: Apache-2.0
// get: one object as it is stored.
#include "mizzen/apiserver/catalog/versions.hpp"
#include "mizzen/apiserver/machinery.hpp"
#include "mizzen/apiserver/request/respond.hpp"
#include "mizzen/apiserver/verbs/metadata.hpp"
#include "mizzen/apiserver/verbs/revision_wait.hpp"
#include "mizzen/apiserver/verbs/verbs.hpp"

namespace mizzen::apiserver {

Task<net::Response> get_object(Call& call) {
    if (std::string_view wanted = call.query.text("resourceVersion"); !wanted.empty() && wanted != "0")
        co_await await_revision(call.server, parse_list_revision(wanted));
    RecordPtr record = call.resource->collection->find(call.key());
    if (!record) throw call.not_found();
    co_return object_response(call, 200, record_bytes(*call.resource, *record));
}

}  // namespace mizzen::apiserver
