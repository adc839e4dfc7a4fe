#include "lodestone/store/whole_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, std::string found, std::string expected) {
  base::Diagnostics wrong;
  wrong.error({file.string()}, std::move(found), std::move(expected));
  throw base::InputError(std::move(wrong));
}

[[noreturn]] void cannot_write(const fs::path& file, int reason) {
  refuse(file, "cannot be written: " + std::generic_category().message(reason), "a place where files can be written");
}

/// 0, or the error number.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

bool is_device(const fs::path& file) {
  std::error_code ignored;
  const auto status = fs::status(file, ignored);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

void write_to_device(const fs::path& file, std::string_view text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) cannot_write(file, errno);
  const int reason = write_all(descriptor, text);
  ::close(descriptor);
  if (reason != 0) cannot_write(file, reason);
}

void bring_to_disk(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

std::string read_whole(const fs::path& file, std::uintmax_t most) {
  const std::string expected = fmt::format("a file of at most {} MB", most >> 20);
  std::error_code error;
  const auto status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found) refuse(file, "no such file", expected);
  if (error) refuse(file, error.message(), expected);
  if (!fs::is_regular_file(status)) refuse(file, fs::is_directory(status) ? "a folder" : "a device or pipe", expected);
  const auto size = fs::file_size(file, error);
  if (error) refuse(file, error.message(), expected);
  if (size > most) refuse(file, fmt::format("{} MB", (size >> 20) + 1), expected);
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(file, "a file that may not be read", expected);
  std::string text(static_cast<std::size_t>(size), '\0');
  in.read(text.data(), static_cast<std::streamsize>(size));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

void write_whole(const fs::path& file, std::string_view text) {
  if (is_device(file)) {
    write_to_device(file, text);
    return;
  }
  std::string beside = file.string() + ".XXXXXX";
  const int descriptor = ::mkostemp(beside.data(), O_CLOEXEC);
  if (descriptor < 0) cannot_write(file, errno);
  ::fchmod(descriptor, 0644);
  int reason = write_all(descriptor, text);
  if (reason == 0 && ::fsync(descriptor) != 0) reason = errno;
  if (::close(descriptor) != 0 && reason == 0) reason = errno;
  if (reason == 0 && ::rename(beside.c_str(), file.c_str()) != 0) reason = errno;
  if (reason == 0) return;
  ::unlink(beside.c_str());
  cannot_write(file, reason);
}

void give_name(const fs::path& part, const fs::path& file) {
  bring_to_disk(part);
  fs::rename(part, file);
  bring_to_disk(file.parent_path());
}

}  // namespace lodestone::store
