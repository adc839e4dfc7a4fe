#include "lodestone/dataset/file_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;

// Length of the UTF-8 character that starts here, 0 when none does. Table 3-7 of the Unicode standard.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i <= to; ++i)
      if ((byte(i) & 0xC0u) != 0x80u) return false;
    return true;
  };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0x80) return first == 0 ? 0 : 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1, 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second > 0x9F;
    return follows(1, 2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && second < 0x90;
    const bool too_large = first == 0xF4 && second > 0x8F;
    return follows(1, 3) && !overlong && !too_large ? 4 : 0;
  }
  return 0;
}

std::optional<std::string> refuse(const std::string& file, std::string found, base::Diagnostics& diagnostics) {
  diagnostics.error({file}, std::move(found), fmt::format("a text file of at most {} MB", kLargestFile >> 20));
  return std::nullopt;
}

}  // namespace

bool check_text(std::string& text, const std::string& file, base::Diagnostics& diagnostics) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  constexpr int kMostReports = 5;
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  int line = 1, column = 1, bad = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(std::string_view(text).substr(i, 4));
    if (length == 0 && ++bad <= kMostReports)
      diagnostics.error({file, line, column}, fmt::format("byte 0x{:02X}", static_cast<unsigned char>(text[i])),
                        text[i] == '\0' ? "text without NUL bytes" : "UTF-8 text");
    if (text[i] == '\n') {
      ++line;
      column = 1;
    } else {
      ++column;
    }
    i += std::max<std::size_t>(length, 1);
  }
  if (bad > kMostReports)
    diagnostics.error({file}, fmt::format("{} more such bytes", bad - kMostReports), "UTF-8 text");
  return bad == 0;
}

std::optional<std::string> read_text(const fs::path& path, base::Diagnostics& diagnostics) {
  const std::string file = path.string();
  std::error_code error;
  const auto status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return refuse(file, "no such file", diagnostics);
  if (error) return refuse(file, error.message(), diagnostics);
  if (fs::is_directory(status)) return refuse(file, "this is a folder", diagnostics);
  if (!fs::is_regular_file(status)) return refuse(file, "this is not a file but a device or pipe", diagnostics);
  const auto size = fs::file_size(path, error);
  if (error) return refuse(file, error.message(), diagnostics);
  if (size > kLargestFile) return refuse(file, fmt::format("{} MB", (size >> 20) + 1), diagnostics);
  std::string text(static_cast<std::size_t>(size), '\0');
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return refuse(file, "this file may not be read", diagnostics);
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (!check_text(text, file, diagnostics)) return std::nullopt;
  return text;
}

}  // namespace lodestone::dataset
