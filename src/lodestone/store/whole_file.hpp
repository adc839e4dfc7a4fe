// Files read and written as a whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace lodestone::store {

/// The bytes of a file. Throws base::InputError when it is missing, no regular file, unreadable or larger than `most`.
std::string read_whole(const std::filesystem::path& file, std::uintmax_t most);

/// Writes beside `file`, brings it to the disk and renames: whoever looks sees the old file or the whole new one.
/// Devices and pipes are written to as they are. Throws base::InputError when it cannot be written; nothing is left.
void write_whole(const std::filesystem::path& file, std::string_view text);

/// Brings a closed file to the disk and gives it its name: a file of that name is always whole. Throws
/// std::filesystem::filesystem_error.
void give_name(const std::filesystem::path& part, const std::filesystem::path& file);

}  // namespace lodestone::store
