// SPDX-License-Identifier: Apache-2.0
// field() and maybe(): the initialiser of a struct's member, which says everything about it besides its type and name.
//
//     struct Autoscale {
//         int min_replicas                 = field("Fewest pods, even when idle.", 2).min(0);
//         std::optional<std::string> metric = maybe("Scale on this metric instead of the CPU.").min_length(1);
//     };
//
// The struct stays a plain aggregate: Autoscale{.min_replicas = 3} is what it looks like.
#pragma once
#include <initializer_list>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "mizzen/json/type_info.hpp"

namespace mizzen::json {

namespace detail {

class Recorder;
// Set while a table is being built; otherwise notes go nowhere.
inline thread_local Recorder* recorder = nullptr;
void record(const Note& note, TypeOf type);
[[noreturn]] void too_many_rules(std::string_view doc);  // throws Error(bug)

struct Pause {
    Recorder* saved = std::exchange(recorder, nullptr);
    ~Pause() { recorder = saved; }
};

struct NoDefault {};
struct Absent {};

}  // namespace detail

// What field() and maybe() return; turns into the member's value. Limits: of numbers min and max; of texts, in
// characters, and of lists and maps, in items, min_length and max_length. pattern, min and max of a list or map are
// those of its elements.
template <class D>
class [[nodiscard]] Field {
  public:
    constexpr Field(std::string_view doc, D value) : note_{.doc = doc}, value_(std::move(value)) {}

    constexpr Field min(double v) && {
        note_.min = v;
        return std::move(*this);
    }
    constexpr Field max(double v) && {
        note_.max = v;
        return std::move(*this);
    }
    constexpr Field min_length(std::int64_t v) && {
        note_.min_length = v;
        return std::move(*this);
    }
    constexpr Field max_length(std::int64_t v) && {
        note_.max_length = v;
        return std::move(*this);
    }
    // A regular expression (base/regex.hpp) that is to be found in the text; anchor it with ^ and $.
    constexpr Field pattern(std::string_view regex) && {
        note_.pattern = regex;
        return std::move(*this);
    }
    // The JSON key, where it is not the lowerCamel form of the member's name: clusterIP.
    constexpr Field key(std::string_view k) && {
        note_.key = k;
        return std::move(*this);
    }
    // A document without it is refused; an empty value is written.
    constexpr Field required() && {
        note_.required = true;
        return std::move(*this);
    }
    // Cannot be changed once set: the schema says so, by a rule.
    constexpr Field immutable() && {
        note_.immutable = true;
        return std::move(*this);
    }
    // The members that tell the items of a list apart: no two items may have the same, and apply merges by them.
    constexpr Field list_keys(std::initializer_list<std::string_view> keys) && {
        note_.list_keys = keys;
        return std::move(*this);
    }
    // A CEL rule about this member, "self <= 5", at most two. Rules about several members: `static constexpr Rule
    // rules[]` in the struct.
    constexpr Field rule(std::string_view expression, std::string_view message) && {
        if (rule_count_ == std::size(rules_)) detail::too_many_rules(note_.doc);
        rules_[rule_count_] = {expression, message};
        ++rule_count_;
        return std::move(*this);
    }

    template <class T>
        requires(!std::is_same_v<D, detail::Absent>)
    operator T() && {
        note(&type_of<T>);
        detail::Pause pause;
        if constexpr (std::is_same_v<D, detail::NoDefault>)
            return T{};
        else
            return T(std::move(value_));
    }
    template <class T>
        requires std::is_same_v<D, detail::Absent>
    operator std::optional<T>() && {
        note(&type_of<std::optional<T>>);
        return std::nullopt;
    }

  private:
    void note(TypeOf type) {
        if (!detail::recorder) [[likely]]
            return;
        note_.rules = std::span<const Rule>(rules_, rule_count_);
        detail::record(note_, type);
    }

    Note note_;
    Rule rules_[2] = {};
    std::size_t rule_count_ = 0;
    [[no_unique_address]] D value_;
};

// A member without a default besides its type's own: "", 0, {}.
constexpr Field<detail::NoDefault> field(std::string_view doc) { return {doc, {}}; }
// A member that has `value` unless the document says otherwise.
template <class D>
constexpr Field<D> field(std::string_view doc, D value) {
    return {doc, std::move(value)};
}
// A std::optional member, absent unless the document has it.
constexpr Field<detail::Absent> maybe(std::string_view doc) { return {doc, {}}; }

}  // namespace mizzen::json
