// SPDX-License-Identifier: Apache-2.0
// Runs the examples as their users would, and looks at what they tell. Those whose libraries are not installed are not
// built, and not run.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <string>
#include <vector>

namespace {

bool is_built(const std::string& program) {
    return ("," + std::string(EXAMPLE_PROGRAMS) + ",").find("," + program + ",") != std::string::npos;
}

// A program and what it writes to its standard output.
class Running {
  public:
    Running(const std::string& program, std::vector<std::string> arguments,
            const std::map<std::string, std::string>& variables) {
        int ends[2];
        if (pipe(ends) != 0) ADD_FAILURE() << "no pipe";
        pid_ = fork();
        if (pid_ == 0) {
            alarm(60);  // what hangs ends all the same
            dup2(ends[1], STDOUT_FILENO);
            close(ends[0]);
            for (const auto& [name, value] : variables) setenv(name.c_str(), value.c_str(), 1);
            std::string path = std::string(EXAMPLE_FOLDER) + "/" + program;
            std::vector<char*> argv = {path.data()};
            for (std::string& argument : arguments) argv.push_back(argument.data());
            argv.push_back(nullptr);
            execv(path.c_str(), argv.data());
            _exit(127);
        }
        close(ends[1]);
        output_ = ends[0];
    }
    Running(const Running&) = delete;
    ~Running() {
        if (pid_ > 0) end(SIGKILL);
        close(output_);
    }
    // Everything up to `text`, or to the end of the output.
    std::string read_until(std::string_view text) {
        std::string out;
        for (char c; out.find(text) == out.npos && read(output_, &c, 1) == 1;) out += c;
        return out;
    }
    std::string rest() {
        std::string out;
        for (char buffer[4096]; const ssize_t n = read(output_, buffer, sizeof buffer);) {
            if (n < 0) break;
            out.append(buffer, static_cast<std::size_t>(n));
        }
        return out;
    }
    // The exit status.
    int end(int signal) {
        if (signal) kill(pid_, signal);
        int status = 0;
        waitpid(std::exchange(pid_, 0), &status, 0);
        return status;
    }

  private:
    pid_t pid_ = 0;
    int output_ = -1;
};

sockaddr_in loopback(int port) {
    return {.sin_family = AF_INET,
            .sin_port = htons(static_cast<std::uint16_t>(port)),
            .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
}

int free_port() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    bind(fd, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    close(fd);
    return ntohs(address.sin_port);
}

std::string ask(int port, const std::string& request) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    std::string answer;
    if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        send(fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()))
        for (char buffer[4096]; const ssize_t n = read(fd, buffer, sizeof buffer);) {
            if (n < 0) break;
            answer.append(buffer, static_cast<std::size_t>(n));
        }
    close(fd);
    return answer;
}

std::map<std::string, std::string> telling_the_console(int prometheus_port) {
    return {{"OTEL_TRACES_EXPORTER", "console"},
            {"OTEL_LOGS_EXPORTER", "console"},
            {"OTEL_METRICS_EXPORTER", prometheus_port ? "prometheus" : "none"},
            {"OTEL_EXPORTER_PROMETHEUS_HOST", "127.0.0.1"},
            {"OTEL_EXPORTER_PROMETHEUS_PORT", std::to_string(prometheus_port)},
            {"OTEL_SERVICE_NAME", "shop"}};
}

class ServersWithThreads : public testing::TestWithParam<const char*> {};

TEST_P(ServersWithThreads, TellOfTheOrdersTheyTake) {
    const std::string program = GetParam();
    if (!is_built(program)) GTEST_SKIP() << program << " is not built: its library is not installed";
    const int scraped = free_port();
    Running server(program, {"0"}, telling_the_console(scraped));
    server.read_until("127.0.0.1:");
    const int port = std::atoi(server.read_until("\n").c_str());
    ASSERT_GT(port, 0);
    const std::string fields =
        "Host: shop\r\nTraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nConnection: "
        "close\r\nContent-Length: 0\r\n\r\n";
    EXPECT_NE(ask(port, "POST /orders HTTP/1.1\r\n" + fields).find("201 Created"), std::string::npos);
    EXPECT_NE(ask(port, "POST /orders HTTP/1.1\r\n" + fields).find("201 Created"), std::string::npos);
    EXPECT_NE(ask(port, "GET /nothing HTTP/1.1\r\n" + fields).find("404 Not Found"), std::string::npos);

    const std::string page = ask(scraped, "GET /metrics HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
    for (const char* line : {"shop_requests_total{status=\"201\"} 2\n", "shop_requests_total{status=\"404\"} 1\n",
                             "shop_wait_seconds_count 3\n"})
        EXPECT_NE(page.find(line), std::string::npos) << line << page;
    const std::string quantile = "shop_wait_seconds{quantile=\"0.99\"} ";
    const std::size_t at = page.find(quantile);
    ASSERT_NE(at, std::string::npos) << page;
    const double waited = std::strtod(page.c_str() + at + quantile.size(), nullptr);
    EXPECT_TRUE(waited > 0 && waited < 60) << waited;

    EXPECT_EQ(server.end(SIGTERM), 0);
    const std::string told = server.rest();
    for (const char* text : {"answered with 201", "answered with 404", "order  ",
                             "trace_id=0af7651916cd43dd8448eb211c80319c", "parent_id=b7ad6b7169203331"})
        EXPECT_NE(told.find(text), std::string::npos) << text << '\n' << told;
}
INSTANTIATE_TEST_SUITE_P(Examples, ServersWithThreads, testing::Values("threads_server", "beast_server"),
                         [](const auto& of) { return std::string(of.param); });

// The value behind `name`= in the line that has `word`.
std::string value_in(const std::string& text, const std::string& word, const std::string& name) {
    const std::size_t line = text.find(word);
    const std::size_t at = line == text.npos ? line : text.find(name + "=", line);
    if (at == text.npos) return "";
    const std::size_t begin = at + name.size() + 1;
    return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

TEST(GrpcGreeter, HasBothSidesOfACallInOneTrace) {
    if (!is_built("grpc_greeter")) GTEST_SKIP() << "grpc_greeter is not built: its libraries are not installed";
    Running greeter("grpc_greeter", {"Ada", ""}, telling_the_console(0));
    const std::string told = greeter.rest();
    EXPECT_EQ(greeter.end(0), 0);
    EXPECT_NE(told.find("Hello, Ada\n"), std::string::npos);
    EXPECT_NE(told.find("a greeting needs a name\n"), std::string::npos);
    const std::string name = "mizzen.example.Greeter/Greet";
    std::map<std::string, std::string> trace_of_span;  // of clients
    std::size_t servers = 0, failed = 0;
    for (const bool looks_for_servers : {false, true})
        for (std::size_t at = 0; (at = told.find(name, at)) != told.npos; ++at) {
            const std::string line = told.substr(at, told.find('\n', at) - at);
            failed += looks_for_servers && line.find(" error") != line.npos;
            if (line.find(" server") == line.npos) {
                trace_of_span[value_in(line, "", "span_id")] = value_in(line, "", "trace_id");
            } else if (looks_for_servers) {
                ++servers;
                EXPECT_EQ(trace_of_span[value_in(line, "", "parent_id")], value_in(line, "", "trace_id")) << line;
            }
        }
    EXPECT_EQ(trace_of_span.size(), 2u) << told;
    EXPECT_EQ(servers, 2u) << told;
    EXPECT_EQ(failed, 2u) << "the call without a name, on both sides\n" << told;
}

}  // namespace
