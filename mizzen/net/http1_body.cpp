// SPDX-License-Identifier: Apache-2.0
// Bodies of HTTP/1.1 messages: by length, in chunks, or up to the end of the connection.
#include <algorithm>
#include <charconv>

#include "mizzen/net/http1.hpp"

namespace mizzen::net::http1 {

BodyDecoder::BodyDecoder(Framing framing) : framing_(framing) {
    switch (framing.kind) {
        case Framing::none:
            state_ = State::done;
            break;
        case Framing::length:
            left_ = framing.size;
            state_ = left_ ? State::data : State::done;
            break;
        case Framing::chunked:
            state_ = State::chunk_size;
            break;
        case Framing::until_end:
            state_ = State::data;
            break;
    }
}

BodyDecoder::Step BodyDecoder::decode(std::string_view input) {
    std::size_t used = 0;
    for (;;) {
        const State before = state_;
        const std::string_view rest = input.substr(used);
        Step step;
        switch (state_) {
            case State::done:
                return {used, {}};
            case State::data:
                step = framing_.kind == Framing::until_end ? Step{rest.size(), rest} : take(rest, State::done);
                break;
            case State::chunk_data:
                step = take(rest, State::chunk_end);
                break;
            case State::chunk_size:
            case State::chunk_end:
                step = chunk_size(rest);
                break;
            case State::trailer:
                step = trailer(rest);
                break;
        }
        used += step.used;
        if (!step.data.empty()) return {used, step.data};
        if (step.used == 0 && state_ == before) return {used, {}};
    }
}

BodyDecoder::Step BodyDecoder::take(std::string_view input, State then) {
    const std::string_view data =
        input.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size())));
    left_ -= data.size();
    if (left_ == 0) state_ = then;
    return {data.size(), data};
}

std::optional<std::string_view> BodyDecoder::line(std::string_view input) const {
    const auto end = input.find('\n');
    if (std::min(end, input.size()) > max_line) throw ProtocolError(400, "a line of a chunked body is too long");
    if (end == std::string_view::npos) return std::nullopt;
    if (end == 0 || input[end - 1] != '\r') throw ProtocolError(400, "a bare LF in a chunked body");
    return input.substr(0, end - 1);
}

// A chunk-size line, before which the CRLF that ends the chunk before it. Chunk extensions are dropped.
BodyDecoder::Step BodyDecoder::chunk_size(std::string_view input) {
    if (state_ == State::chunk_end) {
        if (input.size() < 2) return {};
        if (input.substr(0, 2) != "\r\n") throw ProtocolError(400, "a chunk is longer than it says");
        state_ = State::chunk_size;
        return {2, {}};
    }
    const auto text = line(input);
    if (!text) return {};
    const std::string_view digits = text->substr(0, text->find_first_not_of("0123456789abcdefABCDEF"));
    const std::string_view behind = text->substr(digits.size());
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), left_, 16);
    const bool extension = behind.empty() || behind.front() == ';' || behind.front() == ' ' || behind.front() == '\t';
    if (digits.empty() || digits.size() > 15 || error != std::errc() || !extension)
        throw ProtocolError(400, "malformed chunk size");
    state_ = left_ ? State::chunk_data : State::trailer;
    return {text->size() + 2, {}};
}

BodyDecoder::Step BodyDecoder::trailer(std::string_view input) {
    const auto text = line(input);
    if (!text) return {};
    trailer_size_ += text->size() + 2;
    if (trailer_size_ > max_head) throw ProtocolError(431, "the trailers are too long");
    if (text->empty()) state_ = State::done;
    return {text->size() + 2, {}};
}

void write_chunk(std::string& out, std::string_view data) {
    char size[16];
    auto [end, error] = std::to_chars(size, size + sizeof size, data.size(), 16);
    out.append(size, end).append("\r\n").append(data).append("\r\n");
}

}  // namespace mizzen::net::http1
