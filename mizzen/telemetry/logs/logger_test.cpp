// SPDX-License-Identifier: Apache-2.0
// What a log call may say, how it is read again, and what does not compile.
#include "mizzen/telemetry/logs/logger.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/task.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/telemetry/logs/testing/log_world.hpp"
#include "mizzen/telemetry/trace/current_span.hpp"

namespace mizzen::telemetry {
namespace {

using namespace std::chrono_literals;

enum class Phase { pending, running };
std::string_view to_string(Phase p) { return p == Phase::pending ? "Pending" : "Running"; }
struct Point {
    int x, y;
};
std::string to_string(const Point& p) { return "(" + std::to_string(p.x) + "," + std::to_string(p.y) + ")"; }
enum class Nameless { one };

class LoggerTest : public ::testing::Test {
  protected:
    std::unique_ptr<LogRecord> one() {
        LogBatch batch = world.all();
        EXPECT_EQ(batch.size(), 1u);
        return batch.empty() ? std::make_unique<LogRecord>() : std::move(batch[0]);
    }
    std::string text() { return one()->body; }

    LogWorld world;
    const Logger log{world.provider, "kube.client"};
};

TEST_F(LoggerTest, RecordsSayWhatWasSaid) {
    world.pass(1500ns);
    log.warn("pod {} is ready", "api-1", field("k8s.pod.uid", std::string("7f3c")), field("attempt", 2));
    const auto record = one();
    EXPECT_EQ(record->time, LogWorld::start + 1500ns);
    EXPECT_EQ(record->observed, record->time);
    EXPECT_EQ(record->severity, Severity::warn);
    EXPECT_EQ(record->body, "pod api-1 is ready");
    EXPECT_EQ(record->scope->name, "kube.client");
    EXPECT_FALSE(record->span.is_valid());
    EXPECT_EQ(record->attributes, (Attributes{{"k8s.pod.uid", "7f3c"}, {"attempt", 2}}));
}

TEST_F(LoggerTest, TakesEachKindOfArgument) {
    const auto expect = [&](std::string_view wanted) { EXPECT_EQ(text(), wanted); };
    log.info("{} {}", true, false), expect("true false");
    log.info("{}{}", 'a', '}'), expect("a}");
    log.info("{} {}", std::int8_t{-5}, std::uint8_t{200}), expect("-5 200");
    log.info("{} {}", short{-3}, 7u), expect("-3 7");
    log.info("{}", std::numeric_limits<std::int64_t>::min()), expect("-9223372036854775808");
    log.info("{}", std::numeric_limits<std::uint64_t>::max()), expect("18446744073709551615");
    log.info("{} {} {}", 0.1f, 0.1, 1.5L), expect("0.1 0.1 1.5");
    log.info("{} {}", std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()),
        expect("inf -inf");
    log.info("{}|{}", std::string_view("a\0b", 3), std::string("c")), expect(std::string_view("a\0b|c", 5));
    const char* none = nullptr;
    const char* some = "some";
    char buffer[8] = "x";
    const char full[2] = {'y', 'z'};
    log.info("{} {} {} {}", none, some, buffer, full), expect("(null) some x yz");
    log.info("[{}]", ""), expect("[]");
    log.info("{} {}", Phase::running, Point{1, -2}), expect("Running (1,-2)");
    log.info("{} {} {}", 1500ms, 2h, -1ns), expect("1.5s 2h0m0s -1ns");
    log.info("{}", LogWorld::start), expect("2026-01-31T12:00:00.000000000Z");
    log.info("{}", std::runtime_error("broken")), expect("broken");
    log.info("{}", Severity::warn), expect("warn");
    log.info("{{}} {{{}}}", 1), expect("{} {1}");
    log.info("nothing"), expect("nothing");
    log.info("[{:>6}] [{:<5}] [{:#x}] [{:.2f}] [{:06d}]", "ab", Phase::pending, 255, 3.14159, -42),
        expect("[    ab] [Pending] [0xff] [3.14] [-00042]");
}

TEST_F(LoggerTest, ErrorsComeWithTheirContext) {
    Error error(ErrorKind::not_found, "no such pod");
    error.add_context("while deleting shop/api");
    log.error("{} ({})", error, error.kind());
    EXPECT_EQ(text(), "while deleting shop/api: no such pod (not_found)");
}

TEST_F(LoggerTest, FieldsKeepTheirTypes) {
    log.info("f", field("b", true), field("i", -1), field("u", std::numeric_limits<std::uint64_t>::max()),
             field("f", 0.1f), field("d", 2.5), field("s", "x"), field("p", Phase::pending), field("t", 1500ms),
             field("at", LogWorld::start), field("c", 'q'), field("pt", Point{3, 4}),
             field("inf", std::numeric_limits<float>::infinity()));
    EXPECT_EQ(one()->attributes, (Attributes{{"b", true},
                                             {"i", -1},
                                             {"u", "18446744073709551615"},
                                             {"f", 0.1},
                                             {"d", 2.5},
                                             {"s", "x"},
                                             {"p", "Pending"},
                                             {"t", "1.5s"},
                                             {"at", "2026-01-31T12:00:00.000000000Z"},
                                             {"c", "q"},
                                             {"pt", "(3,4)"},
                                             {"inf", std::numeric_limits<double>::infinity()}}));
}

TEST_F(LoggerTest, FieldsMayStandAnywhere) {
    log.info("{} and {}", field("x", 1), "a", field("y", 2), "b");
    const auto record = one();
    EXPECT_EQ(record->body, "a and b");
    EXPECT_EQ(record->attributes, (Attributes{{"x", 1}, {"y", 2}}));
}

TEST_F(LoggerTest, LongTextsAreCutAtAWholeCharacter) {
    log.info("{}", std::string(log_text_limit, 'a'));
    EXPECT_EQ(text(), std::string(log_text_limit, 'a'));
    log.info("{}", std::string(log_text_limit + 1, 'a'));
    EXPECT_EQ(text(), std::string(log_text_limit, 'a') + "…");
    for (const std::string_view wide : {"é", "€", "😀"}) {
        for (std::size_t before = 0; before < wide.size(); ++before) {
            std::string cut(log_text_limit - before, 'a');
            log.info("{}", cut + std::string(wide) + "tail", field("s", cut + std::string(wide) + "tail"));
            const auto record = one();
            EXPECT_EQ(record->body, cut + "…") << wide << before;
            EXPECT_EQ(*record->attributes.find("s")->as<std::string>(), cut + "…");
        }
        log.info("{}", std::string(log_text_limit - wide.size(), 'a') + std::string(wide) + "tail");
        EXPECT_EQ(text(), std::string(log_text_limit - wide.size(), 'a') + std::string(wide) + "…");
    }
}

TEST_F(LoggerTest, RecordsAreValidUtf8) {
    log.info("{}|{}", "a\xff", std::string(log_text_limit + 9, '\xbf'), field("f", "\xc3"), field("c", '\x80'));
    const auto record = one();
    EXPECT_TRUE(record->body.starts_with("a\xef\xbf\xbd|\xef\xbf\xbd"));
    EXPECT_TRUE(record->body.ends_with("…"));
    EXPECT_EQ(record->attributes, (Attributes{{"f", "\xef\xbf\xbd"}, {"c", "\xef\xbf\xbd"}}));
    log.info("broken \xff {}", 1);
    EXPECT_EQ(text(), "broken \xef\xbf\xbd 1");
}

TEST_F(LoggerTest, ACallInsideACallIsAMessageOfItsOwn) {
    struct Talker {
        const Logger& log;
    };
    struct Local {
        static std::string said(const Logger& log) {
            log.info("inner");
            return "outer";
        }
    };
    log.info("{}", Local::said(log));
    EXPECT_EQ(LogWorld::texts(world.all()), (std::vector<std::string>{"inner", "outer"}));
}

TEST_F(LoggerTest, CarriesTheIdsOfTheTrace) {
    const SpanContext span{.trace = {.high = 0x4bf92f3577b34da6, .low = 0xa3ce929d0e0e4736},
                           .span = {.value = 0x00f067aa0ba902b7},
                           .flags = {TraceFlags::sampled_bit}};
    log.with(span).info("in a trace {}", "x");
    EXPECT_EQ(one()->span, span);
    log.with(SpanContext{}).info("not in one");
    EXPECT_FALSE(one()->span.is_valid());
    const Span current(Propagated{.span = span});
    log.with(&current).info("of a span");
    EXPECT_EQ(one()->span, span);
    log.with(span).with(static_cast<const Span*>(nullptr)).info("no more");
    EXPECT_FALSE(one()->span.is_valid());
}

Task<void> work(Logger log) { log.with(current_span(co_await context())).info("inner"); }
Task<void> request(Logger log, SpanContext ids) {
    Span span(Propagated{.span = std::move(ids)});
    CurrentSpan current(co_await context(), span);
    co_await work(log);
}

TEST_F(LoggerTest, ATaskLogsInTheSpanItInherited) {
    SimulatedLoop loop(1);
    const SpanContext ids{.trace = {1, 2}, .span = {3}};
    loop.run(request(log, ids));
    EXPECT_EQ(one()->span, ids);
    loop.run(work(log));
    EXPECT_FALSE(one()->span.is_valid());
}

TEST_F(LoggerTest, TimeMayBeThatOfASimulation) {
    SimulatedLoop loop(1);
    LoggerProvider provider({.ticks = ticks_of(loop)});
    LogDrain drain(provider, loop.wall());
    const Logger simulated(provider, "sim");
    const WallTime start = loop.wall();
    loop.run_for(90s);
    simulated.info("later");
    loop.run_for(1h);
    const LogBatch batch = drain.drain(loop.wall());
    ASSERT_EQ(batch.size(), 1u);
    EXPECT_EQ(batch[0]->time, start + 90s);
}

TEST(Loggable, SecretsAndPointersAreNot) {
    static_assert(Loggable<int> && Loggable<char[3]> && Loggable<Phase> && Loggable<Point> && Loggable<Error>);
    static_assert(!Loggable<Secret>);
    static_assert(!Loggable<int*> && !Loggable<const void*> && !Loggable<std::nullptr_t>);
    static_assert(!Loggable<Nameless> && !Loggable<std::optional<int>> && !Loggable<std::optional<Secret>>);
    static_assert(!Loggable<wchar_t> && !Loggable<char32_t> && !Loggable<__int128> && !Loggable<Time>);
}

TEST(Fields, OfNamesThatPromiseASecretDoNotCompile) {
    using detail::field_problem;
    for (const std::string_view good :
         {"k8s.pod.uid", "k8s.secret.name", "token_count", "user/id", "a-b", "monkey", "secretary"})
        EXPECT_EQ(field_problem(good), "") << good;
    for (const std::string_view bad : {"password", "db.password", "vault_token", "http.request.header.authorization",
                                       "set-cookie", "tls.private_key", "client.secret", "API.api_key"})
        EXPECT_NE(field_problem(bad).find("would hold a secret"), std::string_view::npos) << bad;
    EXPECT_EQ(field_problem(""), "a field needs a name");
    for (const std::string_view bad : {"a b", "a=b", "ü", "a\nb", "\""})
        EXPECT_NE(field_problem(bad).find("letters, digits"), std::string_view::npos) << bad;
}

TEST(LogFormats, HaveOnePlaceForEachArgument) {
    struct Case {
        std::string_view text;
        std::size_t arguments;
        std::string_view problem_has;  // "": none
    };
    const Case cases[] = {
        {"", 0, ""},
        {"{}", 1, ""},
        {"{{}}", 0, ""},
        {"{{{}}}", 1, ""},
        {"{:>8} {}", 2, ""},
        {"{}", 0, "more {}"},
        {"{}", 2, "more arguments"},
        {"", 1, "more arguments"},
        {"{0}", 1, "positions"},
        {"{name}", 1, "names"},
        {"{:{}}", 2, "width"},
        {"{", 0, "positions"},
        {"{:>8", 1, "without its }"},
        {"}", 0, "single }"},
        {"{}}", 1, "single }"},
        {std::string_view("\0", 1), 0, "zero byte"},
    };
    for (const Case& c : cases) {
        const std::string_view problem = detail::format_problem(c.text, c.arguments);
        if (c.problem_has.empty())
            EXPECT_EQ(problem, "") << c.text;
        else
            EXPECT_NE(problem.find(c.problem_has), std::string_view::npos) << c.text << ": " << problem;
    }
}

}  // namespace
}  // namespace mizzen::telemetry
