#include "lodestone/ensemble/checksum.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/store/whole_file.hpp"

namespace lodestone::ensemble {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 1U << 20U;
constexpr std::uintmax_t kLongestSum = 100;

std::string sum_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<char> piece(kPiece);
  uLong crc = ::crc32(0, nullptr, 0);
  std::uintmax_t bytes = 0;
  while (in.read(piece.data(), kPiece) || in.gcount() > 0) {
    crc = ::crc32(crc, reinterpret_cast<const Bytef*>(piece.data()), static_cast<uInt>(in.gcount()));
    bytes += static_cast<std::uintmax_t>(in.gcount());
  }
  if (!in.eof()) throw std::runtime_error(fmt::format("{}: cannot be read", file.string()));
  return fmt::format("{} bytes, CRC-32 {:08x}", bytes, crc);
}

}  // namespace

fs::path checksum_file(fs::path file) {
  file += ".crc32";
  return file;
}

void write_checksum(const fs::path& file, const fs::path& sum_file) {
  store::write_whole(sum_file, sum_of(file) + "\n");
}

void check_checksum(const fs::path& file, const fs::path& sum_file) {
  auto expected = store::read_whole(sum_file, kLongestSum);
  while (!expected.empty() && expected.back() == '\n') expected.pop_back();
  if (const auto found = sum_of(file); found != expected)
    throw base::InputError(
        fmt::format("{}: cut off or altered: found {}, expected {} as {} says; 'lodestone resume' "
                    "writes it again",
                    file.string(), found, expected, sum_file.filename().string()));
}

}  // namespace lodestone::ensemble
