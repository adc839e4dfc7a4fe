// A copy of tests/dataset/valid that a test may spoil.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "../support/temporary_folder.hpp"

namespace lodestone::dataset::test {

inline std::filesystem::path valid_folder() {
  return std::filesystem::path(LODESTONE_SOURCE_DIR) / "tests" / "dataset" / "valid";
}

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline void spill(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

class ValidCopy {
 public:
  ValidCopy() { std::filesystem::copy(valid_folder(), folder_.path(), std::filesystem::copy_options::recursive); }
  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }

  /// Replaces the first `what` in a file by `by`; false when the file does not have it.
  bool replace(const std::string& file, const std::string& what, const std::string& by) const {
    std::string text = slurp(path() / file);
    const auto at = text.find(what);
    if (at == std::string::npos) return false;
    spill(path() / file, text.replace(at, what.size(), by));
    return true;
  }

 private:
  lodestone::test::TemporaryFolder folder_;
};

}  // namespace lodestone::dataset::test
