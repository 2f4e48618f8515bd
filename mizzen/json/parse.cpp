// SPDX-License-Identifier: Apache-2.0
// parse: simdjson finds the structure, this makes Values of it.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/place.hpp"
#include "mizzen/json/problem.hpp"

namespace mizzen::json {
namespace {

namespace dom = simdjson::dom;

struct TooDeep {};

class Convert {
  public:
    explicit Convert(std::vector<std::string>* duplicates) : duplicates_(duplicates) {}

    Value value(const dom::element& e, const Place* place, int depth) {
        switch (e.type()) {
            case dom::element_type::STRING:
                return std::string_view(e.get_string().value_unsafe());
            case dom::element_type::INT64:
                return e.get_int64().value_unsafe();
            case dom::element_type::UINT64:
                return static_cast<double>(e.get_uint64().value_unsafe());
            case dom::element_type::DOUBLE:
                return e.get_double().value_unsafe();
            case dom::element_type::BOOL:
                return e.get_bool().value_unsafe();
            case dom::element_type::NULL_VALUE:
                return nullptr;
            case dom::element_type::ARRAY:
                return array(e.get_array().value_unsafe(), place, depth + 1);
            case dom::element_type::OBJECT:
                return object(e.get_object().value_unsafe(), place, depth + 1);
        }
        return nullptr;
    }

  private:
    // A member that is not yet a Value: cheap to sort.
    struct Entry {
        std::string_view key;
        dom::element element;
        std::uint32_t order;
        bool operator<(const Entry& other) const {
            const int c = key.compare(other.key);
            return c < 0 || (c == 0 && order < other.order);
        }
    };

    Value array(const dom::array& source, const Place* place, int depth) {
        if (depth > max_depth) throw TooDeep{};
        Array out;
        out.reserve(source.size());
        for (const dom::element e : source) {
            const Place child{place, {}, out.size()};
            out.push_back(value(e, &child, depth));
        }
        return out;
    }

    Value object(const dom::object& source, const Place* place, int depth) {
        if (depth > max_depth) throw TooDeep{};
        const std::size_t first = entries_.size();
        bool sorted = true;
        for (const auto& field : source) {
            sorted = sorted && (entries_.size() == first || entries_.back().key < field.key);
            entries_.push_back({field.key, field.value, static_cast<std::uint32_t>(entries_.size() - first)});
        }
        if (!sorted) std::sort(entries_.begin() + static_cast<std::ptrdiff_t>(first), entries_.end());
        std::vector<Member> members;
        members.reserve(entries_.size() - first);
        const std::size_t last = entries_.size();
        for (std::size_t i = first; i < last; ++i) {
            const Entry entry = entries_[i];  // a copy: nested objects make entries_ grow
            const Place child{place, entry.key, 0};
            if (!sorted && i + 1 < last && entries_[i + 1].key == entry.key) {
                if (i == first || entries_[i - 1].key != entry.key) note_duplicate(child);
                continue;
            }
            members.push_back({std::string(entry.key), value(entry.element, &child, depth)});
        }
        entries_.resize(first);
        return Object(std::move(members));
    }

    // Bounded, or a long path times many members would make a small document large.
    void note_duplicate(const Place& place) {
        constexpr std::size_t most = 100, most_bytes = 1 << 20;
        if (!duplicates_ || duplicates_->size() >= most || duplicate_bytes_ > most_bytes) return;
        std::string path = to_path(&place);
        duplicate_bytes_ += path.size();
        duplicates_->push_back(std::move(path));
    }

    std::vector<std::string>* duplicates_;
    std::size_t duplicate_bytes_ = 0;
    std::vector<Entry> entries_;  // a stack: the members of the objects that are being read
};

// simdjson refuses integers beyond 64 bits; Kubernetes reads them as floating point, which "e0" makes of them.
std::string with_exponents(std::string_view text, const std::vector<std::size_t>& large_integers) {
    std::string out;
    std::size_t from = 0;
    for (const std::size_t end : large_integers) {
        out.append(text.substr(from, end - from)).append("e0");
        from = end;
    }
    return out.append(text.substr(from));
}

[[noreturn]] void refuse(std::string_view text, std::size_t offset, std::string_view message) {
    const auto [line, column] = position_of(text, offset);
    throw Error(ErrorKind::invalid, fmt::format("line {}, column {}: {}", line, column, message));
}

// What the fast parser refused: says why, or gives the text that it will take.
std::string explain_or_mend(std::string_view text, std::string_view its_message) {
    std::vector<std::size_t> large_integers;
    if (const auto problem = find_problem(text, large_integers)) refuse(text, problem->offset, problem->message);
    if (large_integers.empty()) refuse(text, 0, its_message);
    return with_exponents(text, large_integers);
}

}  // namespace

Value parse(std::string_view text, std::vector<std::string>* duplicates) {
    dom::parser parser;
    // One level more than allowed, so that the converter sees what is too deep; empty documents need capacity as well.
    if (parser.allocate(std::max<std::size_t>(text.size(), 64), max_depth + 2) != simdjson::SUCCESS)
        throw Error(ErrorKind::overloaded,
                    "not enough memory for a JSON document of " + std::to_string(text.size()) + " bytes");
    dom::element root;
    auto error = parser.parse(text.data(), text.size(), true).get(root);
    if (error == simdjson::NUMBER_ERROR) {
        const std::string mended = explain_or_mend(text, simdjson::error_message(error));
        error = parser.parse(mended).get(root);
    }
    try {
        if (error == simdjson::SUCCESS) return Convert(duplicates).value(root, nullptr, 0);
    } catch (const TooDeep&) {
    }
    std::vector<std::size_t> large_integers;
    const auto problem = find_problem(text, large_integers);
    refuse(text, problem ? problem->offset : 0, problem ? problem->message : simdjson::error_message(error));
}

}  // namespace mizzen::json
