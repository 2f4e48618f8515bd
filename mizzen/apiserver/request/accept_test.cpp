// SPDX-License-Identifier: Apache-2.0
// Which form an Accept header gets.
#include "mizzen/apiserver/request/accept.hpp"

#include <gtest/gtest.h>

#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {
namespace {

constexpr Offers objects{.table = true, .metadata = true};
constexpr Offers lists{.table = true, .metadata = true, .list = true};
constexpr Offers watches{.table = true, .metadata = true, .streaming = true};

std::string form_of(std::string_view header, const Offers& offers) {
    try {
        Accepted a = negotiate(header, offers);
        std::string form = a.form == Form::table      ? "table " + a.version
                           : a.form == Form::metadata ? "metadata " + a.version
                                                      : "object";
        return form + (a.yaml ? " yaml" : "") + (a.pretty ? " pretty" : "");
    } catch (const StatusError& e) {
        return std::to_string(e.code);
    }
}

TEST(Negotiate, PicksTheFirstAlternativeThatCanBeGiven) {
    struct Case {
        std::string_view header;
        Offers offers;
        std::string form;
    };
    for (const Case& c : std::vector<Case>{
             {"", objects, "object"},
             {"*/*", objects, "object"},
             {"application/*", objects, "object"},
             {"application/yaml", objects, "object yaml"},
             {"application/json;pretty=1", objects, "object pretty"},
             {"text/html", objects, "406"},
             {"application/vnd.kubernetes.protobuf", objects, "406"},
             {"application/vnd.kubernetes.protobuf,application/json", objects, "object"},
             {"application/json;as=Table;v=v1;g=meta.k8s.io,application/json", lists, "table v1"},
             {"application/json;as=Table;v=v1beta1;g=meta.k8s.io", lists, "table v1beta1"},
             {"application/json;as=Table;v=v7;g=meta.k8s.io,application/json", lists, "object"},
             {"application/json;as=Table;v=v1;g=meta.k8s.io", Offers{}, "406"},
             {"application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1", lists, "metadata v1"},
             {"application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", objects, "metadata v1"},
             {"application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", lists, "406"},
             {"application/json;q=0.1,application/yaml;q=0.9", objects, "object yaml"},
             {"application/json;q=0", objects, "406"},
             {"application/json;stream=watch", watches, "object"},
             {"application/yaml", watches, "406"},
             {"application/vnd.kubernetes.protobuf;stream=watch,application/json;stream=watch", watches, "object"},
             {"application/json;stream=watch", objects, "406"},
             {";;,/,=", objects, "406"},
         })
        EXPECT_EQ(form_of(c.header, c.offers), c.form) << c.header;
}

}  // namespace
}  // namespace mizzen::apiserver
