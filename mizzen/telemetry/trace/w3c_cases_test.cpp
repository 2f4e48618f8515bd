// SPDX-License-Identifier: Apache-2.0
// W3C Trace Context, sentence by sentence: what a service that is called with some headers calls others with. Levels 1
// and 2; the section that a case comes from stands beside it. Source: www.w3.org/TR/trace-context-2.
#include <gtest/gtest.h>

#include <set>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/telemetry/http/traced_handler.hpp"
#include "mizzen/telemetry/http/traced_transport.hpp"

namespace mizzen::telemetry {
namespace {

const std::string trace = "5b8efff798038103d269b633813fc60c", parent = "eee19b7ec3c1b174";
const std::string good = "00-" + trace + "-" + parent + "-01";
const std::string zero16 = "0000000000000000", zero32 = zero16 + zero16;

struct Ignored final : SpanProcessor {
    void ended(std::unique_ptr<SpanData>) override {}
};

// The next service, which keeps what it was sent.
struct Next final : net::Transport {
    Task<net::Response> send(net::Request request) override {
        received.push_back(std::move(request.headers));
        co_return net::Response{};
    }
    std::vector<net::Headers> received;
};

// Answers by calling the next service so many times.
struct Caller final : net::Handler {
    explicit Caller(net::Transport& next) : next(next) {}
    Task<net::Response> handle(net::Request) override {
        for (int i = 0; i < calls; ++i) co_await next.send({.target = "/next"});
        co_return net::Response{};
    }
    net::Transport& next;
    int calls = 1;
};

struct Service {
    SimulatedLoop loop{1};
    Ignored ignored;
    TracerProvider provider{loop, Random(7), parent_based(always_on()), ignored};
    std::unique_ptr<Propagator> propagator = trace_context_propagator();
    Next next;
    TracedTransport client{loop, next, Tracer(provider, {.name = "client"}), *propagator, "next"};
    Caller caller{client};
    TracedHandler server{loop, caller, Tracer(provider, {.name = "server"}), *propagator};

    // What the calls to the next service carried when this one was called with `headers`.
    std::vector<net::Headers> called(net::Headers headers, int calls = 1) {
        next.received.clear();
        caller.calls = calls;
        loop.run(server.handle({.target = "/", .headers = std::move(headers)}));
        return std::move(next.received);
    }
};

std::string all_of(const net::Headers& headers, std::string_view name) {
    std::string out;
    for (const std::string_view value : headers.all(name)) out += (out.empty() ? "" : "|") + std::string(value);
    return out;
}

// Fails unless `headers` hold one traceparent of version 00 that a caller may send; gives its trace id and flags.
std::pair<std::string, std::string> outgoing(const net::Headers& headers, const std::string& what) {
    const std::string value = all_of(headers, "traceparent");
    const auto span = parse_traceparent(value);
    EXPECT_TRUE(span && value.size() == 55 && value.starts_with("00-")) << what << ": " << value;
    if (!span) return {};
    EXPECT_NE(value.substr(36, 16), parent) << what << ": the parent-id must be this service's own";
    return {value.substr(3, 32), value.substr(53, 2)};
}

struct Case {
    std::string what;
    net::Headers headers;
    std::string flags = {};  // of the trace that goes on; "" if a new one begins
    std::string state = {};  // the one tracestate that goes out; "" if none does
};

void check(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
        const std::vector<net::Headers> calls = Service().called(c.headers);
        ASSERT_EQ(calls.size(), 1u) << c.what;
        const auto [id, flags] = outgoing(calls[0], c.what);
        if (c.flags.empty()) {
            EXPECT_NE(id, trace) << c.what << ": a new trace begins";
            EXPECT_EQ(flags, "03") << c.what << ": a new trace is sampled, and its id is random";
        } else {
            EXPECT_EQ(id, trace) << c.what << ": the trace goes on";
            EXPECT_EQ(flags, c.flags) << c.what;
        }
        EXPECT_EQ(all_of(calls[0], "tracestate"), c.state) << c.what;
    }
}

// A case with one traceparent.
Case with(std::string what, std::string traceparent, std::string flags = {}) {
    return {std::move(what), {{"traceparent", std::move(traceparent)}}, std::move(flags)};
}
// A case with a good traceparent and that tracestate in so many fields.
Case stated(std::string what, const std::vector<std::string>& fields, std::string state = {}) {
    Case out{std::move(what), {{"traceparent", good}}, "01", std::move(state)};
    for (const std::string& field : fields) out.headers.add("tracestate", field);
    return out;
}

TEST(W3cCases, HeaderNames) {  // 3.2.1, 3.3.1
    check({
        {"nothing at all", {}},
        {"TRACEPARENT", {{"TRACEPARENT", good}}, "01"},
        {"TraceParent", {{"TraceParent", good}}, "01"},
        {"tRaCePaReNt", {{"tRaCePaReNt", good}}, "01"},
        {"trace-parent is another field", {{"trace-parent", good}}},
        {"trace_parent is another field", {{"trace_parent", good}}},
        {"trace.parent is another field", {{"trace.parent", good}}},
        {"TRACESTATE", {{"traceparent", good}, {"TRACESTATE", "a=1"}}, "01", "a=1"},
        {"TraceState", {{"traceparent", good}, {"TraceState", "a=1"}}, "01", "a=1"},
        {"trace-state is another field", {{"traceparent", good}, {"trace-state", "a=1"}}, "01"},
        {"both spelled differently",
         {{"traceparent", good}, {"tracestate", "a=1"}, {"TraceState", "b=2"}},
         "01",
         "a=1,b=2"},
    });
}

TEST(W3cCases, Version) {  // 3.2.2.1, 3.2.4
    const std::string rest = "-" + trace + "-" + parent + "-01";
    check({
        with("00", "00" + rest, "01"),
        with("ff is forbidden", "ff" + rest),
        with("FF is forbidden too", "FF" + rest),
        with("01, as long as 00", "01" + rest, "01"),
        with("fe, the last one", "fe" + rest, "01"),
        with("CC is no lower case", "CC" + rest),
        with("a later version may go on after '-'", "cc" + rest + "-xyz", "01"),
        with("and may end there", "cc" + rest + "-", "01"),
        with("but not after anything else", "cc" + rest + ".xyz"),
        with("nor may its flags be longer", "cc" + rest + "0"),
        with("nor may it be shorter than 55", "cc-" + trace + "-" + parent),
        with("version 00 does not go on", "00" + rest + "-xyz"),
        with("version 00 has no '-' behind it", "00" + rest + "-"),
        with("one digit", "0" + rest),
        with("three digits", "000" + rest),
        with("no hexadecimal digit", "0x" + rest),
        with("no version", rest.substr(1)),
        with("a dot instead of the first dash", "00." + trace + "-" + parent + "-01"),
        with("flags that later versions define are not passed on", "cc-" + trace + "-" + parent + "-ff", "03"),
    });
}

TEST(W3cCases, TraceId) {  // 3.2.2.3
    const auto id = [](const std::string& digits) { return "00-" + digits + "-" + parent + "-01"; };
    std::string upper = trace, dotted = trace;
    upper[2] = 'E', dotted[7] = '.';
    check({
        with("all zero", id(zero32)),
        with("upper case", id(upper)),
        with("no digit", id(dotted)),
        with("one digit short", id(trace.substr(1))),
        with("one digit long", id(trace + "0")),
        with("none", id("")),
    });
}

TEST(W3cCases, ParentId) {  // 3.2.2.4
    const auto id = [](const std::string& digits) { return "00-" + trace + "-" + digits + "-01"; };
    check({
        with("all zero", id(zero16)),
        with("upper case", id("EEE19B7EC3C1B174")),
        with("no digit", id("eee19b7ec3c1b17g")),
        with("one digit short", id(parent.substr(1))),
        with("one digit long", id(parent + "0")),
        with("none", id("")),
    });
}

TEST(W3cCases, TraceFlags) {  // 3.2.2.5
    const auto flags = [](const std::string& digits) { return "00-" + trace + "-" + parent + "-" + digits; };
    check({
        with("not sampled", flags("00"), "00"),
        with("sampled", flags("01"), "01"),
        with("level 2: a random id stays one, not sampled", flags("02"), "02"),
        with("level 2: a random id stays one, sampled", flags("03"), "03"),
        with("unknown bits become zero", flags("fc"), "00"),
        with("and leave the known ones", flags("ff"), "03"),
        with("upper case", flags("0A")),
        with("no digit", flags("0.")),
        with("one digit", flags("1")),
        with("three digits", flags("001")),
        with("none", flags("")),
    });
}

TEST(W3cCases, SeveralTraceparentsAndSpaces) {  // 3.2; RFC 9110, 5.3 and 5.5
    const std::string other = "00-" + trace + "-00f067aa0ba902b7-01";
    check({
        {"two of them", {{"traceparent", good}, {"traceparent", other}}},
        {"twice the same", {{"traceparent", good}, {"TraceParent", good}}},
        {"two in one field", {{"traceparent", good + "," + other}}},
        {"spaces around it", {{"traceparent", "  " + good + " "}}, "01"},
        {"tabs around it", {{"traceparent", "\t" + good + "\t "}}, "01"},
        {"a space within", {{"traceparent", "00 -" + good.substr(3)}}},
        {"empty", {{"traceparent", ""}}},
        {"a space", {{"traceparent", " "}}},
    });
}

TEST(W3cCases, TracestateNeedsATraceparent) {  // 3.3
    check({
        {"alone", {{"tracestate", "a=1"}}},
        {"beside one that cannot be read",
         {{"traceparent", "00-" + zero32 + "-" + parent + "-01"}, {"tracestate", "a=1"}}},
        {"beside two", {{"traceparent", good}, {"traceparent", good}, {"tracestate", "a=1"}}},
        {"beside a later version", {{"traceparent", "cc" + good.substr(2) + "-x"}, {"tracestate", "a=1"}}, "01", "a=1"},
        {"beside one that is not sampled",
         {{"traceparent", good.substr(0, 53) + "00"}, {"tracestate", "a=1"}},
         "00",
         "a=1"},
    });
}

TEST(W3cCases, ListsAreJoinedInOrder) {  // 3.3.2; RFC 9110, 5.3
    check({
        stated("one member", {"rojo=00f067aa0ba902b7"}, "rojo=00f067aa0ba902b7"),
        stated("the order is kept", {"b=1,a=2,c=3"}, "b=1,a=2,c=3"),
        stated("several fields are one list", {"b=1,a=2", "d=4", "c=3"}, "b=1,a=2,d=4,c=3"),
        stated("an empty field", {""}),
        stated("an empty field before", {"", "a=1"}, "a=1"),
        stated("an empty field behind", {"a=1", ""}, "a=1"),
        stated("empty members", {"a=1,,b=2,", ",c=3"}, "a=1,b=2,c=3"),
        stated("members of spaces", {" , \t,a=1, "}, "a=1"),
        stated("spaces and tabs around members", {"a=1 \t , \t b=2, \tc=3\t"}, "a=1,b=2,c=3"),
    });
}

TEST(W3cCases, Keys) {  // 3.3.2.2.1
    const std::string every = "abcdefghijklmnopqrstuvwxyz0123456789_-*/@";
    check({
        stated("every character", {every + "=1"}, every + "=1"),
        stated("a digit in front (level 2)", {"0a=1"}, "0a=1"),
        stated("a tenant (level 1)", {"fw529a3039@dt=FfIgI"}, "fw529a3039@dt=FfIgI"),
        stated("an @ at the end (level 2)", {"a@=1,b=2"}, "a@=1,b=2"),
        stated("two @ (level 2)", {"a@b@c=1,b=2"}, "a@b@c=1,b=2"),
        stated("a long system behind @ (level 2)", {"t@" + std::string(20, 'v') + "=1"},
               "t@" + std::string(20, 'v') + "=1"),
        stated("256 characters", {"b=2", std::string(256, 'z') + "=1"}, "b=2," + std::string(256, 'z') + "=1"),
        stated("257 characters", {"b=2", std::string(257, 'z') + "=1"}),
        stated("an @ in front", {"@a=1,b=2"}),
        stated("an underscore in front", {"_a=1,b=2"}),
        stated("upper case", {"A=1,b=2"}),
        stated("a dot", {"a.b=1,b=2"}),
        stated("a space behind", {"a =1,b=2"}),
        stated("none", {"=1,b=2"}),
        stated("no '='", {"a,b=2"}),
    });
}

TEST(W3cCases, Values) {  // 3.3.2.2.2
    std::string every;
    for (char c = ' '; c <= '~'; ++c)
        if (c != ',' && c != '=') every += c;
    check({
        stated("every character", {"a=" + every}, "a=" + every),
        stated("leading spaces are part of it", {"a=  1"}, "a=  1"),
        stated("trailing ones are not", {"a=1  ,b=2"}, "a=1,b=2"),
        stated("256 characters", {"a=" + std::string(256, 'v')}, "a=" + std::string(256, 'v')),
        stated("257 characters", {"a=" + std::string(257, 'v')}),
        stated("empty", {"a=,b=2"}),
        stated("only spaces", {"a=  ,b=2"}),
        stated("another '='", {"a=b=c"}),
        stated("a tab within", {"a=1\t2"}),
        stated("DEL", {"a=\x7F"}),
        stated("no ASCII", {"a=caf\xC3\xA9"}),
    });
}

std::string members(int from, int to) {
    std::string out;
    for (int i = from; i <= to; ++i) out += (out.empty() ? "k" : ",k") + std::to_string(i) + "=" + std::to_string(i);
    return out;
}

TEST(W3cCases, Limits) {  // 3.3.1.1, 3.3.1.5
    const std::string long_member = "long=" + std::string(250, 'x');
    check({
        stated("32 members", {members(1, 32)}, members(1, 32)),
        stated("32 members in four fields", {members(1, 10), members(11, 20), members(21, 30), members(31, 32)},
               members(1, 32)),
        stated("33 members", {members(1, 33)}),
        stated("33 members in two fields", {members(1, 20), members(21, 33)}),
        stated("empty members do not count", {members(1, 32) + ",,,"}, members(1, 32)),
        stated("512 characters go on", {"a=" + std::string(252, 'v') + ",b=" + std::string(255, 'v')},
               "a=" + std::string(252, 'v') + ",b=" + std::string(255, 'v')),
        stated("a member over 128 characters goes on while there is room", {"a=1," + long_member},
               "a=1," + long_member),
    });
}

// Rules that name more than one right answer: of a key that comes twice, one value is passed on, once.
TEST(W3cCases, DuplicateKeys) {  // 3.3.1.3, 3.5
    for (const std::vector<std::string>& fields :
         {std::vector<std::string>{"a=1,a=1"}, {"a=1,a=2"}, {"a=1", "a=1"}, {"a=1", "a=2"}}) {
        const auto calls = Service().called(stated("twice", fields).headers);
        EXPECT_EQ(outgoing(calls.at(0), fields[0]).first, trace);
        EXPECT_EQ(all_of(calls.at(0), "tracestate"), "a=1");
    }
    check({stated("the others stay", {"a=1,b=2,a=3,c=4"}, "a=1,b=2,c=4")});
}

TEST(W3cCases, OwnEntriesGoToTheFront) {  // 3.5
    const TraceState state = *TraceState::parse({"congo=1,rojo=2,zulu=3"});
    EXPECT_EQ(state.with("rojo", "new").view(), "rojo=new,congo=1,zulu=3");
    EXPECT_EQ(state.with("own", "4").view(), "own=4,congo=1,rojo=2,zulu=3");
    EXPECT_EQ(state.without("rojo").view(), "congo=1,zulu=3");
    EXPECT_EQ(TraceState::parse({members(1, 32)})->with("own", "0").view(), "own=0," + members(1, 31));
}

TEST(W3cCases, TruncationTakesWholeEntriesTheLongOnesFirst) {  // 3.3.1.5
    const std::string first = "first=" + std::string(200, 'x'), second = "second=" + std::string(200, 'y');
    const TraceState state = *TraceState::parse({"a=1," + first + ",b=2," + second + ",c=3"});
    EXPECT_EQ(state.to_header(state.view().size() - 1), "a=1," + first + ",b=2,c=3");
    EXPECT_EQ(state.to_header(100), "a=1,b=2,c=3");
    EXPECT_EQ(state.to_header(10), "a=1,b=2");
    EXPECT_EQ(state.to_header(2), "");
}

TEST(W3cCases, EveryCallHasAParentIdOfItsOwn) {  // 3.2.2.4, 3.4
    for (const net::Headers& headers : {net::Headers{{"traceparent", good}}, net::Headers{},
                                        net::Headers{{"traceparent", "00-" + zero32 + "-" + parent + "-01"}}}) {
        std::set<std::string> traces, parents;
        for (const net::Headers& call : Service().called(headers, 3)) {
            traces.insert(outgoing(call, "one of three").first);
            parents.insert(all_of(call, "traceparent").substr(36, 16));
        }
        EXPECT_EQ(traces.size(), 1u);
        EXPECT_EQ(traces.contains(trace), all_of(headers, "traceparent") == good);
        EXPECT_EQ(parents.size(), 3u);
    }
}

}  // namespace
}  // namespace mizzen::telemetry
