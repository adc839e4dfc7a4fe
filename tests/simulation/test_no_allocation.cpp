// Building a month, clearing it and moving on allocate nothing once the first months are done.
#include <gtest/gtest.h>

#include "tests/simulation/reacting_toy.hpp"
#include "tests/support/count_allocations.hpp"

namespace lodestone::simulation {
namespace {

/// Counts what the engine allocates between two months; keeps nothing itself.
class Count final : public Sink {
 public:
  void month(const MonthRecord&) override {
    const long now = test::allocations.load();
    if (months_++ >= 3) between_ = std::max(between_, now - last_);
    last_ = test::allocations.load();
  }
  [[nodiscard]] long most() const { return between_; }

 private:
  int months_ = 0;
  long last_ = 0, between_ = 0;
};

long most_allocations(const world::World& world, const policy::Scenario& scenario) {
  Future future(world, scenario);
  Count count;
  future.run(count);
  return count.most();
}

TEST(FutureAllocates, NothingInAQuietMonth) {
  const auto world = toy_world();
  EXPECT_EQ(most_allocations(world, policy::reference_scenario(world, base::Month::of(2024, 1), 12)), 0);
}

TEST(FutureAllocates, NothingUnderALicence) {
  const auto world = dataset::load(std::string(LODESTONE_SOURCE_DIR) + "/data");
  const auto scenario =
      policy::read_scenario(std::string(LODESTONE_SOURCE_DIR) + "/scenarios/licence-2025.toml", world);
  EXPECT_EQ(most_allocations(world, scenario), 0);
}

TEST(FutureAllocates, NothingUnderALicenceBoundToItsHolder) {
  const auto world = toy_world();
  const auto scenario = policy::parse_scenario(
      "[run]\nid = \"test\"\ntitle = \"Test\"\nquestion = \"What happens?\"\nstart = \"2024-01\"\nmonths = 18\n"
      "[[levers]]\nid = \"licence\"\nkind = \"export-licence\"\nactor = \"HOM\"\nproducts = [\"dy-oxide\"]\n"
      "start = \"2024-04\"\nend = \"2025-04\"\nsource = \"test\"\napproval-rate = 0.5\ndelay = 2\nexpiry = 6\n"
      "bound = true\n",
      "test.toml", world);
  EXPECT_EQ(most_allocations(world, scenario), 0);
}

TEST(FutureAllocates, NothingWhileGovernmentsReact) {
  const auto world = world_of_two();
  EXPECT_EQ(most_allocations(world, scenario_of(world, "actors = [\"all\"]\n", 24, kBan)), 0);
}

TEST(FutureAllocates, NothingWhilePlantsAreFinanced) {
  const auto world = dataset::load(std::string(LODESTONE_SOURCE_DIR) + "/data");
  const auto scenario =
      policy::read_scenario(std::string(LODESTONE_SOURCE_DIR) + "/scenarios/magnet-finance-2025.toml", world);
  EXPECT_EQ(most_allocations(world, scenario), 0);
}

}  // namespace
}  // namespace lodestone::simulation
