// SPDX-License-Identifier: Apache-2.0
// CommandRunner: runs programs that print credentials (the exec plugins of kubeconfigs).
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "mizzen/async/task.hpp"

namespace mizzen::net {
class SocketPoller;
}

namespace mizzen::kube {

class CommandRunner {
  public:
    virtual ~CommandRunner() = default;
    // Runs `command` (the program first) to its end and gives what it printed. Its errors go to ours. Throws
    // Error(denied) if it fails, Error(not_found) if it cannot be started.
    virtual Task<std::string> run(std::vector<std::string> command, std::map<std::string, std::string> environment) = 0;
};

// With processes of the operating system.
std::unique_ptr<CommandRunner> process_runner(net::SocketPoller& poller);

}  // namespace mizzen::kube
