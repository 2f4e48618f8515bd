// SPDX-License-Identifier: Apache-2.0
// Accept: in which form a client wants its answer (RFC 9110, 12.5.1; Kubernetes documentation "API Concepts", "Resource
// Encoding", "Receiving resources as Tables").
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mizzen::apiserver {

// One alternative of an Accept header.
struct MediaRange {
    std::string type, subtype;  // may be "*"
    double quality = 1;
    std::map<std::string, std::string, std::less<>> parameters;

    bool covers(std::string_view media_type, std::string_view media_subtype) const;
    std::string_view parameter(std::string_view name) const;  // "" if absent
};

// The alternatives, best first. What cannot be read is left out.
std::vector<MediaRange> parse_accept(std::string_view header);

enum class Form { object, table, metadata };  // as they are; as meta.k8s.io Table; as PartialObjectMetadata(List)

struct Accepted {
    bool yaml = false;
    Form form = Form::object;
    std::string version;  // of meta.k8s.io, where form is not object: "v1", "v1beta1"
    bool pretty = false;
};

// What an endpoint can give.
struct Offers {
    bool table = false;
    bool metadata = false;
    bool list = false;       // PartialObjectMetadataList rather than PartialObjectMetadata
    bool streaming = false;  // a watch: JSON only
};

// Chooses the first alternative that the endpoint can give; an empty header is JSON. Protobuf is passed over.
// Throws StatusError 406 if none can be given.
Accepted negotiate(std::string_view accept_header, const Offers& offers);

}  // namespace mizzen::apiserver
