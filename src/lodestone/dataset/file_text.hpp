// The bytes of an input file, and whether they are text at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::dataset {

inline constexpr std::uintmax_t kLargestFile = 64u << 20;  // bytes

/// The whole file as UTF-8 without a byte order mark; nothing (and errors) when it is missing, a folder, unreadable,
/// larger than 64 MB, or not UTF-8 text.
std::optional<std::string> read_text(const std::filesystem::path& path, base::Diagnostics& diagnostics);

/// Takes off the byte order mark and reports NUL and other bytes that are not UTF-8 with their places; true when clean.
bool check_text(std::string& text, const std::string& file, base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
