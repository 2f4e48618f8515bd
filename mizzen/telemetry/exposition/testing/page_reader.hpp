// SPDX-License-Identifier: Apache-2.0
// Reads text pages as strictly as the formats ask, for tests: what does not fit throws, with the line.
#pragma once
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "mizzen/telemetry/metrics/names.hpp"

namespace mizzen::telemetry {

struct ReadSample {
    std::string name;
    std::map<std::string, std::string> labels;
    std::string rest;  // value and what follows it
};

class PageReader {
  public:
    // Lines that begin with # are returned in `comments`.
    std::vector<ReadSample> read(std::string_view page) {
        std::vector<ReadSample> samples;
        while (!page.empty()) {
            const std::size_t end = page.find('\n');
            if (end == page.npos) throw std::runtime_error("the last line does not end");
            left_ = line_ = page.substr(0, end);
            page.remove_prefix(end + 1);
            if (line_.empty()) fail("an empty line");
            if (line_[0] == '#')
                comments.emplace_back(line_);
            else
                samples.push_back(sample());
        }
        return samples;
    }
    std::vector<std::string> comments;

  private:
    [[noreturn]] void fail(const std::string& what) const {
        throw std::runtime_error(what + " in: " + std::string(line_.substr(0, 300)));
    }
    bool take(char c) {
        if (left_.empty() || left_[0] != c) return false;
        left_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!take(c)) fail(std::string("no ") + c);
    }
    std::string quoted() {
        std::string out;
        expect('"');
        while (!take('"')) {
            if (left_.empty()) fail("a quote that does not end");
            char c = left_[0];
            left_.remove_prefix(1);
            if (c == '\\') {
                if (left_.empty()) fail("an escape that does not end");
                if (left_[0] != 'n' && left_[0] != '"' && left_[0] != '\\') fail("an unknown escape");
                c = left_[0] == 'n' ? '\n' : left_[0];
                left_.remove_prefix(1);
            }
            out += c;
        }
        return out;
    }
    std::string bare(bool is_label) {
        std::size_t end = 0;
        while (end < left_.size() && left_[end] != '{' && left_[end] != ' ' && left_[end] != '=') ++end;
        const std::string name(left_.substr(0, end));
        if (is_label ? !is_legacy_label_name(name) : !is_legacy_metric_name(name)) fail("a bad name");
        left_.remove_prefix(end);
        return name;
    }
    ReadSample sample() {
        ReadSample out;
        if (left_[0] != '{') out.name = bare(false);
        if (take('{')) {
            for (bool is_first = true; !take('}'); is_first = false) {
                if (!is_first) expect(',');
                std::string key = left_.starts_with('"') ? quoted() : bare(true);
                if (is_first && out.name.empty()) {
                    out.name = std::move(key);
                    continue;
                }
                expect('=');
                if (!out.labels.emplace(std::move(key), quoted()).second) fail("a label twice");
            }
        }
        if (out.name.empty()) fail("no name");
        expect(' ');
        out.rest = left_;
        return out;
    }

    std::string_view line_, left_;
};

}  // namespace mizzen::telemetry
