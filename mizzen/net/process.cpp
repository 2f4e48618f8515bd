// SPDX-License-Identifier: Apache-2.0
// Starting children with posix_spawn and learning of their end by SIGCHLD.
#include "mizzen/net/process.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstring>

#include "mizzen/base/error.hpp"

namespace mizzen::net {

namespace {

// Ours first: the first of two equal names counts.
std::vector<std::string> environment_of(const ProcessOptions& options) {
    std::vector<std::string> all;
    all.reserve(options.environment.size());
    for (const auto& [name, value] : options.environment) {
        std::string& entry = all.emplace_back(name);
        entry += '=';
        entry += value;
    }
    for (char** at = environ; options.inherit_environment && *at; ++at) {
        const std::string entry = *at;
        if (!options.environment.contains(entry.substr(0, entry.find('=')))) all.push_back(entry);
    }
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 1);
    for (auto& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

struct Actions {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;

    explicit Actions(const ProcessOptions& options) {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
        const int wanted[] = {options.input, options.output, options.error};
        for (int target = 0; target < 3; ++target) {
            if (wanted[target] >= 0) posix_spawn_file_actions_adddup2(&files, wanted[target], target);
        }
        if (!options.directory.empty()) posix_spawn_file_actions_addchdir_np(&files, options.directory.c_str());
        sigset_t all, none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setpgroup(&attributes, 0);
        const int group = options.own_group ? POSIX_SPAWN_SETPGROUP : 0;
        posix_spawnattr_setflags(&attributes,
                                 static_cast<short>(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group));
    }
    ~Actions() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
};

}  // namespace

Process::Process(SocketPoller& poller, const ProcessOptions& options)
    : children_(poller, {SIGCHLD}), own_group_(options.own_group) {
    if (options.arguments.empty()) throw Error(ErrorKind::invalid, "no program to start");
    std::vector<std::string> arguments = options.arguments;
    std::vector<std::string> environment = environment_of(options);
    Actions actions(options);
    const int failed = posix_spawnp(&pid_, arguments.front().c_str(), &actions.files, &actions.attributes,
                                    pointers(arguments).data(), pointers(environment).data());
    if (failed)
        throw Error(ErrorKind::not_found, "cannot start " + options.arguments.front() + ": " + std::strerror(failed));
}

Process::~Process() {
    if (reap(false)) return;
    signal(SIGKILL);
    reap(true);
}

bool Process::reap(bool block) {
    if (ended_) return true;
    int status = 0;
    pid_t got;
    do got = waitpid(pid_, &status, block ? 0 : WNOHANG);
    while (got < 0 && errno == EINTR);
    if (got == 0) return false;
    ended_ = true;
    code_ = got < 0 ? -1 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
}

Task<int> Process::wait() {
    while (!reap(false)) co_await children_.next();
    co_return code_;
}

void Process::signal(int number) {
    if (!ended_) kill(own_group_ ? -pid_ : pid_, number);
}

}  // namespace mizzen::net
