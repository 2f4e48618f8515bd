// SPDX-License-Identifier: Apache-2.0
// Processes: names as OpenTelemetry's semantic conventions 1.44 have them.
#pragma once
#include "mizzen/telemetry/semconv/convention.hpp"
#include "mizzen/telemetry/semconv/network.hpp"
#include "mizzen/telemetry/semconv/system.hpp"

namespace mizzen::telemetry::semconv {

namespace process {

inline constexpr std::string_view args_count = "process.args_count";
inline constexpr std::string_view command = "process.command";
inline constexpr std::string_view command_args = "process.command_args";
inline constexpr std::string_view command_line = "process.command_line";
inline constexpr std::string_view context_switch_type = "process.context_switch.type";
inline constexpr std::string_view creation_time = "process.creation.time";
inline constexpr std::string_view environment_variable = "process.environment_variable";
inline constexpr std::string_view executable_build_id_gnu = "process.executable.build_id.gnu";
inline constexpr std::string_view executable_build_id_go = "process.executable.build_id.go";
inline constexpr std::string_view executable_build_id_htlhash = "process.executable.build_id.htlhash";
inline constexpr std::string_view executable_name = "process.executable.name";
inline constexpr std::string_view executable_path = "process.executable.path";
inline constexpr std::string_view exit_code = "process.exit.code";
inline constexpr std::string_view exit_time = "process.exit.time";
inline constexpr std::string_view group_leader_pid = "process.group_leader.pid";
inline constexpr std::string_view interactive = "process.interactive";
inline constexpr std::string_view linux_cgroup = "process.linux.cgroup";
inline constexpr std::string_view owner = "process.owner";
inline constexpr std::string_view parent_pid = "process.parent_pid";
inline constexpr std::string_view pid = "process.pid";
inline constexpr std::string_view real_user_id = "process.real_user.id";
inline constexpr std::string_view real_user_name = "process.real_user.name";
inline constexpr std::string_view runtime_description = "process.runtime.description";
inline constexpr std::string_view runtime_name = "process.runtime.name";
inline constexpr std::string_view runtime_version = "process.runtime.version";
inline constexpr std::string_view saved_user_id = "process.saved_user.id";
inline constexpr std::string_view saved_user_name = "process.saved_user.name";
inline constexpr std::string_view session_leader_pid = "process.session_leader.pid";
inline constexpr std::string_view state = "process.state";
inline constexpr std::string_view title = "process.title";
inline constexpr std::string_view user_id = "process.user.id";
inline constexpr std::string_view user_name = "process.user.name";
inline constexpr std::string_view vpid = "process.vpid";
inline constexpr std::string_view working_directory = "process.working_directory";

inline constexpr Attribute attributes[] = {
    {args_count, Type::integer, Stability::candidate, "How many arguments there are."},
    {command, Type::text, Stability::candidate, "The command, argument zero."},
    {command_args, Type::texts, Stability::candidate, "All arguments, the command first; secrets removed."},
    {command_line, Type::text, Stability::candidate, "All arguments as one text; secrets removed."},
    {context_switch_type, Type::text, Stability::candidate, "voluntary or involuntary."},
    {creation_time, Type::text, Stability::candidate, "When the process was made, ISO 8601."},
    {environment_variable, Type::text_by_key, Stability::candidate, "Value of one environment variable."},
    {executable_build_id_gnu, Type::text, Stability::candidate,
     "The GNU build id of the program, in hexadecimal digits."},
    {executable_build_id_go, Type::text, Stability::candidate, "The Go build id of the program."},
    {executable_build_id_htlhash, Type::text, Stability::candidate,
     "Hash of the program's head, tail and length, as profilers use it."},
    {executable_name, Type::text, Stability::candidate, "The program's file name."},
    {executable_path, Type::text, Stability::candidate, "The program's path."},
    {exit_code, Type::integer, Stability::candidate, "The exit code."},
    {exit_time, Type::text, Stability::candidate, "When the process ended, ISO 8601."},
    {group_leader_pid, Type::integer, Stability::candidate, "The process group."},
    {interactive, Type::boolean, Stability::candidate, "Whether a person sits at its terminal."},
    {linux_cgroup, Type::text, Stability::candidate, "The control group."},
    {owner, Type::text, Stability::candidate, "The user that it belongs to."},
    {parent_pid, Type::integer, Stability::candidate, "The parent's id."},
    {pid, Type::integer, Stability::candidate, "The process id."},
    {real_user_id, Type::integer, Stability::candidate, "The real user id."},
    {real_user_name, Type::text, Stability::candidate, "The real user's name."},
    {runtime_description, Type::text, Stability::candidate, "More about the runtime: its vendor."},
    {runtime_name, Type::text, Stability::candidate, "The runtime: OpenJDK, nodejs."},
    {runtime_version, Type::text, Stability::candidate, "The runtime's version."},
    {saved_user_id, Type::integer, Stability::candidate, "The saved user id."},
    {saved_user_name, Type::text, Stability::candidate, "The saved user's name."},
    {session_leader_pid, Type::integer, Stability::candidate, "The session."},
    {state, Type::text, Stability::candidate, "running, sleeping, stopped or defunct."},
    {title, Type::text, Stability::candidate, "The title that the process gave itself."},
    {user_id, Type::integer, Stability::candidate, "The effective user id."},
    {user_name, Type::text, Stability::candidate, "The effective user's name."},
    {vpid, Type::integer, Stability::candidate, "The process id in its own namespace."},
    {working_directory, Type::text, Stability::candidate, "The working directory."},
};

inline constexpr MetricAttribute of_context_switches[] = {
    {context_switch_type, Requirement::required},
};
inline constexpr MetricAttribute of_cpu_time[] = {
    {cpu::mode, Requirement::required},
};
inline constexpr MetricAttribute of_disk_io[] = {
    {disk::io_direction, Requirement::required},
};
inline constexpr MetricAttribute of_network_io[] = {
    {network::io_direction, Requirement::required},
};
inline constexpr MetricAttribute of_paging_faults[] = {
    {system::paging_fault_type, Requirement::recommended},
};

inline constexpr Metric metrics[] = {
    {"process.context_switches", MetricType::counter, "{context_switch}", Stability::candidate, of_context_switches},
    {"process.cpu.time", MetricType::counter, "s", Stability::candidate, of_cpu_time},
    {"process.cpu.utilization", MetricType::gauge, "1", Stability::candidate, of_cpu_time},
    {"process.disk.io", MetricType::counter, "By", Stability::candidate, of_disk_io},
    {"process.disk.operations", MetricType::counter, "{operation}", Stability::development, of_disk_io},
    {"process.memory.usage", MetricType::up_down_counter, "By", Stability::candidate},
    {"process.memory.utilization", MetricType::gauge, "1", Stability::development},
    {"process.memory.virtual", MetricType::up_down_counter, "By", Stability::candidate},
    {"process.network.io", MetricType::counter, "By", Stability::candidate, of_network_io},
    {"process.paging.faults", MetricType::counter, "{fault}", Stability::candidate, of_paging_faults},
    {"process.signals_pending", MetricType::up_down_counter, "{signal}", Stability::development},
    {"process.thread.count", MetricType::up_down_counter, "{thread}", Stability::candidate},
    {"process.unix.file_descriptor.count", MetricType::up_down_counter, "{file_descriptor}", Stability::candidate},
    {"process.uptime", MetricType::gauge, "s", Stability::candidate},
    {"process.windows.handle.count", MetricType::up_down_counter, "{handle}", Stability::candidate},
};

}  // namespace process

namespace thread {

inline constexpr std::string_view id = "thread.id";
inline constexpr std::string_view name = "thread.name";

inline constexpr Attribute attributes[] = {
    {id, Type::integer, Stability::development, "The thread's id as the language counts."},
    {name, Type::text, Stability::development, "The thread's name."},
};

}  // namespace thread

}  // namespace mizzen::telemetry::semconv
