// SPDX-License-Identifier: Apache-2.0
// Small files, read and written whole.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace mizzen {

// Throws Error(not_found, denied or invalid) "cannot read shop.yaml: No such file or directory".
std::string read_file(const std::filesystem::path& file);

// Replaces the file at once: readers see the old or the new content, never a part. Only its owner may read it (mode
// 0600), from its first moment on. Throws Error(invalid) that names the file and the reason.
void write_private_file(const std::filesystem::path& file, std::string_view content);

// Makes the folder, and those above it, where they are missing. What it makes only its owner may enter (mode 0700);
// what is there keeps its mode. Throws Error(not_found, denied or invalid) that names the folder and the reason.
void make_private_folder(const std::filesystem::path& folder);

}  // namespace mizzen
