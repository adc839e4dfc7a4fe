// A file's checksum in a small file beside it, so that one that was cut off or altered is told from a whole one.
#pragma once

#include <filesystem>

namespace lodestone::ensemble {

/// Where the checksum of a file stands: "x.nc.crc32" of "x.nc".
std::filesystem::path checksum_file(std::filesystem::path file);

/// Writes `sum_file`: length and CRC-32 of `file`. Throws std::runtime_error when one of them cannot be read or
/// written.
void write_checksum(const std::filesystem::path& file, const std::filesystem::path& sum_file);

/// Throws base::InputError when `file` is not what `sum_file` says, naming it and what was found and expected.
void check_checksum(const std::filesystem::path& file, const std::filesystem::path& sum_file);

}  // namespace lodestone::ensemble
