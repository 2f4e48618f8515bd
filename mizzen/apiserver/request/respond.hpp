// SPDX-License-Identifier: Apache-2.0
// Builds responses: stored bytes as they are where that will do, transformed where the client asked for another form.
#pragma once
#include "mizzen/apiserver/verbs/call.hpp"

namespace mizzen::apiserver {

// Any JSON document that is no stored object.
net::Response document_response(const Call& call, int status, const json::Value& document);
// One object, whose bytes are already in the version asked for; as a table in the layout of its kind.
net::Response object_response(const Call& call, int status, const Bytes& json);
net::Response object_response(const Call& call, int status, const Bytes& json, const TableLayout& layout);
net::Response status_response(const Call& call, const StatusError& error);
// JSON text as the client wants it: YAML, pretty, or as it is.
net::Response text_response(const Call& call, int status, Bytes json);

}  // namespace mizzen::apiserver
