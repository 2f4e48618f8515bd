// SPDX-License-Identifier: Apache-2.0
// The rules of metadata: of objects (validate_metadata in kind_rules.hpp), of what is embedded in them, of labels and
// selectors anywhere.
#pragma once
#include "mizzen/apiserver/kinds/place.hpp"

namespace mizzen::apiserver {

// Keys and values.
void check_labels(const Place& labels);
// Keys, and all of it at most 256 KiB.
void check_annotations(const Place& annotations);
// Whether a label selector can be read: operators, keys, values.
void check_label_selector(const Place& selector);
// True if {matchLabels, matchExpressions} chooses `labels`; an absent or unreadable selector chooses nothing.
bool selects(const Place& selector, const Place& labels);

// Of an embedded resource: any path segment is a name, and there may be none.
void check_embedded_metadata(const Place& metadata);

}  // namespace mizzen::apiserver
