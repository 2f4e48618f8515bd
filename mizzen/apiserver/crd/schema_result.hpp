// SPDX-License-Identifier: Apache-2.0
// SchemaResult: what one part of a check found, and how much it liked: of several alternatives the best-liked one is
// reported.
#pragma once
#include <string>
#include <vector>

#include "mizzen/apiserver/status.hpp"

namespace mizzen::apiserver {

struct SchemaResult {
    struct Found {
        FieldError error;
        std::string text;  // two findings with the same text are one
    };
    std::vector<Found> errors;
    int matches = 0;

    bool well() const { return errors.empty(); }
    void add(Found found) {
        for (auto& e : errors) {
            if (e.text == found.text) return;
        }
        errors.push_back(std::move(found));
    }
    void merge(SchemaResult other) {
        for (auto& e : other.errors) add(std::move(e));
        matches += other.matches;
    }
};

}  // namespace mizzen::apiserver
