// How long defence could go on: what it gets of what it wants, and the months for which stocks at home would do.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "lodestone/insight/answer.hpp"
#include "lodestone/insight/damage.hpp"

namespace lodestone::insight {
namespace {

using store::Results;
using world::World;

constexpr const char* kDefence = "defence";
constexpr double kLong = 120;  // months: what lasts longer is as good as for ever

world::ProductId open_of(const World& world, world::ProductId product) {
  const auto open = world.products[product.index()].open;
  return open.valid() ? open : product;
}

/// Needs of one region for one product, its access classes included.
struct Need {
  std::vector<std::size_t> segments;
};

double sum(const Results& results, const char* series, std::size_t month, const std::vector<std::size_t>& entries) {
  double total = 0;
  for (const std::size_t entry : entries) total += results.variable(series).at(month, entry);
  return total;
}

double stock_of(const Results& results, const World& world, std::size_t month, world::ProductId product,
                world::RegionId region) {
  double total = 0;
  for (std::size_t s = 0; s < world.stocks.size(); ++s)
    if (world.stocks[s].region == region && open_of(world, world.stocks[s].product) == product)
      total += results.variable("stock_level").at(month, s);
  return total;
}

double made_in(const Results& results, const World& world, std::size_t month, world::ProductId product,
               world::RegionId region) {
  double total = 0;
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const auto& facility = world.facilities[f];
    if (facility.region != region || !facility.makes_something()) continue;
    for (const auto& item : world.processes[facility.process.index()].outputs)
      if (open_of(world, item.product) == product) total += item.amount * results.variable("activity").at(month, f);
  }
  return total;
}

/// If nothing came in and defence was served first. Infinite where plants at home do.
double months_of(const Results& results, const World& world, std::size_t month, world::ProductId product,
                 world::RegionId region, double need) {
  const double lacking = need - made_in(results, world, month, product, region);
  return lacking > 0 ? stock_of(results, world, month, product, region) / lacking
                     : std::numeric_limits<double>::infinity();
}

Cell months_cell(double months) {
  return months < kLong ? Cell(months) : Cell(std::string("over 120"));
}

}  // namespace

Table defence_table(const Results& results, const World& world, const DamageQuestion& question) {
  const std::size_t before = month_before(results);
  Table table{"defence",
              "How long defence could go on",
              {{"region", "where", ""},
               {"product", "product", ""},
               {"need", "wants", "t/yr"},
               {"covered", "least it got", "%"},
               {"worst", "in", ""},
               {"before", "months on stocks before", "months"},
               {"lowest", "lowest", "months"},
               {"lowest_month", "in", ""}},
              {},
              "Months for which stores and plants in the country would cover defence if nothing came in and defence "
              "was served first; plants counted at what they made that month. Users and traders would have to give "
              "up their stocks."};
  std::map<std::pair<std::size_t, std::size_t>, Need> needs;  // region, open product
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    const auto& segment = world.segments[s];
    const auto& region = world.regions[segment.region.index()].id;
    if (segment.end_use == kDefence &&
        (question.regions.empty() ||
         std::find(question.regions.begin(), question.regions.end(), region) != question.regions.end()))
      needs[{segment.region.index(), open_of(world, segment.product).index()}].segments.push_back(s);
  }
  for (const auto& [key, need] : needs) {
    const world::RegionId region(key.first);
    const world::ProductId product(key.second);
    double least = 1, lowest = std::numeric_limits<double>::infinity(), at_before = lowest;
    std::size_t least_month = before, lowest_month = before;
    for (std::size_t m = 0; m < results.months().size(); ++m) {
      const double wanted = sum(results, "reference_demand", m, need.segments);
      if (!(wanted > 0)) continue;
      if (const double got = sum(results, "consumption", m, need.segments) / wanted; got < least) {
        least = got;
        least_month = m;
      }
      const double months = months_of(results, world, m, product, region, wanted);
      if (m == before) at_before = months;
      if (months < lowest) {
        lowest = months;
        lowest_month = m;
      }
    }
    const double wants = 12 * sum(results, "reference_demand", before, need.segments);
    if (!(wants > 0)) continue;
    table.rows.push_back({world.regions[key.first].id, world.products[key.second].id, wants, 100 * least,
                          results.months()[least_month].text(), months_cell(at_before), months_cell(lowest),
                          results.months()[lowest_month].text()});
  }
  std::stable_sort(table.rows.begin(), table.rows.end(), [](const auto& a, const auto& b) {
    const auto months = [](const Cell& cell) {
      return std::holds_alternative<double>(cell) ? std::get<double>(cell) : kLong;
    };
    return months(a[6]) < months(b[6]);
  });
  return table;
}

}  // namespace lodestone::insight
