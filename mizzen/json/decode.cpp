// SPDX-License-Identifier: Apache-2.0
// JSON to structs: each value is checked against its table and note, then stored.
#include <algorithm>

#include "mizzen/base/error.hpp"
#include "mizzen/json/check.hpp"
#include "mizzen/json/codec.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/place.hpp"
#include "mizzen/json/tables.hpp"

namespace mizzen::json {
namespace {

// Goes on after a problem if it was given a list for them, else throws the first.
class Decoder {
  public:
    Decoder(Unknown unknown, std::vector<std::string>* problems) : unknown_(unknown), problems_(problems) {}

    // `note` is the field's, also for the elements of its list or map, or null.
    void value(const Value& v, const TypeInfo& t, const Note* note, void* p, const Place* place) {
        switch (t.shape) {
            case Shape::boolean:
                if (expect(v.is_bool(), "a boolean", v, place)) *static_cast<bool*>(p) = v.as_bool();
                return;
            case Shape::integer:
                return integer(v, t, note, p, place);
            case Shape::number:
                if (!expect(v.is_number(), "a number", v, place)) return;
                if (note) complain(check_range(v.as_number(), *note), place);
                if (t.size == sizeof(float))
                    *static_cast<float*>(p) = static_cast<float>(v.as_number());
                else
                    *static_cast<double*>(p) = v.as_number();
                return;
            case Shape::string:
                if (!expect(v.is_string(), "a string", v, place)) return;
                if (note) complain(check_text(v.as_string(), *note), place);
                *static_cast<std::string*>(p) = v.as_string();
                return;
            case Shape::enumeration:
                return enumeration(v, t, p, place);
            case Shape::object:
                return object(v, t, p, place);
            case Shape::list:
                return list(v, t, note, p, place);
            case Shape::map:
                return map(v, t, note, p, place);
            case Shape::optional:
                t.clear(p);
                if (!v.is_null()) value(v, t.element(), note, t.append(p), place);
                return;
            case Shape::value:
                *static_cast<Value*>(p) = v;
                return;
            case Shape::int_or_string:
            case Shape::custom:
                return custom(v, t, note, p, place);
        }
    }

  private:
    void complain(const std::string& what, const Place* place) {
        if (what.empty()) return;
        std::string message = to_path(place);
        message += message.empty() ? what : ": " + what;
        if (!problems_) throw Error(ErrorKind::invalid, message);
        if (problems_->size() < most_problems) problems_->push_back(std::move(message));
    }

    bool expect(bool met, std::string_view wanted, const Value& got, const Place* place) {
        if (!met) complain(expected(wanted, got), place);
        return met;
    }

    void integer(const Value& v, const TypeInfo& t, const Note* note, void* p, const Place* place) {
        if (!expect(v.is_number(), "an integer", v, place)) return;
        if (!v.is_integer() && !is_whole(v.as_number())) return complain(expected("an integer", v), place);
        const std::int64_t n = v.as_integer();
        if (!fits_integer(t, n)) return complain(does_not_fit(n, t), place);
        if (note) complain(check_range(static_cast<double>(n), *note), place);
        store_integer(t, p, n);
    }

    void enumeration(const Value& v, const TypeInfo& t, void* p, const Place* place) {
        if (!expect(v.is_string(), "a string", v, place)) return;
        const auto at =
            v.as_string().empty() ? t.names.end() : std::find(t.names.begin(), t.names.end(), v.as_string());
        if (at == t.names.end()) return complain(not_one_of(v.as_string(), t.names), place);
        store_integer(t, p, at - t.names.begin());
    }

    void object(const Value& v, const TypeInfo& t, void* p, const Place* place) {
        if (!expect(v.is_object(), "an object", v, place)) return;
        const Object& members = v.as_object();
        for (const FieldInfo& f : t.fields) {
            const Place here{place, f.key};
            const Value* member = members.find(f.key);
            if (member && !member->is_null()) {
                value(*member, f.type(), f.note, offset(p, f.offset), &here);
            } else if (f.note && f.note->required) {
                complain("a value is required", &here);
            } else if (member) {
                null(f.type(), offset(p, f.offset));
            }
        }
        if (unknown_ == Unknown::refuse) refuse_unknown(members, t, place);
    }

    // Null stands for "not there", as in Go: it empties what can be empty and leaves the default of everything else.
    void null(const TypeInfo& t, void* p) {
        if (t.clear) t.clear(p);
        if (t.shape == Shape::value) *static_cast<Value*>(p) = nullptr;
    }

    void refuse_unknown(const Object& members, const TypeInfo& t, const Place* place) {
        for (const Member& m : members) {
            if (t.find(m.key)) continue;
            const Place here{place, m.key};
            complain(unknown_field(m.key, t), &here);
        }
    }

    void list(const Value& v, const TypeInfo& t, const Note* note, void* p, const Place* place) {
        if (!expect(v.is_array(), "a list", v, place)) return;
        const Array& items = v.as_array();
        if (note) complain(check_count(items.size(), *note), place);
        t.clear(p);
        const TypeInfo& element = t.element();
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Place here{place, {}, i};
            value(items[i], element, note, t.append(p), &here);
        }
        if (note && !note->list_keys.empty())
            if (const auto twice = find_repeated(items, note->list_keys)) {
                const Place here{place, {}, twice->index};
                complain(twice->message, &here);
            }
    }

    void map(const Value& v, const TypeInfo& t, const Note* note, void* p, const Place* place) {
        if (!expect(v.is_object(), "an object", v, place)) return;
        if (note) complain(check_count(v.as_object().size(), *note), place);
        t.clear(p);
        const TypeInfo& element = t.element();
        for (const Member& m : v.as_object()) {
            const Place here{place, m.key};
            value(m.value, element, note, t.slot(p, m.key), &here);
        }
    }

    void custom(const Value& v, const TypeInfo& t, const Note* note, void* p, const Place* place) {
        if (note && v.is_string()) complain(check_text(v.as_string(), *note), place);
        if (note && v.is_number()) complain(check_range(v.as_number(), *note), place);
        try {
            t.from_value(p, v);
        } catch (const Error& e) {
            if (e.kind() != ErrorKind::invalid) throw;
            complain(e.what(), place);
        }
    }

    static constexpr std::size_t most_problems = 100;
    Unknown unknown_;
    std::vector<std::string>* problems_;
};

}  // namespace

void decode(const Value& v, const TypeInfo& t, void* object, Unknown unknown) {
    Decoder(unknown, nullptr).value(v, t, nullptr, object, nullptr);
}

void decode(std::string_view text, const TypeInfo& t, void* object, Unknown unknown) {
    decode(parse(text), t, object, unknown);
}

std::vector<std::string> decode_all(const Value& v, const TypeInfo& t, void* object, Unknown unknown) {
    std::vector<std::string> problems;
    Decoder(unknown, &problems).value(v, t, nullptr, object, nullptr);
    return problems;
}

}  // namespace mizzen::json
