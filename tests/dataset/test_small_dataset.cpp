// A small dataset takes from another what holds no mineral's figures, and leaves out what it does not need.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "lodestone/dataset/dataset.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const fs::path kSource = LODESTONE_SOURCE_DIR;
const fs::path kSmall = kSource / "cases" / "fictitious_metal" / "data";

ReadOptions from_shipped() {
  ReadOptions options;
  options.shipped = kSource / "data";
  return options;
}

std::string errors(const fs::path& folder, const ReadOptions& options) {
  try {
    load(folder, options);
  } catch (const base::InputError& error) {
    return error.what();
  }
  return "";
}

TEST(SmallDataset, TakesBehaviourAndMoneyFromTheShippedOne) {
  const auto small = load(kSmall, from_shipped()), shipped = load(kSource / "data");
  ASSERT_EQ(small.parameters.size(), shipped.parameters.size());
  for (std::size_t p = 0; p < small.parameters.size(); ++p)
    EXPECT_EQ(small.parameters[p].value, shipped.parameters[p].value);
  EXPECT_EQ(small.regions.size(), 4u);  // its own
  EXPECT_TRUE(small.groups.empty());    // those of other regions do not fit
}

TEST(SmallDataset, CountsContainedMetalUnlessItSaysOtherwise) {
  const auto small = load(kSmall, from_shipped());
  ASSERT_EQ(small.elements.size(), 1u);
  for (const auto& product : small.products) EXPECT_EQ(product.content, std::vector<double>{1});
}

TEST(SmallDataset, HasAHashOfWhatItTakesToo) {
  const auto small = load(kSmall, from_shipped());
  EXPECT_EQ(small.hash.size(), 64u);
  test::TemporaryFolder other;
  fs::copy(kSource / "data", other.path(), fs::copy_options::recursive);
  fs::resize_file(other.path() / "fx.csv", fs::file_size(other.path() / "fx.csv") - 1);  // its last line break
  ReadOptions options;
  options.shipped = other.path();
  EXPECT_NE(load(kSmall, options).hash, small.hash);
}

TEST(SmallDataset, NamesTheFileThatItCannotDoWithout) {
  test::TemporaryFolder copy;
  fs::copy(kSmall, copy.path(), fs::copy_options::recursive);
  fs::remove(copy.path() / "freight.csv");
  const std::string found = errors(copy.path(), from_shipped());
  EXPECT_THAT(found, HasSubstr("freight.csv"));
  EXPECT_THAT(found, HasSubstr("product,from,to,freight,unit,lag_months"));
}

TEST(SmallDataset, CannotBeReadWithoutTheOther) {
  EXPECT_THAT(errors(kSmall, {}), HasSubstr("inherits = true"));
}

}  // namespace
}  // namespace lodestone::dataset
