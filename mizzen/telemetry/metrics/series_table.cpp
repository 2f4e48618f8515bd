// SPDX-License-Identifier: Apache-2.0
// An open hash table that readers walk without a lock: places are only ever filled, and a full table is replaced whole.
#include "mizzen/telemetry/metrics/series_table.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <string>

#include "mizzen/base/error.hpp"
#include "mizzen/base/utf8.hpp"

namespace mizzen::telemetry {

namespace {

// Label values are short: what they need is done with whole words that may overlap, without a call.
template <class Word>
std::uint64_t load(const char* at) {
    Word word;
    std::memcpy(&word, at, sizeof(word));
    return word;
}

// All bytes of a text of up to 8, in some order.
std::uint64_t word_of(const char* at, std::size_t size) {
    if (size >= 4) return load<std::uint32_t>(at) | load<std::uint32_t>(at + size - 4) << 32;
    if (size >= 2) return load<std::uint16_t>(at) | load<std::uint16_t>(at + size - 2) << 16;
    return size == 1 ? static_cast<unsigned char>(*at) : 0;
}

bool is_equal(const char* a, const char* b, std::size_t size) {
    if (size <= 8) return word_of(a, size) == word_of(b, size);
    for (std::size_t i = 0; i + 8 < size; i += 8)
        if (load<std::uint64_t>(a + i) != load<std::uint64_t>(b + i)) return false;
    return load<std::uint64_t>(a + size - 8) == load<std::uint64_t>(b + size - 8);
}

}  // namespace

struct SeriesTable::Record {
    std::uint64_t hash;
    Slot slot;

    std::uint32_t* sizes() { return reinterpret_cast<std::uint32_t*>(this + 1); }
    const std::uint32_t* sizes() const { return reinterpret_cast<const std::uint32_t*>(this + 1); }
    const char* text(std::size_t labels) const { return reinterpret_cast<const char*>(sizes() + labels); }

    bool holds(std::span<const std::string_view> values) const;
};

namespace {

// Folds a product of 64 by 64 bits: each bit of the input reaches each bit of the result.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    const auto product = static_cast<unsigned __int128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t hash_of(std::span<const std::string_view> values) {
    std::uint64_t hash = 0x2545f4914f6cdd1dull;
    for (const std::string_view value : values) {
        const char* at = value.data();
        std::size_t left = value.size();
        hash ^= left;
        for (; left > 8; at += 8, left -= 8) hash = mix(hash ^ load<std::uint64_t>(at), 0x9e3779b97f4a7c15ull);
        hash = mix(hash ^ word_of(at, left), 0xd6e8feb86659fd93ull);
    }
    return hash;
}

bool is_canonical(std::string_view value) { return value.size() <= most_value_bytes && is_utf8(value); }

constexpr std::size_t first_places = 64, block_size = 16384;

}  // namespace

std::string canonical_value(std::string_view value) {
    // Cut before repairing: the work must not grow with what comes in. Up to three bytes of a last character may fall.
    std::size_t end = std::min(value.size(), most_value_bytes);
    if (end < value.size())
        for (int i = 0; i < 3 && end > 0 && (static_cast<unsigned char>(value[end]) & 0xc0) == 0x80; ++i) --end;
    std::string text = to_valid_utf8(value.substr(0, end));
    if (text.size() > most_value_bytes) {
        end = most_value_bytes;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
        text.resize(end);
    }
    return text;
}

bool SeriesTable::Record::holds(std::span<const std::string_view> values) const {
    const char* at = text(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (sizes()[i] != values[i].size() || !is_equal(at, values[i].data(), values[i].size())) return false;
        at += sizes()[i];
    }
    return true;
}

SeriesTable::SeriesTable(std::size_t labels, std::uint32_t cap, std::uint32_t cells_per_series, bool cells_together)
    : labels_(labels),
      cap_(cap),
      width_(cells_per_series),
      together_(cells_together),
      overflow_(take_cells(cells_per_series, cells_together)) {
    indexes_.push_back(
        std::make_unique<Index>(first_places - 1, std::make_unique<std::atomic<Record*>[]>(first_places)));
    index_.store(indexes_.back().get(), std::memory_order_release);
}

SeriesTable::~SeriesTable() {
    give_back_cells(overflow_, width_);
    for (const Record* record : records_) give_back_cells(record->slot, width_);
}

Slot SeriesTable::at(std::span<const std::string_view> values) {
    const std::uint64_t hash = hash_of(values);
    if (const Slot slot = find(hash, values)) return slot;
    if (std::all_of(values.begin(), values.end(), is_canonical)) return is_full_ ? overflow() : add(hash, values);
    std::vector<std::string> repaired;
    for (const std::string_view value : values) repaired.push_back(canonical_value(value));
    const std::vector<std::string_view> views(repaired.begin(), repaired.end());
    return find_or_overflow(views);
}

Slot SeriesTable::find_or_overflow(std::span<const std::string_view> values) {
    const std::uint64_t hash = hash_of(values);
    if (const Slot slot = find(hash, values)) return slot;
    return is_full_ ? overflow() : add(hash, values);
}

Slot SeriesTable::overflow() {
    if (!has_overflow_.load(std::memory_order_relaxed)) has_overflow_.store(true, std::memory_order_relaxed);
    return overflow_;
}

Slot SeriesTable::find(std::uint64_t hash, std::span<const std::string_view> values) const {
    const Index& index = *index_.load(std::memory_order_acquire);
    for (std::size_t i = hash & index.mask;; i = (i + 1) & index.mask) {
        const Record* record = index.places[i].load(std::memory_order_acquire);
        if (!record) return 0;
        if (record->hash == hash && record->holds(values)) return record->slot;
    }
}

Slot SeriesTable::add(std::uint64_t hash, std::span<const std::string_view> values) {
    const std::lock_guard lock(mutex_);
    if (const Slot slot = find(hash, values)) return slot;
    if (records_.size() >= cap_) {
        is_full_ = true;
        return overflow();
    }
    if ((records_.size() + 1) * 3 > (indexes_.back()->mask + 1) * 2) grow();
    Slot slot = 0;
    try {
        slot = take_cells(width_, together_);
    } catch (const Error&) {  // no cells are left in this process: counting in one series beats failing the caller
        return overflow();
    }
    Record* record = make_record(hash, slot, values);
    records_.push_back(record);
    place(*indexes_.back(), record);
    return slot;
}

SeriesTable::Record* SeriesTable::make_record(std::uint64_t hash, Slot slot, std::span<const std::string_view> values) {
    std::size_t bytes = sizeof(Record) + labels_ * sizeof(std::uint32_t);
    for (const std::string_view value : values) bytes += value.size();
    bytes = (bytes + alignof(Record) - 1) / alignof(Record) * alignof(Record);
    if (bytes > block_left_) {
        block_left_ = std::max(bytes, records_.size() < 64 ? block_size / 16 : block_size);
        blocks_.push_back(std::make_unique<char[]>(block_left_));
        block_bytes_ += block_left_;
        block_at_ = blocks_.back().get();
    }
    auto* record = new (block_at_) Record{hash, slot};
    block_at_ += bytes;
    block_left_ -= bytes;
    char* at = const_cast<char*>(record->text(labels_));
    for (std::size_t i = 0; i < values.size(); ++i) {
        record->sizes()[i] = static_cast<std::uint32_t>(values[i].size());
        std::copy(values[i].begin(), values[i].end(), at);
        at += values[i].size();
    }
    return record;
}

void SeriesTable::grow() {
    const std::size_t places = (indexes_.back()->mask + 1) * 2;
    auto larger = std::make_unique<Index>(places - 1, std::make_unique<std::atomic<Record*>[]>(places));
    for (Record* record : records_) place(*larger, record);
    index_.store(larger.get(), std::memory_order_release);
    indexes_.push_back(std::move(larger));
}

void SeriesTable::place(Index& index, Record* record) {
    std::size_t i = record->hash & index.mask;
    while (index.places[i].load(std::memory_order_relaxed)) i = (i + 1) & index.mask;
    index.places[i].store(record, std::memory_order_release);
}

SeriesTable::Series SeriesTable::list() const {
    std::vector<Record*> records;
    {
        const std::lock_guard lock(mutex_);
        records = records_;
    }
    Series all{.labels = LabelTable(labels_)};
    all.slots.reserve(records.size());
    for (const Record* record : records) {
        all.slots.push_back(record->slot);
        const char* at = record->text(labels_);
        for (std::size_t i = 0; i < labels_; at += record->sizes()[i], ++i) all.labels.add({at, record->sizes()[i]});
    }
    if (has_overflow_.load(std::memory_order_relaxed)) all.overflow = overflow_;
    return all;
}

std::size_t SeriesTable::bytes() const {
    const std::lock_guard lock(mutex_);
    std::size_t places = 0;
    for (const auto& index : indexes_) places += index->mask + 1;
    return block_bytes_ + places * sizeof(Record*) + records_.capacity() * sizeof(Record*);
}

}  // namespace mizzen::telemetry
