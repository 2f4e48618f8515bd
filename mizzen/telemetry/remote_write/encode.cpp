// SPDX-License-Identifier: Apache-2.0
// Dividing a snapshot into requests.
#include "mizzen/telemetry/remote_write/encode.hpp"

#include <algorithm>
#include <utility>

#include "mizzen/telemetry/remote_write/detail/message.hpp"

namespace mizzen::telemetry::remote_write {
namespace {

class Requests {
  public:
    Requests(const Snapshot& snapshot, Version version, const EncodeOptions& options, const Telling& telling)
        : snapshot_(snapshot), version_(version), options_(options), telling_(telling) {}

    void add(Series series) {
        if (!message_) message_ = version_ == Version::v1 ? message_v1(options_.escaping) : message_v2();
        std::erase_if(series.exemplars, [&](const Exemplar* exemplar) { return !is_told(*exemplar); });
        // Receivers take them in order of time.
        std::ranges::sort(series.exemplars, {}, [](const Exemplar* exemplar) { return exemplar->time; });
        message_->add(series,
                      {.start = start_milliseconds(snapshot_, series.family), .time = milliseconds(snapshot_.time)},
                      telling_.is_stale);
        ++(series.histogram ? amount_.histograms : amount_.samples);
        amount_.exemplars += series.exemplars.size();
        if (amount_.points() >= options_.most_series) end();
    }
    std::vector<WriteRequest> take() {
        end();
        return std::move(all_);
    }

  private:
    bool is_told(const Exemplar& exemplar) const {
        if (telling_.is_stale) return false;
        return !exemplar.time || !telling_.exemplars_after || *exemplar.time > *telling_.exemplars_after;
    }
    void end() {
        if (!message_) return;
        all_.push_back({message_->take(), std::exchange(amount_, {})});
        message_.reset();
    }

    const Snapshot& snapshot_;
    const Version version_;
    const EncodeOptions& options_;
    const Telling& telling_;
    std::vector<WriteRequest> all_;
    std::unique_ptr<Message> message_;
    Amount amount_;
};

}  // namespace

std::vector<WriteRequest> encode(const Snapshot& snapshot, Version version, const EncodeOptions& options,
                                 const Telling& telling) {
    Requests requests(snapshot, version, options, telling);
    for_each_series(snapshot, options, [&](const Series& series) { requests.add(series); });
    return requests.take();
}

}  // namespace mizzen::telemetry::remote_write
