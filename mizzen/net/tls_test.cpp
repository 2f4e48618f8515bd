// SPDX-License-Identifier: Apache-2.0
// TLS between two ends in simulated time: identities, protocols, and each way a certificate can be wrong.
#include "mizzen/net/tls.hpp"

#include <gtest/gtest.h>

#include "mizzen/async/delay.hpp"
#include "mizzen/async/scope.hpp"
#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/async/timeout.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/net/certificates.hpp"
#include "mizzen/net/simulated_network.hpp"

namespace mizzen::net {
namespace {
using namespace std::chrono_literals;

const WallTime start{std::chrono::seconds(1767225600)};  // as the simulated calendar
const Validity decade{start - 24h, start + 24h * 3650};
const Validity day{start - 1h, start + 24h};

const CertificateAuthority& authority() {
    static const auto ca = CertificateAuthority::create("shop CA", decade);
    return ca;
}

struct Outcome {
    std::string client, server;  // what went wrong, or what the other end is
    std::string protocol;
};

Task<> serve(Listener& listener, TlsServer& tls, Outcome& outcome) {
    try {
        auto stream = co_await tls.accept(co_await listener.accept());
        outcome.server = stream->peer().has_certificate ? stream->peer().common_name : "nobody";
        for (const auto& o : stream->peer().organizations) outcome.server += "," + o;
        char buffer[100];
        const std::size_t n = co_await stream->read(buffer);
        co_await stream->write(std::span(buffer, n));
        co_await stream->shut_down();
    } catch (const Error& e) {
        outcome.server = std::string(to_string(e.kind())) + ": " + e.what();
    }
}

Task<> visit(Network& network, std::string host, TlsClient& tls, Outcome& outcome) {
    try {
        auto stream = co_await tls.connect(co_await network.connect(host, 443), host);
        outcome.protocol = stream->protocol();
        co_await stream->write(std::string_view("hello"));
        char buffer[100];
        const std::size_t n = co_await stream->read(buffer);
        outcome.client = std::string(buffer, n);
        outcome.client += co_await stream->read(buffer) == 0 ? "." : "?";
    } catch (const Error& e) {
        outcome.client = std::string(to_string(e.kind())) + ": " + e.what();
    }
}

Outcome meet(const TlsServerOptions& server_options, const TlsClientOptions& client_options,
             const std::string& host = "shop", Duration later = 0s) {
    SimulatedLoop loop(1);
    loop.run_for(later);
    SimulatedNetwork network(loop);
    auto listener = loop.run(network.listen(host, 443));
    TlsServer server(server_options);
    TlsClient client(client_options);
    Outcome outcome;
    Scope scope(loop);
    scope.spawn(serve(*listener, server, outcome));
    scope.spawn(visit(network, host, client, outcome));
    loop.run_for(1min);
    EXPECT_EQ(scope.running(), 0u);
    return outcome;
}

TlsServerOptions server_with(const CertifiedKey& pair, std::string client_ca = "") {
    return {.certificate_pem = pair.certificate_pem, .key_pem = pair.key_pem, .client_ca_pem = std::move(client_ca)};
}
TlsServerOptions shop() {
    static const auto pair = authority().issue_server("shop", {"shop", "*.shop.example", "10.1.2.3", "::1"}, day);
    return server_with(pair);
}
TlsClientOptions trusting(const CertificateAuthority& ca = authority()) { return {.ca_pem = ca.pem().certificate_pem}; }

TEST(Tls, CarriesBytesAndChoosesAProtocol) {
    auto outcome = meet(shop(), trusting());
    EXPECT_EQ(outcome.client, "hello.");
    EXPECT_EQ(outcome.server, "nobody");
    EXPECT_EQ(outcome.protocol, "h2");
    auto options = trusting();
    options.protocols = {"http/1.1"};
    EXPECT_EQ(meet(shop(), options).protocol, "http/1.1");
    options.protocols = {"other"};
    EXPECT_EQ(meet(shop(), options).protocol, "");
    options.protocols = {};
    EXPECT_EQ(meet(shop(), options).protocol, "");
}

TEST(Tls, KnowsTheClientByItsCertificate) {
    auto server = shop();
    server.client_ca_pem = authority().pem().certificate_pem;
    auto client = trusting();
    EXPECT_EQ(meet(server, client).server, "nobody");
    const auto pair = authority().issue_client("ann", {"system:masters", "shop \xc3\xa9"}, day);
    client.certificate_pem = pair.certificate_pem;
    client.key_pem = pair.key_pem;
    auto outcome = meet(server, client);
    EXPECT_EQ(outcome.server, "ann,system:masters,shop \xc3\xa9");
    EXPECT_EQ(outcome.client, "hello.");
}

TEST(Tls, ServesEachOfTheNames) {
    for (auto host : {"shop", "a.shop.example", "10.1.2.3", "::1"})
        EXPECT_EQ(meet(shop(), trusting(), host).client, "hello.") << host;
}

TEST(Tls, RefusesAServerThatIsSomebodyElse) {
    auto denied = [](const std::string& host, const std::string& name = "") {
        auto options = trusting();
        options.server_name = name;
        return meet(shop(), options, host).client;
    };
    EXPECT_EQ(denied("other"),
              "denied: the certificate of other:443 is for shop, *.shop.example, 10.1.2.3, ::1, not for other: use one "
              "of those names");
    EXPECT_NE(denied("10.1.2.4").find("not for 10.1.2.4"), std::string::npos);
    EXPECT_NE(denied("a.b.shop.example").find("not for"), std::string::npos);
    EXPECT_EQ(denied("other", "shop"), "hello.");
}

TEST(Tls, RefusesAnUnknownAuthority) {
    const auto other = CertificateAuthority::create("other CA", decade);
    EXPECT_EQ(meet(shop(), trusting(other)).client,
              "denied: the certificate of shop:443 was issued by an unknown authority (CN=shop CA): trust its CA "
              "certificate, or use another");
    auto insecure = trusting(other);
    insecure.insecure = true;
    EXPECT_EQ(meet(shop(), insecure).client, "hello.");
    const auto impostor = CertificateAuthority::create("shop CA", decade);
    EXPECT_NE(meet(shop(), trusting(impostor)).client.find("unknown authority"), std::string::npos);
}

TEST(Tls, CertificatesExpireInSimulatedTime) {
    EXPECT_EQ(meet(shop(), trusting(), "shop", 23h).client, "hello.");
    EXPECT_EQ(meet(shop(), trusting(), "shop", 25h).client,
              "denied: the certificate of shop:443 expired at 2026-01-02T00:00:00Z: renew it, or correct this "
              "machine's clock");
    const auto future = authority().issue_server("shop", {"shop"}, {start + 1h, start + 2h});
    EXPECT_EQ(meet(server_with(future), trusting()).client,
              "denied: the certificate of shop:443 is not valid before 2026-01-01T01:00:00Z: correct this machine's "
              "clock, or wait");
}

TEST(Tls, RefusesClientsItDoesNotTrust) {
    auto server = shop();
    server.client_ca_pem = authority().pem().certificate_pem;
    const auto other = CertificateAuthority::create("other CA", decade);
    const auto stranger = other.issue_client("eve", {}, day);
    auto client = trusting();
    client.certificate_pem = stranger.certificate_pem;
    client.key_pem = stranger.key_pem;
    auto outcome = meet(server, client);
    EXPECT_NE(outcome.server.find("denied: the certificate of 10.0.0.1:50000 was issued by an unknown authority"),
              std::string::npos)
        << outcome.server;
    EXPECT_NE(outcome.client.find("denied: shop:443 refuses our certificate"), std::string::npos) << outcome.client;

    const auto expired = authority().issue_client("ann", {}, {start - 2h, start - 1h});
    client.certificate_pem = expired.certificate_pem;
    client.key_pem = expired.key_pem;
    EXPECT_NE(meet(server, client).server.find("expired at 2025-12-31T23:00:00Z"), std::string::npos);

    const auto not_a_client = authority().issue_server("shop", {"shop"}, day);
    client.certificate_pem = not_a_client.certificate_pem;
    client.key_pem = not_a_client.key_pem;
    EXPECT_EQ(meet(server, client).server.substr(0, 7), "denied:");
}

TEST(Tls, MayRequireACertificate) {
    auto server = shop();
    server.client_ca_pem = authority().pem().certificate_pem;
    server.require_client_certificate = true;
    auto outcome = meet(server, trusting());
    EXPECT_EQ(outcome.server, "denied: the TLS connection with 10.0.0.1:50000 needs a client certificate");
    EXPECT_EQ(outcome.client, "denied: the TLS connection with shop:443 needs a client certificate");
}

TEST(Tls, SaysAtOnceWhichOptionIsWrong) {
    const auto a = authority().issue_client("a", {}, day), b = authority().issue_client("b", {}, day);
    auto message = [](auto make) -> std::string {
        try {
            make();
            return "";
        } catch (const Error& e) {
            return e.what();
        }
    };
    EXPECT_EQ(message([&] { TlsServer({.certificate_pem = "x", .key_pem = a.key_pem}); }),
              "the TLS certificate is not PEM");
    EXPECT_EQ(message([&] { TlsServer({.certificate_pem = a.certificate_pem, .key_pem = "x"}); }),
              "the TLS key is not an unencrypted key in PEM");
    EXPECT_EQ(message([&] { TlsServer({.certificate_pem = a.certificate_pem, .key_pem = b.key_pem}); }),
              "the TLS key does not belong to the certificate");
    EXPECT_EQ(message([&] { TlsClient({.ca_pem = "x"}); }), "the CA certificate is not PEM");
    EXPECT_EQ(
        message([&] {
            TlsServer({.certificate_pem = a.certificate_pem, .key_pem = a.key_pem, .require_client_certificate = true});
        }),
        "client certificates are required but no CA for them is given");
}

TEST(Tls, TellsAPlainServer) {
    SimulatedLoop loop(1);
    SimulatedNetwork network(loop);
    auto listener = loop.run(network.listen("shop", 443));
    TlsClient client(trusting());
    Outcome outcome;
    Scope scope(loop);
    scope.spawn(visit(network, "shop", client, outcome));
    scope.spawn([](Listener& l) -> Task<> {
        auto stream = co_await l.accept();
        co_await stream->write(std::string_view("HTTP/1.1 400 Bad Request\r\n\r\n"));
        co_await stream->shut_down();
        co_await delay(1s);
    }(*listener));
    loop.run_for(1min);
    EXPECT_EQ(outcome.client, "retry: shop:443 does not speak TLS");
}

TEST(Tls, UsesARenewedCertificateForNewConnections) {
    SimulatedLoop loop(1);
    SimulatedNetwork network(loop);
    auto listener = loop.run(network.listen("shop", 443));
    TlsServer server(server_with(authority().issue_server("shop", {"shop"}, {start - 1h, start + 1h})));
    TlsClient client(trusting());
    loop.run_for(2h);
    auto visit_once = [&] {
        Outcome outcome;
        Scope scope(loop);
        scope.spawn(serve(*listener, server, outcome));
        scope.spawn(visit(network, "shop", client, outcome));
        loop.run_for(1min);
        return outcome.client;
    };
    EXPECT_NE(visit_once().find("expired"), std::string::npos);
    server.replace(shop());
    EXPECT_EQ(visit_once(), "hello.");
}

TEST(Tls, ACutAtAnyByteIsARetry) {
    for (std::uint64_t bytes = 1; bytes < 2600; bytes += 130) {
        SimulatedLoop loop(bytes);
        SimulatedNetwork network(loop);
        network.cut_after(0, bytes);
        auto listener = loop.run(network.listen("shop", 443));
        TlsServer server(shop());
        TlsClient client(trusting());
        Outcome outcome;
        Scope scope(loop);
        scope.spawn(serve(*listener, server, outcome));
        scope.spawn(visit(network, "shop", client, outcome));
        loop.run_for(1min);
        EXPECT_TRUE(outcome.client == "hello." || outcome.client.substr(0, 6) == "retry:")
            << bytes << " " << outcome.client;
        EXPECT_EQ(scope.running(), 0u);
    }
}

TEST(Tls, ACancelledReadLosesNothing) {
    SimulatedLoop loop(1);
    SimulatedNetwork network(loop);
    auto listener = loop.run(network.listen("shop", 443));
    TlsServer server(shop());
    TlsClient client(trusting());
    std::unique_ptr<Stream> there, here;
    Scope scope(loop);
    scope.spawn([](Listener& l, TlsServer& tls, std::unique_ptr<Stream>& out) -> Task<> {
        out = co_await tls.accept(co_await l.accept());
    }(*listener, server, there));
    scope.spawn([](Network& n, TlsClient& tls, std::unique_ptr<Stream>& out) -> Task<> {
        out = co_await tls.connect(co_await n.connect("shop", 443), "shop");
    }(network, client, here));
    loop.run(scope.join());
    const std::string text(100'000, 't');
    Scope writer(loop);
    writer.spawn([](Stream& s, const std::string& t) -> Task<> { co_await s.write(t); }(*there, text));
    std::string got;
    int cancelled = 0;
    char buffer[3000];
    while (got.size() < text.size()) {
        try {
            got.append(buffer, loop.run(timeout(30us, here->read(buffer))));
        } catch (const Cancelled&) {
            ++cancelled;
        }
    }
    EXPECT_TRUE(got == text);
    EXPECT_GT(cancelled, 0);
}

TEST(Certificates, CanBeReadAgain) {
    const auto pair = authority().issue_server("shop", {"shop", "127.0.0.1", "::1"}, day);
    const auto info = read_certificate(pair.certificate_pem);
    EXPECT_EQ(info.common_name, "shop");
    EXPECT_EQ(info.names, (std::vector<std::string>{"shop", "127.0.0.1", "::1"}));
    EXPECT_EQ(info.validity.from, day.from);
    EXPECT_EQ(info.validity.until, day.until);
    EXPECT_FALSE(info.is_authority);
    EXPECT_TRUE(read_certificate(authority().pem().certificate_pem).is_authority);
    EXPECT_THROW(read_certificate("nothing"), Error);
}

TEST(Certificates, AnAuthorityCanBeTakenUp) {
    auto again = CertificateAuthority::load(authority().pem());
    const auto pair = again.issue_server("shop", {"shop"}, day);
    EXPECT_EQ(meet(server_with(pair), trusting()).client, "hello.");
    EXPECT_THROW(CertificateAuthority::load(pair), Error);
    EXPECT_THROW(CertificateAuthority::load({authority().pem().certificate_pem, pair.key_pem}), Error);
}

}  // namespace
}  // namespace mizzen::net
