// The toy with governments that react.
#pragma once

#include <string>

#include "tests/simulation/watched_run.hpp"

namespace lodestone::simulation {

inline std::string condition(const std::string& observe, const std::string& more, const std::string& bound) {
  return "[[rules.when]]\nobserve = \"" + observe + "\"\n" + more + bound + "\n";
}

inline std::string lever(const std::string& kind, const std::string& more) {
  return "[[rules.levers]]\nid = \"act\"\nkind = \"" + kind + "\"\nproducts = [\"dy-oxide\"]\nmonths = 4\n" + more;
}

inline std::string rule(const std::string& id, double probability, int delay, int times, const std::string& rest) {
  return "[[rules]]\nid = \"" + id +
         "\"\ntitle = \"Acts\"\nresponse = \"supply\"\nknown-from = \"2024-01-01\"\nsource = \"test\"\ncooldown = "
         "3\ncost = 1\nprobability = " +
         std::to_string(probability) + "\ndelay = " + std::to_string(delay) + "\ntimes = " + std::to_string(times) +
         "\n" + rest;
}

inline void add_actor(world::World& world, const std::string& id, const std::string& rules) {
  world.actors.push_back({"actors/" + id + ".toml", "[actor]\nid = \"" + id + "\"\nname = \"" + id +
                                                        "\"\ngoals = [\"to live\"]\nbudget = 50\nbudget-source = "
                                                        "\"test\"\n" +
                                                        rules});
}

inline policy::Scenario scenario_of(const world::World& world, const std::string& keys, int months = 24,
                                    const std::string& levers = "") {
  return policy::parse_scenario(
      "[run]\nid = \"test\"\ntitle = \"Test\"\nquestion = \"Who reacts?\"\nstart = \"2024-01\"\nmonths = " +
          std::to_string(months) + "\n" + keys + levers,
      "test.toml", world);
}

inline const std::string kOxide = "products = [\"dy-oxide\"]\n";
inline const std::string kBan =
    "[[levers]]\nid = \"halt\"\nkind = \"export-ban\"\nactor = \"HOM\"\nproducts = [\"dy-oxide\"]\nstart = "
    "\"2024-06\"\nend = \"2024-10\"\nsource = \"test\"\n";

/// The sellers answer tariffs with a licence; the buyers buy for their stock, tax and release when trade is refused.
inline world::World world_of_two() {
  auto world = toy_with_all_holders();
  world.chronicle.usual = true;
  add_actor(world, "HOM",
            rule("answer", 0.8, 1, 2,
                 condition("levers", "by = [\"OTH\"]\nkinds = [\"import-tariff\"]\nwithin = 3\n", "above = 0") +
                     lever("export-licence", "approval-rate = 0.5\ndelay = 1\nexpiry = 6\n")));
  add_actor(
      world, "OTH",
      rule("duty", 0.8, 1, 2,
           condition("refused", kOxide, "above = 0.1") + lever("import-tariff", "origins = [\"HOM\"]\nrate = 0.1\n")) +
          rule("stock", 0.8, 0, 1,
               condition("refused", kOxide, "above = 0.05") +
                   lever("stockpile", "target = 3\nfill-months = 6\nceiling-price = 5000\n")));
  return world;
}

}  // namespace lodestone::simulation
