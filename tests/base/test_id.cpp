#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

#include "lodestone/base/id.hpp"

namespace lodestone::base {
namespace {

using Apple = Id<struct AppleTag>;
using Pear = Id<struct PearTag>;

static_assert(!std::is_convertible_v<Apple, Pear> && !std::is_constructible_v<Apple, Pear>);
static_assert(!std::is_convertible_v<int, Apple>);

TEST(Id, IsInvalidUntilGiven) {
  EXPECT_FALSE(Apple{}.valid());
  EXPECT_TRUE(Apple(std::size_t{0}).valid());
  EXPECT_EQ(Apple(std::size_t{7}).index(), 7u);
}

TEST(Id, IsOrderedAndHashed) {
  EXPECT_LT(Apple(1), Apple(2));
  EXPECT_EQ(Apple(3), Apple(std::size_t{3}));
  EXPECT_EQ((std::unordered_set<Apple>{Apple(1), Apple(1), Apple(2)}).size(), 2u);
}

}  // namespace
}  // namespace lodestone::base
