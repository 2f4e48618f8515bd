// SPDX-License-Identifier: Apache-2.0
// What the system says.
#include "mizzen/telemetry/resource/machine.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <array>

#include "mizzen/base/error.hpp"
#include "mizzen/base/files.hpp"

namespace mizzen::telemetry {
namespace {

std::optional<std::string> text_of(std::string_view path) {
    try {
        return read_file(std::string(path));
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::string executable() {
    std::array<char, 4096> path{};
    const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
    if (size <= 0 || static_cast<std::size_t>(size) == path.size()) return "";
    return {path.data(), static_cast<std::size_t>(size)};
}

}  // namespace

Machine this_machine() {
    Machine machine{
        .read = text_of, .pid = getpid(), .parent_pid = getppid(), .user_id = geteuid(), .executable = executable()};
    utsname names{};
    if (uname(&names) == 0) {
        machine.host_name = names.nodename;
        machine.architecture = names.machine;
        machine.system = names.sysname;
        machine.system_release = names.release;
    }
    return machine;
}

}  // namespace mizzen::telemetry
