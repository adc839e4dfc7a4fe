// Why a price is what it is: the parts of the marginal supplier's price, which add up to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lodestone/insight/replay.hpp"
#include "lodestone/insight/report.hpp"
#include "lodestone/simulation/sink.hpp"

namespace lodestone::insight {

/// One part of a price.
struct Part {
  std::string id;      // "freight"
  std::string name;    // "freight"
  double value = 0;    // USD/t
  double assumed = 0;  // share of it that rests on assumed figures, 0..1
  std::string says;    // a remark; may be empty
};

/// What carries the node: an import, a plant there, a store there, or (nothing arrives) what buyers would pay.
enum class Carrier { import, facility, stock, buyers };

struct Explanation {
  world::ProductId product;
  world::RegionId region;
  base::Month month;
  bool traded = false;
  double price = 0;  // USD/t; where nothing is traded the row's dual, not a price
  double bid = 0, ask = 0;
  double licensed_price = 0;  // USD/t that holders of licences bound to them pay; 0 = nobody holds one
  double weighted_price = 0;  // USD/t: mean of what users pay
  Carrier carrier = Carrier::buyers;
  std::string supplier;             // "imports from CHN", "Kuantan"
  std::vector<Part> parts;          // sum = price
  std::vector<Explanation> origin;  // import: the origin's price explained in its turn (at most one)
  [[nodiscard]] double assumed_share() const;
};

/// The price of a node in a month, from the month alone. With `levels` > 0 the origin of an import is explained too.
///
/// Import: the route that carries most (by this month's or its usual flow) among those in use or held back by a limit:
/// price = price at the origin + VAT lost on export + export tax + freight + import tariff + calibration wedge + cost
/// of switching partners - claims of contracts + licence rent + quota rent + scarcity, where scarcity is the price now
/// less what the importer expects to get when the goods arrive (0 on a route without lag). Facility: revenue of a unit
/// of activity = inputs + cash cost + support + margin; joint products carry these in proportion to their value, so
/// that each product's parts add up to its value; scarcity is the price now less the price expected when the goods come
/// out (0 without lag).
Explanation explain(const simulation::MonthRecord& record, world::ProductId product, world::RegionId region,
                    int levels = 1);

/// Full cost of the costliest supplier that runs: its cash cost at the month's activity and the chain behind it at cash
/// cost, with freight and standing taxes, without rents, margins, levers or wedges.
struct Structural {
  bool exists = false;
  std::string facility;
  double cost = 0;     // USD/t
  double assumed = 0;  // share of the cost that rests on assumed figures
};
/// `inside` chooses facilities of region `home`, else all others.
Structural structural_price(const simulation::MonthRecord& record, world::ProductId product, world::RegionId home,
                            bool inside);

/// The region with the largest base-year output of a product; invalid when nobody makes it.
world::RegionId largest_maker(const world::World& world, world::ProductId product);

/// The whole answer to `why`: explanation, structural prices, and what the price would be without each lever.
struct Why {
  Explanation explanation;
  world::RegionId home;
  Structural inside, outside;
  struct Without {
    std::string lever;  // id; "all levers"
    std::string kind;
    bool traded = false;
    double price = 0;  // USD/t
  };
  std::vector<Without> without;
  /// Price in the stored results, and whether the replay gave the same bits.
  double stored_price = 0;
  bool same_as_stored = true;
};

Why why(const Replay& replay, world::ProductId product, world::RegionId region, base::Month month);
Report report(const Why& why, const Replay& replay);

/// "612 USD/kg = CHN 241 + freight 4 + licence rent 330"; parts too small to see are left out of the sentence.
std::string sentence(const Explanation& explanation, const world::World& world);

}  // namespace lodestone::insight
