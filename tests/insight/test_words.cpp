#include <gtest/gtest.h>

#include "lodestone/insight/words.hpp"

namespace lodestone::insight {
namespace {

TEST(Words, PlacesStandInASentenceAsTheyAreSpoken) {
  world::World world;
  world.regions = {{"DEU", "Germany", false}, {"USA", "United States", false}, {"XYZ", "", true}};
  EXPECT_EQ(place_of(world, world::RegionId(std::size_t{0})), "Germany");
  EXPECT_EQ(place_of(world, world::RegionId(std::size_t{1})), "the United States");
  EXPECT_EQ(place_of(world, world::RegionId(std::size_t{2})), "XYZ");
}

TEST(Words, IdsBecomeWords) {
  EXPECT_EQ(plain("ev-traction"), "EV traction");
  EXPECT_EQ(plain("e-bikes-and-tools"), "e-bikes and tools");
  EXPECT_EQ(plain("wind"), "wind");
}

}  // namespace
}  // namespace lodestone::insight
