// SPDX-License-Identifier: Apache-2.0
// Each detector, and their names.
#include "mizzen/telemetry/resource/detect.hpp"

#include <algorithm>

#include "mizzen/base/text.hpp"
#include "mizzen/base/utf8.hpp"
#include "mizzen/telemetry/resource/detail/container.hpp"
#include "mizzen/telemetry/resource/detail/kubernetes.hpp"
#include "mizzen/telemetry/resource/detail/os_release.hpp"
#include "mizzen/telemetry/semconv/container.hpp"
#include "mizzen/telemetry/semconv/host.hpp"
#include "mizzen/telemetry/semconv/process.hpp"

namespace mizzen::telemetry {
namespace {

using detail::ContainerFacts;
using detail::os_release_value;

constexpr std::size_t longest_value = 1024;

std::string_view after_last_slash(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// As Go and the conventions call it.
std::string_view architecture_of(std::string_view machine) {
    constexpr std::pair<std::string_view, std::string_view> known[] = {
        {"x86_64", "amd64"}, {"aarch64", "arm64"}, {"armv7l", "arm32"}, {"armv6l", "arm32"},
        {"i386", "x86"},     {"i686", "x86"},      {"ppc", "ppc32"},    {"ppc64le", "ppc64"},
        {"ppc64", "ppc64"},  {"s390x", "s390x"},   {"ia64", "ia64"}};
    const auto* found = std::ranges::find(known, machine, [](const auto& each) { return each.first; });
    return found == std::end(known) ? machine : found->second;
}

class Detecting {
  public:
    Detecting(const Machine& machine, const Environment& environment) : machine_(machine), environment_(environment) {}

    void run(Detector detector) {
        switch (detector) {
            case Detector::process:
                return process();
            case Detector::host:
                return host();
            case Detector::os:
                return os();
            case Detector::container:
                return set(semconv::container::id, facts().id);
            case Detector::kubernetes:
                return detail::detect_kubernetes(
                    machine_, environment_, facts(),
                    [this](std::string_view name, std::string value) { set(name, std::move(value)); });
        }
    }
    Attributes take() { return std::move(out_); }

  private:
    void process() {
        namespace process = semconv::process;
        if (machine_.pid > 0) out_.set(process::pid, machine_.pid);
        if (machine_.parent_pid > 0) out_.set(process::parent_pid, machine_.parent_pid);
        set(process::executable_path, machine_.executable);
        set(process::executable_name, std::string(after_last_slash(machine_.executable)));
        const std::string arguments = read("/proc/self/cmdline");
        set(process::command, arguments.substr(0, arguments.find('\0')));
        if (machine_.user_id) set(process::owner, detail::user_name(read("/etc/passwd"), *machine_.user_id));
        if (machine_.pid == 0) return;
#ifdef _GLIBCXX_RELEASE
        set(process::runtime_name, "libstdc++");
        set(process::runtime_version, std::to_string(_GLIBCXX_RELEASE));
#elif defined(_LIBCPP_VERSION)
        set(process::runtime_name, "libc++");
        set(process::runtime_version, std::to_string(_LIBCPP_VERSION));
#endif
    }

    // The file of an image is the same in all its containers.
    void host() {
        set(semconv::host::name, machine_.host_name);
        set(semconv::host::arch, std::string(architecture_of(machine_.architecture)));
        if (!facts().id.empty() || !facts().pod_uid.empty()) return;
        std::string id(trim(read("/etc/machine-id")));
        if (id.empty()) id = trim(read("/var/lib/dbus/machine-id"));
        if (id != "uninitialized") set(semconv::host::id, id);
    }

    void os() {
        set(semconv::os::type, to_lower(machine_.system));
        std::string text = read("/etc/os-release");
        if (text.empty()) text = read("/usr/lib/os-release");
        set(semconv::os::name, os_release_value(text, "NAME"));
        set(semconv::os::version, os_release_value(text, "VERSION_ID"));
        set(semconv::os::build_id, os_release_value(text, "BUILD_ID"));
        std::string description = os_release_value(text, "PRETTY_NAME");
        if (!machine_.system_release.empty())
            description += (description.empty() ? "" : ", ") + machine_.system + " " + machine_.system_release;
        set(semconv::os::description, std::move(description));
    }

    const ContainerFacts& facts() {
        if (!facts_) facts_ = detail::container_of(read("/proc/self/cgroup"), read("/proc/self/mountinfo"));
        return *facts_;
    }

    std::string read(std::string_view path) const { return machine_.read(path).value_or(""); }

    void set(std::string_view name, std::string value) {
        if (value.empty()) return;
        if (value.size() > longest_value) value.resize(longest_value);
        out_.set(Name::lasting(name), to_valid_utf8(value));
    }

    const Machine& machine_;
    const Environment& environment_;
    std::optional<ContainerFacts> facts_;
    Attributes out_;
};

}  // namespace

std::string_view to_string(Detector detector) {
    constexpr std::string_view names[] = {"process", "host", "os", "container", "kubernetes"};
    return names[static_cast<std::size_t>(detector)];
}

std::optional<Detector> parse_detector(std::string_view name) {
    if (name == "k8s") return Detector::kubernetes;
    for (const Detector each : all_detectors)
        if (name == to_string(each)) return each;
    return std::nullopt;
}

Attributes detect(const std::vector<Detector>& detectors, const Machine& machine, const Environment& environment) {
    Detecting detecting(machine, environment);
    for (const Detector each : detectors) detecting.run(each);
    return detecting.take();
}

}  // namespace mizzen::telemetry
