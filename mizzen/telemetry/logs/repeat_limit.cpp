// SPDX-License-Identifier: Apache-2.0
// Call sites and the time in which they were counted.
#include "mizzen/telemetry/logs/repeat_limit.hpp"

#include <algorithm>
#include <functional>

namespace mizzen::telemetry {

RepeatLimit::Key RepeatLimit::key_of(const CallSite& site) {
    return {site.module, site.text, site.where.file_name(), site.where.line(), site.where.column()};
}

std::size_t RepeatLimit::Hash::operator()(const Key& key) const {
    return std::hash<const char*>()(key.text) ^ (std::size_t{key.line} << 20) ^ (std::size_t{key.column} << 44) ^
           std::hash<const LogModule*>()(key.module);
}

bool RepeatLimit::admit(const CallSite& site, WallTime at) {
    if (first_ == 0) return true;
    const auto [found, is_new] = by_site_.try_emplace(key_of(site));
    if (is_new) found->second = windows_.emplace(std::pair(at + per_, opened_++), Window{site, at}).first;
    return ++found->second->second.said <= first_;
}

std::vector<Repeats> RepeatLimit::take_ended(WallTime until) {
    std::vector<Repeats> ended;
    while (!windows_.empty() && windows_.begin()->first.first <= until) end(windows_.begin(), until, ended);
    // The calendar was set back: these would last too long.
    while (!windows_.empty() && std::prev(windows_.end())->second.start > until)
        end(std::prev(windows_.end()), until, ended);
    return ended;
}

std::vector<Repeats> RepeatLimit::take_all(WallTime until) {
    std::vector<Repeats> ended = take_ended(until);
    while (!windows_.empty()) end(windows_.begin(), until, ended);
    return ended;
}

void RepeatLimit::end(Windows::iterator window, WallTime until, std::vector<Repeats>& ended) {
    const Window& w = window->second;
    if (w.said > first_) ended.push_back({w.site, w.said - first_, std::min(window->first.first, until)});
    by_site_.erase(key_of(w.site));
    windows_.erase(window);
}

}  // namespace mizzen::telemetry
