// SPDX-License-Identifier: Apache-2.0
// Process: a child of this process.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "mizzen/async/task.hpp"
#include "mizzen/net/signals.hpp"

namespace mizzen::net {

struct ProcessOptions {
    std::vector<std::string> arguments;                   // the program first; it is looked up in PATH
    std::map<std::string, std::string> environment = {};  // added to, and before, what this process has
    bool inherit_environment = true;
    std::string directory = {};  // empty: this process's
    // Descriptors that become the child's standard input, output and error; -1 inherits. They stay the caller's.
    int input = -1, output = -1, error = -1;
    // A process group of its own, so that signal() reaches its children too.
    bool own_group = false;
};

class Process {
  public:
    // Starts it. Throws Error(not_found) "cannot start foo: …".
    Process(SocketPoller& poller, const ProcessOptions& options);
    // Kills it if it still runs, and waits for that.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    int pid() const { return pid_; }
    bool running() const { return !ended_; }
    // Its exit code; 128 + n if signal n ended it, as shells say. Throws Cancelled, the process goes on then.
    Task<int> wait();
    // Sends a signal; nothing happens if it has ended.
    void signal(int number);

  private:
    bool reap(bool block);
    Signals children_;
    int pid_ = -1;
    bool own_group_;
    bool ended_ = false;
    int code_ = 0;
};

}  // namespace mizzen::net
