// Whatever the bytes: a diagnostic, never a crash and never another exception.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "lodestone/dataset/check.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;
constexpr int kTries = 600;

// Changes, drops, inserts or repeats bytes; half of the new ones are those that mean something to the readers.
std::string spoil(std::string text, std::mt19937_64& random) {
  using namespace std::string_literals;
  static const std::string special = "\",\n\r.=[]{}#'\\- 09eE\0\xFF\xC3"s;
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  const auto byte = [&] { return random() % 2 ? special[below(special.size())] : static_cast<char>(random() % 256); };
  for (auto changes = 1 + below(4); changes > 0; --changes) {
    const auto at = below(text.size());
    switch (below(5)) {
      case 0:
        text.insert(at, 1, byte());
        break;
      case 1:
        text.erase(at, 1 + below(20));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size()), below(60)));
        break;
      case 3:
        text.resize(at);
        break;
      default:
        if (!text.empty()) text[at] = byte();
    }
  }
  return text;
}

TEST(RandomBytes, NeverCrashTheReader) {
  const test::ValidCopy copy;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(copy.path())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::mt19937_64 random(20240101);
  int accepted = 0;
  for (int i = 0; i < kTries; ++i) {
    const fs::path& file = files[random() % files.size()];
    const std::string original = test::slurp(file);
    test::spill(file, spoil(original, random));
    try {
      load(copy.path());
      ++accepted;
    } catch (const base::InputError& error) {
      EXPECT_TRUE(error.diagnostics().has_errors());
    }
    EXPECT_NO_THROW(check(copy.path()));
    test::spill(file, original);
  }
  EXPECT_LT(accepted, kTries / 2);  // a changed letter in a source or a name may pass
}

}  // namespace
}  // namespace lodestone::dataset
