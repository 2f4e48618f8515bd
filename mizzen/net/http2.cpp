// SPDX-License-Identifier: Apache-2.0
// HTTP/2 by nghttp2.
#include "mizzen/net/http2.hpp"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <charconv>
#include <list>
#include <unordered_map>
#include <vector>

#include "mizzen/base/error.hpp"
#include "mizzen/net/detail/ascii.hpp"
#include "mizzen/net/detail/outgoing.hpp"

namespace mizzen::net {

namespace {

// Below this many bytes a stream's queue counts as drained.
constexpr std::size_t little = 32u << 10;

struct StreamState {
    int id = 0;
    Request request;
    Response response;
    Headers trailers;
    std::string authority;
    std::size_t head_size = 0;
    bool has_head = false;
    bool deferred = false;  // nghttp2 waits to be told of more to send
    detail::Outgoing out;
};

std::string_view text(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

// Belongs to HTTP/1.1 connections, or is said by a pseudo field.
bool is_connection_field(std::string_view name) {
    for (std::string_view other :
         {"connection", "host", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"}) {
        if (detail::same_name(name, other)) return true;
    }
    return false;
}

// Fields in nghttp2's form; it copies them when they are submitted.
class Fields {
  public:
    explicit Fields(std::size_t count) { fields_.reserve(count + 5); }
    void add(std::string_view name, std::string_view value) {
        auto bytes = [](std::string_view s) { return reinterpret_cast<std::uint8_t*>(const_cast<char*>(s.data())); };
        fields_.push_back({bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    }
    void add_all(const Headers& headers) {
        for (const auto& [name, value] : headers) {
            if (is_connection_field(name)) continue;
            if (!detail::is_token(name) || !detail::is_field_value(value)) {
                throw Error(ErrorKind::invalid,
                            "header field " + name + " cannot be sent: it holds a control character");
            }
            const bool has_upper = std::any_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
            add(has_upper ? std::string_view(lowered_.emplace_back(detail::lowered(name))) : std::string_view(name),
                value);
        }
    }
    void add_length(const Headers& headers, std::size_t length) {
        if (!headers.find("content-length")) add("content-length", lowered_.emplace_back(std::to_string(length)));
    }
    const nghttp2_nv* data() const { return fields_.data(); }
    std::size_t size() const { return fields_.size(); }

  private:
    std::vector<nghttp2_nv> fields_;
    std::list<std::string> lowered_;
};

}  // namespace

struct Http2Session::State {
    State(Side side, Http2Events& events, Http2Settings settings);
    ~State() { nghttp2_session_del(session); }
    StreamState* find(int stream) {
        auto at = streams.find(stream);
        return at == streams.end() ? nullptr : at->second.get();
    }
    StreamState& open(int stream) {
        auto& state = streams[stream] = std::make_unique<StreamState>();
        state->id = stream;
        nghttp2_session_set_stream_user_data(session, stream, state.get());
        return *state;
    }
    void resume(StreamState& stream) {
        if (std::exchange(stream.deferred, false)) nghttp2_session_resume_data(session, stream.id);
    }
    void close(int stream, bool clean, bool refused);
    void set_callbacks(nghttp2_session_callbacks* callbacks);
    int on_frame(const nghttp2_frame& frame);
    int on_field(StreamState& stream, std::string_view name, std::string_view value);
    ssize_t read_data(StreamState& stream, std::size_t room, std::uint32_t& flags);
    void take(StreamState& stream, std::size_t size);

    Side side;
    Http2Events& events;
    Http2Settings settings;
    nghttp2_session* session = nullptr;
    std::unordered_map<int, std::unique_ptr<StreamState>> streams;
    std::string* out = nullptr;
    std::size_t enough = 0;
    bool goes_away = false;
};

Http2Session::State::State(Side s, Http2Events& e, Http2Settings set) : side(s), events(e), settings(set) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_option* option = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_option_new(&option);
    nghttp2_option_set_no_auto_window_update(option, 1);
    set_callbacks(callbacks);
    auto* make = side == Side::client ? nghttp2_session_client_new2 : nghttp2_session_server_new2;
    const int failed = make(&session, callbacks, this, option);
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    if (failed) throw Error(ErrorKind::bug, "nghttp2 cannot start");

    std::vector<nghttp2_settings_entry> entries = {{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, settings.stream_window},
                                                   {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, settings.max_head}};
    if (side == Side::server) {
        entries.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, settings.max_streams});
    } else {
        entries.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
    }
    nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, entries.data(), entries.size());
    nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0,
                                          static_cast<std::int32_t>(settings.connection_window));
}

void Http2Session::State::set_callbacks(nghttp2_session_callbacks* callbacks) {
    nghttp2_session_callbacks_set_send_callback(
        callbacks, [](nghttp2_session*, const std::uint8_t* bytes, std::size_t size, int, void* user) -> ssize_t {
            auto& self = *static_cast<State*>(user);
            if (self.out->size() >= self.enough) return NGHTTP2_ERR_WOULDBLOCK;
            self.out->append(text(bytes, size));
            return static_cast<ssize_t>(size);
        });
    nghttp2_session_callbacks_set_send_data_callback(
        callbacks, [](nghttp2_session*, nghttp2_frame* frame, const std::uint8_t* head, std::size_t size,
                      nghttp2_data_source* source, void* user) {
            auto& self = *static_cast<State*>(user);
            if (self.out->size() >= self.enough) return static_cast<int>(NGHTTP2_ERR_WOULDBLOCK);
            self.out->append(text(head, 9));
            if (frame->data.padlen > 0) self.out->append(1, static_cast<char>(frame->data.padlen - 1));
            self.take(*static_cast<StreamState*>(source->ptr), size);
            if (frame->data.padlen > 0) self.out->append(frame->data.padlen - 1, '\0');
            return 0;
        });
    nghttp2_session_callbacks_set_on_begin_headers_callback(
        callbacks, [](nghttp2_session*, const nghttp2_frame* frame, void* user) {
            auto& self = *static_cast<State*>(user);
            if (frame->headers.cat == NGHTTP2_HCAT_REQUEST) self.open(frame->hd.stream_id);
            return 0;
        });
    nghttp2_session_callbacks_set_on_header_callback(
        callbacks, [](nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
                      const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user) {
            auto& self = *static_cast<State*>(user);
            StreamState* stream = self.find(frame->hd.stream_id);
            if (!stream || (stream->has_head && self.side == Side::server)) return 0;
            return self.on_field(*stream, text(name, name_size), text(value, value_size));
        });
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks,
                                                         [](nghttp2_session*, const nghttp2_frame* frame, void* user) {
                                                             return static_cast<State*>(user)->on_frame(*frame);
                                                         });
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
        callbacks, [](nghttp2_session* session, std::uint8_t, std::int32_t stream, const std::uint8_t* bytes,
                      std::size_t size, void* user) {
            // A stream that nobody reads must not hold up the others: only its own window waits for consumed().
            nghttp2_session_consume_connection(session, size);
            auto& self = *static_cast<State*>(user);
            if (self.find(stream)) self.events.on_data(stream, text(bytes, size));
            return 0;
        });
    nghttp2_session_callbacks_set_on_stream_close_callback(
        callbacks, [](nghttp2_session*, std::int32_t stream, std::uint32_t code, void* user) {
            static_cast<State*>(user)->close(stream, code == NGHTTP2_NO_ERROR, code == NGHTTP2_REFUSED_STREAM);
            return 0;
        });
    nghttp2_session_callbacks_set_on_frame_not_send_callback(
        callbacks, [](nghttp2_session*, const nghttp2_frame* frame, int, void* user) {
            const bool was_request = frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST;
            if (was_request) static_cast<State*>(user)->close(frame->hd.stream_id, false, true);
            return 0;
        });
}

void Http2Session::State::close(int stream, bool clean, bool refused) {
    auto closed = streams.extract(stream);
    if (!closed.empty()) events.on_closed(stream, clean, refused);
}

int Http2Session::State::on_field(StreamState& stream, std::string_view name, std::string_view value) {
    stream.head_size += name.size() + value.size() + 32;
    if (stream.head_size > settings.max_head) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    if (name.empty() || name.front() != ':') {
        (side == Side::server ? stream.request.headers
         : stream.has_head    ? stream.trailers
                              : stream.response.headers)
            .add(std::string(name), std::string(value));
    } else if (name == ":method") {
        stream.request.method = value;
    } else if (name == ":path") {
        stream.request.target = value;
    } else if (name == ":authority") {
        stream.authority = value;
    } else if (name == ":status") {
        std::from_chars(value.data(), value.data() + value.size(), stream.response.status);
    }
    return 0;
}

int Http2Session::State::on_frame(const nghttp2_frame& frame) {
    const int id = frame.hd.stream_id;
    StreamState* stream = id > 0 ? find(id) : nullptr;
    if (!stream || (frame.hd.type != NGHTTP2_HEADERS && frame.hd.type != NGHTTP2_DATA)) return 0;
    if (frame.hd.type == NGHTTP2_HEADERS && !stream->has_head) {
        if (side == Side::server) {
            stream->has_head = true;
            if (!stream->authority.empty() && !stream->request.headers.find("host"))
                stream->request.headers.add("host", stream->authority);
            events.on_request(id, std::move(stream->request));
        } else if (stream->response.status < 200) {
            stream->response = {};  // an interim response; the proper one comes
        } else {
            stream->has_head = true;
            events.on_response(id, std::move(stream->response));
        }
    }
    if (!(frame.hd.flags & NGHTTP2_FLAG_END_STREAM)) return 0;
    if (StreamState* ended = find(id)) events.on_end(id, std::move(ended->trailers));
    return 0;
}

ssize_t Http2Session::State::read_data(StreamState& stream, std::size_t room, std::uint32_t& flags) {
    const detail::Outgoing& queue = stream.out;
    if (queue.size() == 0 && !queue.ended()) {
        stream.deferred = true;
        return NGHTTP2_ERR_DEFERRED;
    }
    const std::size_t size = std::min(room, queue.size());
    flags |= NGHTTP2_DATA_FLAG_NO_COPY;
    if (queue.ended() && size == queue.size()) flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(size);
}

// Moves the next `size` bytes of the stream to the output.
void Http2Session::State::take(StreamState& stream, std::size_t size) {
    const bool was_full = stream.out.size() >= little;
    stream.out.take(size, *out);
    if (was_full && stream.out.size() < little) events.on_drained(stream.id);
}

Http2Session::Http2Session(Side side, Http2Events& events, Http2Settings settings)
    : state_(std::make_unique<State>(side, events, settings)) {}
Http2Session::~Http2Session() = default;

void Http2Session::receive(std::string_view bytes) {
    const ssize_t used =
        nghttp2_session_mem_recv(state_->session, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    if (used < 0) throw Error(ErrorKind::invalid, std::string("HTTP/2: ") + nghttp2_strerror(static_cast<int>(used)));
}

void Http2Session::produce(std::string& out, std::size_t enough) {
    state_->out = &out;
    state_->enough = enough;
    // Told as late as possible: a request that comes before these bytes go out is still served.
    if (std::exchange(state_->goes_away, false)) {
        nghttp2_session* session = state_->session;
        nghttp2_submit_goaway(session, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(session),
                              NGHTTP2_NO_ERROR, nullptr, 0);
    }
    const int failed = nghttp2_session_send(state_->session);
    state_->out = nullptr;
    if (failed) throw Error(ErrorKind::invalid, std::string("HTTP/2: ") + nghttp2_strerror(failed));
}

bool Http2Session::over() const {
    return !state_->goes_away && !nghttp2_session_want_read(state_->session) &&
           !nghttp2_session_want_write(state_->session);
}

bool Http2Session::can_request() const {
    const std::uint32_t most =
        nghttp2_session_get_remote_settings(state_->session, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
    return nghttp2_session_check_request_allowed(state_->session) && state_->streams.size() < std::min(most, 250u);
}

namespace {
nghttp2_data_provider provider(StreamState& stream, nghttp2_data_source_read_callback read) {
    nghttp2_data_provider provider{};
    provider.source.ptr = &stream;
    provider.read_callback = read;
    return provider;
}

template <class State>
ssize_t read_callback(nghttp2_session*, std::int32_t, std::uint8_t*, std::size_t room, std::uint32_t* flags,
                      nghttp2_data_source* source, void* user) {
    return static_cast<State*>(user)->read_data(*static_cast<StreamState*>(source->ptr), room, *flags);
}

void queue_body(detail::Outgoing& out, const Body& body, bool more) {
    if (more) return;
    out.push(body.bytes());
    out.end();
}
}  // namespace

int Http2Session::request(const Request& request, std::string_view scheme, std::string_view authority, bool more) {
    if (!detail::is_token(request.method) || !detail::is_target(request.target)) {
        throw Error(ErrorKind::invalid, "cannot send a request for " + percent_encode(request.target, "/?&=%"));
    }
    Fields fields(request.headers.size());
    const auto host = request.headers.find("host");
    fields.add(":method", request.method);
    fields.add(":scheme", scheme);
    fields.add(":authority", host ? *host : authority);
    fields.add(":path", request.target);
    fields.add_all(request.headers);
    auto stream = std::make_unique<StreamState>();
    const bool has_body = more || !request.body.bytes().empty();
    if (!more && has_body) fields.add_length(request.headers, request.body.bytes().size());
    queue_body(stream->out, request.body, more);
    const auto source = provider(*stream, read_callback<State>);
    const int id = nghttp2_submit_request(state_->session, nullptr, fields.data(), fields.size(),
                                          has_body ? &source : nullptr, nullptr);
    if (id < 0) throw Error(ErrorKind::retry, std::string("HTTP/2: ") + nghttp2_strerror(id));
    stream->id = id;
    state_->streams[id] = std::move(stream);
    return id;
}

void Http2Session::respond(int id, const Response& response, bool more, bool bodiless) {
    StreamState* stream = state_->find(id);
    if (!stream) return;
    Fields fields(response.headers.size());
    const std::string status = std::to_string(response.status);
    fields.add(":status", status);
    fields.add_all(response.headers);
    const std::size_t length = response.body.bytes().size();
    if (!more && (!bodiless || length > 0) && response.status != 204 && response.status != 304)
        fields.add_length(response.headers, length);
    const bool has_body = !bodiless && (more || length > 0);
    if (has_body) queue_body(stream->out, response.body, more);
    const auto source = provider(*stream, read_callback<State>);
    nghttp2_submit_response(state_->session, id, fields.data(), fields.size(), has_body ? &source : nullptr);
}

void Http2Session::send(int id, Bytes data) {
    StreamState* stream = state_->find(id);
    if (!stream || data.empty()) return;
    stream->out.push(std::move(data));
    state_->resume(*stream);
}

void Http2Session::end(int id) {
    StreamState* stream = state_->find(id);
    if (!stream) return;
    stream->out.end();
    state_->resume(*stream);
}

std::size_t Http2Session::queued(int id) const {
    StreamState* stream = state_->find(id);
    return stream ? stream->out.size() : 0;
}

void Http2Session::consumed(int id, std::size_t bytes) {
    if (state_->find(id)) nghttp2_session_consume_stream(state_->session, id, bytes);
}

void Http2Session::reset(int id, Reset why) {
    static constexpr std::uint32_t codes[] = {NGHTTP2_NO_ERROR, NGHTTP2_INTERNAL_ERROR, NGHTTP2_CANCEL,
                                              NGHTTP2_REFUSED_STREAM};
    if (state_->find(id))
        nghttp2_submit_rst_stream(state_->session, NGHTTP2_FLAG_NONE, id, codes[static_cast<int>(why)]);
}

void Http2Session::ping() { nghttp2_submit_ping(state_->session, NGHTTP2_FLAG_NONE, nullptr); }

void Http2Session::go_away() { state_->goes_away = true; }

}  // namespace mizzen::net
