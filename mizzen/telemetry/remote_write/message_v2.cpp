// SPDX-License-Identifier: Apache-2.0
// io.prometheus.write.v2.Request: each text once in a table, and numbers instead of texts in the series.
#include <unordered_map>

#include "mizzen/telemetry/remote_write/detail/message.hpp"

namespace mizzen::telemetry::remote_write {
namespace {

class MessageV2 final : public Message {
  public:
    MessageV2() : symbols_(1024), series_(1024) { symbol(""); }

    void add(const Series& series, const PointTimes& times, bool is_stale) override {
        const PointTimes told{.start = series.has_start ? times.start : 0, .time = times.time};
        series_.message(field(5), [&] {
            std::vector<std::uint64_t> labels;
            for (const Label& label : series.labels) {
                labels.push_back(symbol(label.name));
                labels.push_back(symbol(label.value));
            }
            series_.packed_uint64(field(1), labels);
            if (series.histogram)
                write_histogram(series_, field(3), series, told, is_stale);
            else
                write_sample(series_, field(2), series, told, is_stale);
            for (const Exemplar* exemplar : series.exemplars) write_exemplar(*exemplar, times.time);
            series_.message(field(5), [&] {
                series_.uint32(field(1), type_number(series.family.type));
                series_.uint32(field(3), symbol(series.family.help));
                series_.uint32(field(4), symbol(series.family.unit));
            });
        });
    }
    std::string take() override { return symbols_.take() + series_.take(); }

  private:
    // The number of a text, which is written at its first use. 0 is the empty one.
    std::uint32_t symbol(std::string_view text) {
        const auto [known, is_new] =
            numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(numbers_.size()));
        if (is_new) symbols_.put_text(field(4), text);
        return known->second;
    }
    void write_exemplar(const Exemplar& exemplar, std::int64_t time) {
        series_.message(field(4), [&] {
            std::vector<std::uint64_t> labels;
            for (const auto& [name, value] : exemplar.labels) {
                labels.push_back(symbol(name));
                labels.push_back(symbol(value));
            }
            series_.packed_uint64(field(1), labels);
            series_.put_double(field(2), exemplar.value);
            series_.put_int64(field(3), exemplar.time ? milliseconds(*exemplar.time) : time);
        });
    }

    ProtobufWire symbols_, series_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace

std::unique_ptr<Message> message_v2() { return std::make_unique<MessageV2>(); }

}  // namespace mizzen::telemetry::remote_write
