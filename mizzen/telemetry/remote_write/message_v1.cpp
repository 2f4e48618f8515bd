// SPDX-License-Identifier: Apache-2.0
// prometheus.WriteRequest (prompb/remote.proto and types.proto): labels in full, what is known of a family beside them.
#include "mizzen/telemetry/remote_write/detail/message.hpp"

namespace mizzen::telemetry::remote_write {
namespace {

class MessageV1 final : public Message {
  public:
    explicit MessageV1(Escaping escaping) : escaping_(escaping), series_(1024), metadata_(256) {}

    void add(const Series& series, const PointTimes& times, bool is_stale) override {
        tell_family(series.family);
        const PointTimes without_start{.time = times.time};
        series_.message(field(1, 2), [&] {
            for (const Label& label : series.labels) write_label(label.name, label.value);
            if (!series.histogram) write_sample(series_, field(2), series, without_start, is_stale);
            for (const Exemplar* exemplar : series.exemplars) write_exemplar(*exemplar, times.time);
            if (series.histogram) write_histogram(series_, field(4), series, without_start, is_stale);
        });
    }
    std::string take() override { return series_.take() + metadata_.take(); }

  private:
    void write_label(std::string_view name, std::string_view value) {
        series_.message(field(1), [&] {
            series_.text(field(1), name);
            series_.text(field(2), value);
        });
    }
    void write_exemplar(const Exemplar& exemplar, std::int64_t time) {
        series_.message(field(3), [&] {
            for (const auto& [name, value] : exemplar.labels) write_label(name, value);
            series_.put_double(field(2), exemplar.value);
            series_.put_int64(field(3), exemplar.time ? milliseconds(*exemplar.time) : time);
        });
    }
    void tell_family(const Family& family) {
        if (&family == told_) return;
        told_ = &family;
        metadata_.message(field(3), [&] {
            metadata_.uint32(field(1), type_number(family.type));
            metadata_.text(field(2), metric_name(family, escaping_));
            metadata_.text(field(4), family.help);
            metadata_.text(field(5), family.unit);
        });
    }

    const Escaping escaping_;
    ProtobufWire series_, metadata_;
    const Family* told_ = nullptr;
};

}  // namespace

std::unique_ptr<Message> message_v1(Escaping escaping) { return std::make_unique<MessageV1>(escaping); }

}  // namespace mizzen::telemetry::remote_write
