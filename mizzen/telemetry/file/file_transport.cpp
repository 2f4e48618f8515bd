// SPDX-License-Identifier: Apache-2.0
// Appending to a file, by the system's own calls: a stream would split lines over several writes.
#include "mizzen/telemetry/file/file_transport.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "mizzen/base/error.hpp"

namespace mizzen::telemetry {
namespace {

net::Response taken() { return {.headers = {{"content-type", "application/json"}}, .body = "{}"}; }

[[noreturn]] void fail(std::string_view doing, const std::string& path, int error) {
    throw Error(ErrorKind::invalid, fmt::format("cannot {} {}: {}", doing, path, std::strerror(error)));
}

bool is_same_file(int file, const std::string& path) {
    struct stat open{};
    struct stat named{};
    return ::fstat(file, &open) == 0 && ::stat(path.c_str(), &named) == 0 && open.st_dev == named.st_dev &&
           open.st_ino == named.st_ino;
}

std::string line_of(const net::Request& request, bool starts_anew) {
    std::string line = starts_anew ? "\n" : "";
    line += request.body.bytes().view();
    line += '\n';
    return line;
}

}  // namespace

FileTransport::~FileTransport() { close(); }

void FileTransport::close() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
}

void FileTransport::open() {
    if (file_ >= 0 && is_same_file(file_, path_)) return;
    close();
    file_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
    if (file_ < 0) fail("open", path_, errno);
    has_half_a_line_ = false;
}

Task<net::Response> FileTransport::send(net::Request request) {
    open();
    const std::string line = line_of(request, has_half_a_line_);
    ssize_t written = 0;
    do written = ::write(file_, line.data(), line.size());
    while (written < 0 && errno == EINTR);
    if (written < 0) fail("write to", path_, errno);
    has_half_a_line_ = static_cast<std::size_t>(written) < line.size();
    if (has_half_a_line_) fail("write all of a line to", path_, ENOSPC);
    co_return taken();
}

Task<net::Response> StreamTransport::send(net::Request request) {
    sink_(line_of(request, false));
    co_return taken();
}

}  // namespace mizzen::telemetry
