// SPDX-License-Identifier: Apache-2.0
// Networks: connections, their two ends and URLs: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"

namespace mizzen::telemetry::semconv {

namespace network {

inline constexpr std::string_view carrier_icc = "network.carrier.icc";
inline constexpr std::string_view carrier_mcc = "network.carrier.mcc";
inline constexpr std::string_view carrier_mnc = "network.carrier.mnc";
inline constexpr std::string_view carrier_name = "network.carrier.name";
inline constexpr std::string_view connection_state = "network.connection.state";
inline constexpr std::string_view connection_subtype = "network.connection.subtype";
inline constexpr std::string_view connection_type = "network.connection.type";
inline constexpr std::string_view interface_name = "network.interface.name";
inline constexpr std::string_view io_direction = "network.io.direction";
inline constexpr std::string_view local_address = "network.local.address";
inline constexpr std::string_view local_port = "network.local.port";
inline constexpr std::string_view peer_address = "network.peer.address";
inline constexpr std::string_view peer_port = "network.peer.port";
inline constexpr std::string_view protocol_name = "network.protocol.name";
inline constexpr std::string_view protocol_version = "network.protocol.version";
inline constexpr std::string_view transport = "network.transport";
inline constexpr std::string_view type = "network.type";

inline constexpr Attribute attributes[] = {
    {carrier_icc, Type::text, Stability::development, "Country of the mobile carrier, ISO 3166-1 alpha-2."},
    {carrier_mcc, Type::text, Stability::development, "Country code of the mobile carrier."},
    {carrier_mnc, Type::text, Stability::development, "Network code of the mobile carrier."},
    {carrier_name, Type::text, Stability::development, "Name of the mobile carrier."},
    {connection_state, Type::text, Stability::development, "State of the TCP connection: established, time_wait."},
    {connection_subtype, Type::text, Stability::development, "Technology of the connection: lte, nr."},
    {connection_type, Type::text, Stability::development, "wifi, wired, cell, unavailable or unknown."},
    {interface_name, Type::text, Stability::candidate, "The interface: eth0."},
    {io_direction, Type::text, Stability::candidate, "transmit or receive, as the host sees it."},
    {local_address, Type::text, Stability::stable, "This side's IP address or the path of its socket."},
    {local_port, Type::integer, Stability::stable, "This side's port."},
    {peer_address, Type::text, Stability::stable, "IP address of the next hop, or the path of its socket."},
    {peer_port, Type::integer, Stability::stable, "Port of the next hop."},
    {protocol_name, Type::text, Stability::stable, "The application's protocol in lower case: http, amqp."},
    {protocol_version, Type::text, Stability::stable, "Its version as it was negotiated: 1.1, 2."},
    {transport, Type::text, Stability::stable, "tcp, udp, pipe, unix or quic."},
    {type, Type::text, Stability::stable, "ipv4 or ipv6."},
};

}  // namespace network

namespace client {

inline constexpr std::string_view address = "client.address";
inline constexpr std::string_view port = "client.port";

inline constexpr Attribute attributes[] = {
    {address, Type::text, Stability::stable, "Who asked: a name, an IP address or a socket, behind all proxies."},
    {port, Type::integer, Stability::stable, "The asker's port."},
};

}  // namespace client

namespace server {

inline constexpr std::string_view address = "server.address";
inline constexpr std::string_view port = "server.port";

inline constexpr Attribute attributes[] = {
    {address, Type::text, Stability::stable, "Who is asked: a name, an IP address or a socket."},
    {port, Type::integer, Stability::stable, "The port that is asked."},
};

}  // namespace server

namespace source {

inline constexpr std::string_view address = "source.address";
inline constexpr std::string_view port = "source.port";

inline constexpr Attribute attributes[] = {
    {address, Type::text, Stability::development, "Where a message came from, if neither side is a server."},
    {port, Type::integer, Stability::development, "The port it came from."},
};

}  // namespace source

namespace destination {

inline constexpr std::string_view address = "destination.address";
inline constexpr std::string_view port = "destination.port";

inline constexpr Attribute attributes[] = {
    {address, Type::text, Stability::development, "Where a message goes, if neither side is a server."},
    {port, Type::integer, Stability::development, "The port it goes to."},
};

}  // namespace destination

namespace url {

inline constexpr std::string_view domain = "url.domain";
inline constexpr std::string_view extension = "url.extension";
inline constexpr std::string_view fragment = "url.fragment";
inline constexpr std::string_view full = "url.full";
inline constexpr std::string_view original = "url.original";
inline constexpr std::string_view path = "url.path";
inline constexpr std::string_view port = "url.port";
inline constexpr std::string_view query = "url.query";
inline constexpr std::string_view registered_domain = "url.registered_domain";
inline constexpr std::string_view scheme = "url.scheme";
inline constexpr std::string_view subdomain = "url.subdomain";
inline constexpr std::string_view template_ = "url.template";
inline constexpr std::string_view top_level_domain = "url.top_level_domain";

inline constexpr Attribute attributes[] = {
    {domain, Type::text, Stability::development, "The host part of the URL."},
    {extension, Type::text, Stability::development, "What follows the last dot of the path's last part."},
    {fragment, Type::text, Stability::stable, "What follows the '#'."},
    {full, Type::text, Stability::stable, "The whole URL, credentials removed."},
    {original, Type::text, Stability::development, "The URL as it was found, whole or not."},
    {path, Type::text, Stability::stable, "The path, without query."},
    {port, Type::integer, Stability::development, "The port in the URL."},
    {query, Type::text, Stability::stable, "What follows the '?', secrets removed."},
    {registered_domain, Type::text, Stability::development, "The part of the host that was registered: example.com."},
    {scheme, Type::text, Stability::stable, "What stands before the first colon: https."},
    {subdomain, Type::text, Stability::development, "The part of the host before the registered domain."},
    {template_, Type::text, Stability::development, "The pattern of the path: /users/{id}."},
    {top_level_domain, Type::text, Stability::development, "The public suffix of the host: co.uk."},
};

}  // namespace url

namespace user_agent {

inline constexpr std::string_view name = "user_agent.name";
inline constexpr std::string_view original = "user_agent.original";
inline constexpr std::string_view os_name = "user_agent.os.name";
inline constexpr std::string_view os_version = "user_agent.os.version";
inline constexpr std::string_view synthetic_type = "user_agent.synthetic.type";
inline constexpr std::string_view version = "user_agent.version";

inline constexpr Attribute attributes[] = {
    {name, Type::text, Stability::development, "The program that the User-Agent header names."},
    {original, Type::text, Stability::stable, "The User-Agent header as it came."},
    {os_name, Type::text, Stability::development, "The operating system that it names."},
    {os_version, Type::text, Stability::development, "That system's version."},
    {synthetic_type, Type::text, Stability::development, "bot or test, where no person asked."},
    {version, Type::text, Stability::development, "The program's version."},
};

}  // namespace user_agent

}  // namespace mizzen::telemetry::semconv
