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

TEST(Words, ProductsBeginSmallInASentenceUnlessTheyAreAFormula) {
  world::World world;
  for (const char* name : {"Yttrium oxide", "NdPr oxide", "REO", "Ga", "LME nickel"}) {
    world.products.emplace_back();
    world.products.back().name = name;
  }
  const auto said = [&](std::size_t p) { return thing_of(world, world::ProductId(p)); };
  EXPECT_EQ(said(0), "yttrium oxide");
  EXPECT_EQ(said(1), "NdPr oxide");
  EXPECT_EQ(said(2), "REO");
  EXPECT_EQ(said(3), "Ga");
  EXPECT_EQ(said(4), "LME nickel");
}

TEST(Words, IdsBecomeWords) {
  EXPECT_EQ(plain("ev-traction"), "EV traction");
  EXPECT_EQ(plain("e-bikes-and-tools"), "e-bikes and tools");
  EXPECT_EQ(plain("wind"), "wind");
}

}  // namespace
}  // namespace lodestone::insight
