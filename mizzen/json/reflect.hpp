// SPDX-License-Identifier: Apache-2.0
// type_of for your own structs and enumerations: one definition gives JSON, defaults, limits, OpenAPI schema and
// reference pages.
//
//     enum class Delivery { rolling, canary, blueGreen };            // spelled as on the wire
//     struct WebAppSpec {
//         std::string image = field("Container image, by tag or digest.").required();
//         int port          = field("Port the container listens on.", 8080).min(1).max(65535);
//         Delivery delivery = field("How a new version takes over.", Delivery::canary);
//     };
//     auto spec = from_json<WebAppSpec>(text);                       // codec.hpp; also openapi.hpp, reference.hpp
//
// A struct is an aggregate of 1 to 64 members, each with a note: bool, integers, double, std::string, enum class,
// another such struct, std::vector, std::map<std::string, T>, std::optional, Value, IntOrString, and what specialises
// Describe. A struct may contain vectors and maps of itself. Not: base classes, references, C arrays, bit fields. The
// first use of a struct with a member that has no note throws Error(bug), "Spec has 2 members but 1 notes": a test that
// calls type_of of every struct keeps undocumented members from shipping.
//
// Put `extern template const TypeInfo& type_of<WebAppSpec>();` below a large struct and the matching `template` line
// into one .cpp file: the table is then compiled once.
#pragma once
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "mizzen/json/codec.hpp"
#include "mizzen/json/field.hpp"
#include "mizzen/json/names.hpp"
#include "mizzen/json/type_of.hpp"

namespace mizzen::json {

// max_replicas -> maxReplicas; a trailing underscore is dropped: default_ -> default.
std::string json_key(std::string_view cpp_name);

namespace detail {

// Keeps the notes of the struct whose initialisers are running.
class Recorder {
  public:
    struct Entry {
        Note note;
        TypeOf type;
    };
    // Copies what the note points at: initialisers keep their lists of keys and rules only for a moment.
    void add(Note note, TypeOf type);
    const std::deque<Entry>& entries() const { return entries_; }

  private:
    std::deque<Entry> entries_;
    std::deque<std::vector<std::string_view>> keys_;
    std::deque<std::vector<Rule>> rules_;
};

struct RawField {
    std::string_view name;
    TypeOf type;
    std::size_t offset;
};

// Owns what a TypeInfo of a struct points at. Lives as long as the program.
class StructTable {
  public:
    StructTable(TypeInfo info, std::vector<RawField> raw, Recorder recorder);
    const TypeInfo& info() const { return info_; }

  private:
    TypeInfo info_;
    Recorder recorder_;
    std::deque<std::string> keys_;
    std::vector<FieldInfo> fields_;
};

template <class T>
std::unique_ptr<const T> built_with(Recorder& r) {
    struct Restore {
        Recorder* saved;
        ~Restore() { recorder = saved; }
    } restore{std::exchange(recorder, &r)};
    return std::make_unique<const T>();
}

template <class T, std::size_t... I>
std::vector<RawField> raw_fields(const T& object, std::index_sequence<I...>) {
    const auto members = Tie<sizeof...(I)>::members(object);
    return {RawField{member_name<T, sizeof...(I), I>(), &type_of<std::remove_cvref_t<decltype(*std::get<I>(members))>>,
                     static_cast<std::size_t>(reinterpret_cast<const char*>(std::get<I>(members)) -
                                              reinterpret_cast<const char*>(&object))}...};
}

template <class T>
const StructTable* struct_table() {
    Recorder notes;
    auto defaults = built_with<T>(notes);
    TypeInfo info{.shape = Shape::object, .name = type_name<T>(), .defaults = defaults.get()};
    if constexpr (requires { std::span<const Rule>(T::rules); }) info.rules = T::rules;
    auto raw = raw_fields<T>(*defaults, std::make_index_sequence<member_count<T>()>{});
    auto table = std::make_unique<const StructTable>(info, std::move(raw), std::move(notes));
    defaults.release();  // both live as long as the program: tables are used until the last static object is gone
    return table.release();
}

}  // namespace detail

template <class T>
    requires(std::is_class_v<T> && std::is_aggregate_v<T>)
struct Describe<T> {
    static const TypeInfo& table() {
        static const detail::StructTable* const t = detail::struct_table<T>();
        return t->info();
    }
};

template <class E>
    requires std::is_enum_v<E>
struct Describe<E> {
    static const TypeInfo& table() {
        using Names = detail::Enumerators<E>;
        static constexpr TypeInfo t{.shape = Shape::enumeration,
                                    .name = detail::type_name<E>(),
                                    .size = sizeof(E),
                                    .is_signed = std::is_signed_v<std::underlying_type_t<E>>,
                                    .names = std::span<const std::string_view>(Names::all.data(), Names::count)};
        return t;
    }
};

}  // namespace mizzen::json
