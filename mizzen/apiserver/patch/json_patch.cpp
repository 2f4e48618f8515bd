// SPDX-License-Identifier: Apache-2.0
// JSON Patch (RFC 6902) with the corners of kube-apiserver: indices may count from the end, replace may create a
// member, and what does not apply is refused without saying why.
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "mizzen/apiserver/patch/patch.hpp"
#include "mizzen/apiserver/status.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

using json::Array;
using json::Value;

constexpr std::size_t most_operations = 10000;
constexpr std::size_t deepest = 512;  // as json::parse has it: what is stored must be readable

// RFC 6901. "" is the whole document, everything else begins with '/'.
std::vector<std::string> parse_pointer(const std::string& text) {
    std::vector<std::string> out;
    if (text.empty()) return out;
    if (text[0] != '/') throw unprocessable();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '/') {
            out.emplace_back();
        } else if (text[i] == '~' && i + 1 < text.size() && (text[i + 1] == '0' || text[i + 1] == '1')) {
            out.back() += text[++i] == '0' ? '~' : '/';
        } else {
            out.back() += text[i];
        }
    }
    return out;
}

// The position that `text` names in a list of `size`; negative ones count from the end.
std::optional<std::size_t> index_in(std::string_view text, std::size_t size) {
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t n = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    auto length = static_cast<std::int64_t>(size);
    if (n < 0) n += length;
    if (n < 0 || n >= length) return std::nullopt;
    return static_cast<std::size_t>(n);
}

Value* child(Value& parent, const std::string& key) {
    if (parent.is_object()) return parent.find(key);
    if (!parent.is_array()) return nullptr;
    auto i = index_in(key, parent.as_array().size());
    return i ? &parent.as_array()[*i] : nullptr;
}

// The value that holds the last step of the path; refuses if the way there is missing.
Value& holder(Value& document, const std::vector<std::string>& path) {
    Value* at = &document;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        at = child(*at, path[i]);
        if (!at) throw unprocessable();
    }
    if (!at->is_object() && !at->is_array()) throw unprocessable();
    return *at;
}

const std::string& text_of(const Value& operation, std::string_view member) {
    const Value* text = operation.find(member);
    if (!text || text->is_null()) throw unprocessable();
    if (!text->is_string())
        throw bad_request(fmt::format("error decoding patch: {} of a JSON patch operation is a string, got {}", member,
                                      to_string(text->kind())));
    return text->as_string();
}

Value value_of(const Value& operation) {
    const Value* value = operation.find("value");
    return value ? *value : Value();
}

void add(Value& document, const std::vector<std::string>& path, Value value) {
    if (path.empty()) {
        document = std::move(value);
        return;
    }
    Value& parent = holder(document, path);
    if (parent.is_object()) {
        parent[path.back()] = std::move(value);
        return;
    }
    Array& list = parent.as_array();
    auto i = path.back() == "-" ? list.size() : index_in(path.back(), list.size() + 1);
    if (!i) throw unprocessable();
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(*i), std::move(value));
}

Value take(Value& document, const std::vector<std::string>& path) {
    if (path.empty()) throw unprocessable();
    Value& parent = holder(document, path);
    Value* found = child(parent, path.back());
    if (!found) throw unprocessable();
    Value out = std::move(*found);
    if (parent.is_object())
        parent.erase(path.back());
    else
        parent.as_array().erase(parent.as_array().begin() + (found - parent.as_array().data()));
    return out;
}

void replace(Value& document, const std::vector<std::string>& path, Value value) {
    if (path.empty()) {
        document = std::move(value);
        return;
    }
    Value& parent = holder(document, path);
    Value* found = parent.is_object() ? &parent[path.back()] : child(parent, path.back());
    if (!found) throw unprocessable();
    *found = std::move(value);
}

// A member that is missing equals null.
Value read(Value& document, const std::vector<std::string>& path) {
    if (path.empty()) return document;
    Value& parent = holder(document, path);
    Value* found = child(parent, path.back());
    if (!found && parent.is_array()) throw unprocessable();
    return found ? *found : Value();
}

bool is_below(const std::vector<std::string>& path, const std::vector<std::string>& from) {
    return path.size() > from.size() && std::equal(from.begin(), from.end(), path.begin());
}

std::size_t depth_of(const Value& value) {
    std::size_t deepest_member = 0;
    if (value.is_array()) {
        for (const auto& element : value.as_array()) deepest_member = std::max(deepest_member, depth_of(element));
    } else if (value.is_object()) {
        for (const auto& [key, member] : value.as_object()) deepest_member = std::max(deepest_member, depth_of(member));
    } else {
        return 0;
    }
    return deepest_member + 1;
}

// One document on its way through the operations.
class Patcher {
  public:
    Patcher(Value document, std::size_t copy_limit)
        : document_(std::move(document)), depth_(depth_of(document_)), copies_left_(copy_limit) {}

    void apply(const Value& operation) {
        const auto& op = text_of(operation, "op");
        const auto path = parse_pointer(text_of(operation, "path"));
        if (op == "add") {
            put(path, operation, add);
        } else if (op == "remove") {
            take(document_, path);
        } else if (op == "replace") {
            put(path, operation, replace);
        } else if (op == "test") {
            if (read(document_, path) != value_of(operation)) throw unprocessable();
        } else if (op == "move") {
            const auto from = parse_pointer(text_of(operation, "from"));
            if (is_below(path, from)) throw unprocessable();
            put(path, take(document_, from), depth_, add);
        } else if (op == "copy") {
            put(path, copy(parse_pointer(text_of(operation, "from"))), depth_, add);
        } else {
            throw unprocessable();
        }
    }

    Value done() && { return std::move(document_); }

  private:
    using Way = void (*)(Value& document, const std::vector<std::string>& path, Value value);

    void put(const std::vector<std::string>& path, const Value& operation, Way way) {
        Value value = value_of(operation);
        const auto depth = depth_of(value);
        put(path, std::move(value), depth, way);
    }

    // `depth_` is an upper bound, made exact when it says that the document might be too deep.
    void put(const std::vector<std::string>& path, Value value, std::size_t depth, Way way) {
        way(document_, path, std::move(value));
        depth_ = std::max(depth_, path.size() + depth);
        if (depth_ > deepest) depth_ = depth_of(document_);
        if (depth_ > deepest) throw unprocessable();
    }

    Value copy(const std::vector<std::string>& from) {
        Value value = read(document_, from);
        auto size = json::to_json(value).size();
        if (size > copies_left_) throw unprocessable();
        copies_left_ -= size;
        return value;
    }

    Value document_;
    std::size_t depth_;
    std::size_t copies_left_;
};

}  // namespace

Value json_patch(const Value& document, const Value& operations, std::size_t copy_limit) {
    if (!operations.is_array()) {
        throw bad_request(fmt::format("error decoding patch: a JSON patch is an array of operations, got {}",
                                      to_string(operations.kind())));
    }
    const Array& list = operations.as_array();
    if (list.size() > most_operations) {
        throw request_too_large(
            fmt::format("The allowed maximum operations in a JSON patch is {}, got {}", most_operations, list.size()));
    }
    Patcher patcher(document, copy_limit);
    for (const auto& operation : list) {
        if (operation.is_null()) throw unprocessable();
        if (!operation.is_object())
            throw bad_request(fmt::format("error decoding patch: a JSON patch operation is an object, got {}",
                                          to_string(operation.kind())));
        patcher.apply(operation);
    }
    return std::move(patcher).done();
}

}  // namespace mizzen::apiserver
