// SPDX-License-Identifier: Apache-2.0
// SeriesTable: from label values that are known at run time to the cells of their series; at most a stated number.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/telemetry/metrics/cells.hpp"
#include "mizzen/telemetry/metrics/snapshot.hpp"

namespace mizzen::telemetry {

// The label that stands alone on the series which counts what came after the cap (OpenTelemetry's
// otel.metric.overflow).
inline constexpr std::string_view overflow_label = "otel_metric_overflow";
// Longer values are cut, so that memory is bounded whatever comes in.
inline constexpr std::size_t most_value_bytes = 1024;
// The value as it is kept: cut, between two characters, and with U+FFFD for bytes that are no UTF-8.
std::string canonical_value(std::string_view value);

// Looking up a series that exists takes no lock and allocates nothing. Series stay as long as the table.
class SeriesTable {
  public:
    SeriesTable(std::size_t labels, std::uint32_t cap, std::uint32_t cells_per_series, bool cells_together);
    ~SeriesTable();
    SeriesTable(const SeriesTable&) = delete;
    SeriesTable& operator=(const SeriesTable&) = delete;

    // The first cell of the series, made if need be; the overflow series once there are `cap`. Bytes that are no UTF-8
    // count as U+FFFD.
    Slot at(std::span<const std::string_view> values);

    // All series in the order they were made; the overflow series, if it was ever used, is told apart.
    struct Series {
        std::vector<Slot> slots;
        LabelTable labels;
        Slot overflow = 0;
    };
    Series list() const;
    // Memory that the table itself takes, in bytes.
    std::size_t bytes() const;

  private:
    struct Record;  // followed by the sizes and the bytes of the values
    struct Index {
        std::size_t mask;
        std::unique_ptr<std::atomic<Record*>[]> places;
    };

    Slot find(std::uint64_t hash, std::span<const std::string_view> values) const;
    Slot find_or_overflow(std::span<const std::string_view> values);
    Slot add(std::uint64_t hash, std::span<const std::string_view> values);
    Record* make_record(std::uint64_t hash, Slot slot, std::span<const std::string_view> values);
    void grow();
    static void place(Index& index, Record* record);
    Slot overflow();

    const std::size_t labels_;
    const std::uint32_t cap_, width_;
    const bool together_;
    const Slot overflow_;
    std::atomic<bool> is_full_ = false, has_overflow_ = false;
    std::atomic<Index*> index_;

    mutable std::mutex mutex_;                     // guards what follows; index_ is replaced under it
    std::vector<std::unique_ptr<Index>> indexes_;  // old ones stay: someone may be reading them
    std::vector<Record*> records_;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t block_left_ = 0, block_bytes_ = 0;
    char* block_at_ = nullptr;
};

}  // namespace mizzen::telemetry
