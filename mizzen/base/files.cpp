// SPDX-License-Identifier: Apache-2.0
// Files by POSIX calls: streams cannot set a mode at creation.
#include "mizzen/base/files.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mizzen/base/error.hpp"

namespace mizzen {
namespace {

namespace fs = std::filesystem;

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }
    bool is_open() const { return fd_ >= 0; }

  private:
    int fd_;
};

[[noreturn]] void fail(std::string_view doing, const fs::path& file, int error) {
    const ErrorKind kind = error == ENOENT                     ? ErrorKind::not_found
                           : error == EACCES || error == EPERM ? ErrorKind::denied
                                                               : ErrorKind::invalid;
    throw Error(kind, "cannot " + std::string(doing) + " " + file.string() + ": " + std::strerror(error));
}

void write_all(int fd, std::string_view content, const fs::path& file) {
    while (!content.empty()) {
        ssize_t n = ::write(fd, content.data(), content.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail("write", file, errno);
        content.remove_prefix(static_cast<std::size_t>(n));
    }
}

}  // namespace

std::string read_file(const fs::path& file) {
    Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!in.is_open()) fail("read", file, errno);
    std::string out;
    char part[16384];
    for (;;) {
        ssize_t n = ::read(in.get(), part, sizeof part);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail("read", file, errno);
        if (n == 0) return out;
        out.append(part, static_cast<std::size_t>(n));
    }
}

void write_private_file(const fs::path& file, std::string_view content) {
    std::string name = file.string() + ".XXXXXX";
    Descriptor out(::mkostemp(name.data(), O_CLOEXEC));  // mode 0600
    if (!out.is_open()) fail("write", file, errno);
    try {
        write_all(out.get(), content, file);
        if (::rename(name.c_str(), file.c_str()) != 0) fail("write", file, errno);
    } catch (const Error&) {
        ::unlink(name.c_str());
        throw;
    }
}

void make_private_folder(const fs::path& folder) {
    const fs::path above = folder.lexically_normal().parent_path();
    if (!above.empty() && !fs::exists(above)) make_private_folder(above);
    if (::mkdir(folder.c_str(), 0700) == 0) return;
    const int error = errno;
    if (error != EEXIST || !fs::is_directory(folder))
        fail("make the folder", folder, error == EEXIST ? ENOTDIR : error);
}

}  // namespace mizzen
