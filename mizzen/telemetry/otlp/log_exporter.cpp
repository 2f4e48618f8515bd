// SPDX-License-Identifier: Apache-2.0
// A batch of log records, encoded and sent.
#include "mizzen/telemetry/otlp/log_exporter.hpp"

namespace mizzen::telemetry::otlp {

Task<bool> OtlpLogExporter::send(LogBatch batch) {
    std::string body = encode(resource_, batch, exporter_.encoding());
    const std::size_t items = batch.size();
    batch.clear();  // While it is on its way it is in memory once.
    co_return co_await exporter_.send(std::move(body), items);
}

}  // namespace mizzen::telemetry::otlp
