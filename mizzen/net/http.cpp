// SPDX-License-Identifier: Apache-2.0
// Headers, bodies, requests.
#include "mizzen/net/http.hpp"

#include <algorithm>

#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/ascii.hpp"

namespace mizzen::net {

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const auto& [key, value] : fields_) {
        if (detail::same_name(key, name)) return value;
    }
    return std::nullopt;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
    std::vector<std::string_view> found;
    for (const auto& [key, value] : fields_) {
        if (detail::same_name(key, name)) found.push_back(value);
    }
    return found;
}

void Headers::set(std::string_view name, std::string value) {
    auto is_it = [&](const auto& field) { return detail::same_name(field.first, name); };
    auto at = std::find_if(fields_.begin(), fields_.end(), is_it);
    if (at == fields_.end()) return add(std::string(name), std::move(value));
    at->second = std::move(value);
    fields_.erase(std::remove_if(at + 1, fields_.end(), is_it), fields_.end());
}

void Headers::add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }

void Headers::remove(std::string_view name) {
    std::erase_if(fields_, [&](const auto& field) { return detail::same_name(field.first, name); });
}

Task<std::optional<Bytes>> Body::next() {
    if (done_) co_return std::nullopt;
    if (source_) {
        auto chunk = co_await source_->next();
        done_ = !chunk;
        co_return chunk;
    }
    done_ = true;
    if (bytes_.empty()) co_return std::nullopt;
    co_return bytes_;
}

Task<std::string> Body::read_all(std::size_t limit) {
    std::string all;
    while (auto chunk = co_await next()) {
        if (chunk->size() > limit - all.size()) {
            throw Error(ErrorKind::invalid, "body is over " + std::to_string(limit) + " bytes");
        }
        all += chunk->view();
    }
    co_return all;
}

std::string_view Request::path() const { return std::string_view(target).substr(0, target.find('?')); }

std::string_view Request::query() const {
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

std::string_view reason_phrase(int status) {
    struct Reason {
        int status;
        std::string_view phrase;
    };
    static constexpr Reason reasons[] = {{100, "Continue"},
                                         {101, "Switching Protocols"},
                                         {200, "OK"},
                                         {201, "Created"},
                                         {202, "Accepted"},
                                         {204, "No Content"},
                                         {206, "Partial Content"},
                                         {301, "Moved Permanently"},
                                         {302, "Found"},
                                         {303, "See Other"},
                                         {304, "Not Modified"},
                                         {307, "Temporary Redirect"},
                                         {308, "Permanent Redirect"},
                                         {400, "Bad Request"},
                                         {401, "Unauthorized"},
                                         {403, "Forbidden"},
                                         {404, "Not Found"},
                                         {405, "Method Not Allowed"},
                                         {406, "Not Acceptable"},
                                         {408, "Request Timeout"},
                                         {409, "Conflict"},
                                         {410, "Gone"},
                                         {412, "Precondition Failed"},
                                         {413, "Content Too Large"},
                                         {414, "URI Too Long"},
                                         {415, "Unsupported Media Type"},
                                         {416, "Range Not Satisfiable"},
                                         {417, "Expectation Failed"},
                                         {422, "Unprocessable Content"},
                                         {429, "Too Many Requests"},
                                         {431, "Request Header Fields Too Large"},
                                         {500, "Internal Server Error"},
                                         {501, "Not Implemented"},
                                         {502, "Bad Gateway"},
                                         {503, "Service Unavailable"},
                                         {504, "Gateway Timeout"},
                                         {505, "HTTP Version Not Supported"}};
    for (const auto& reason : reasons) {
        if (reason.status == status) return reason.phrase;
    }
    return "Unknown";
}

}  // namespace mizzen::net
