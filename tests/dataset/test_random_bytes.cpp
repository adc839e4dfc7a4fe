// Whatever the bytes: a diagnostic, never a crash and never another exception.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "lodestone/dataset/check.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "tests/support/random_bytes.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;
constexpr int kTries = 600;

// Bytes that mean something to the readers of CSV and TOML.
using namespace std::string_literals;
const std::string kSpecial = "\",\n\r.=[]{}#'\\- 09eE\0\xFF\xC3"s;

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
    test::spill(file, lodestone::test::spoil(original, kSpecial, random));
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
