// SPDX-License-Identifier: Apache-2.0
// Running programs and keeping what they print.
#include "mizzen/kube/client/command_runner.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include "mizzen/base/error.hpp"
#include "mizzen/net/process.hpp"

namespace mizzen::kube {
namespace {

constexpr off_t longest_output = off_t{1} << 20;

// What the program prints stays in memory: it is a credential.
class Output {
  public:
    Output() : descriptor_(::memfd_create("credential", MFD_CLOEXEC)) {
        if (descriptor_ < 0) throw Error(ErrorKind::retry, "cannot get memory for the output of a program");
    }
    Output(const Output&) = delete;
    ~Output() { ::close(descriptor_); }
    int descriptor() const { return descriptor_; }
    std::string read() const {
        const off_t size = ::lseek(descriptor_, 0, SEEK_END);
        if (size < 0 || size > longest_output) throw Error(ErrorKind::invalid, "the program printed more than 1 MiB");
        std::string text(static_cast<std::size_t>(size), '\0');
        const ssize_t got = ::pread(descriptor_, text.data(), text.size(), 0);
        text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
        return text;
    }

  private:
    int descriptor_;
};

class ProcessRunner final : public CommandRunner {
  public:
    explicit ProcessRunner(net::SocketPoller& poller) : poller_(poller) {}
    Task<std::string> run(std::vector<std::string> command, std::map<std::string, std::string> environment) override {
        Output output;
        const std::string name = command.front();
        net::ProcessOptions options{
            .arguments = std::move(command), .environment = std::move(environment), .output = output.descriptor()};
        net::Process process(poller_, options);
        const int code = co_await process.wait();
        if (code != 0) throw Error(ErrorKind::denied, name + " failed with exit code " + std::to_string(code));
        co_return output.read();
    }

  private:
    net::SocketPoller& poller_;
};

}  // namespace

std::unique_ptr<CommandRunner> process_runner(net::SocketPoller& poller) {
    return std::make_unique<ProcessRunner>(poller);
}

}  // namespace mizzen::kube
