#include "lodestone/policy/government_stock.hpp"

#include <fmt/format.h>

#include <utility>

namespace lodestone::policy {
namespace {

std::size_t government_stock(const LeverHead& head, const world::World& world) {
  const auto wrong = [](const char* key, std::string found, std::string expected) {
    return WrongOptions({{key, std::move(found), std::move(expected), ""}});
  };
  if (head.products.size() != 1)
    throw wrong("products", fmt::format("{} products", head.products.size()), "one product: one stock is meant");
  if (head.origins.size() != 1)
    throw wrong("origins", fmt::format("{} regions that hold it", head.origins.size()),
                "one region: one stock is meant");
  std::vector<std::string> held;
  for (std::size_t s = 0; s < world.stocks.size(); ++s) {
    const world::Stock& stock = world.stocks[s];
    if (stock.holder != world::Holder::government || stock.region != head.origins.front()) continue;
    if (stock.product == head.products.front()) return s;
    held.push_back(world.products[stock.product.index()].id);
  }
  const std::string& region = world.regions[head.origins.front().index()].id;
  throw wrong("products",
              fmt::format("no government stock of {} in {}", world.products[head.products.front().index()].id, region),
              held.empty() ? "a region with government stocks" : fmt::format("one of {}", fmt::join(held, ", ")));
}

}  // namespace

GovernmentStock::GovernmentStock(const LeverHead& head, const world::World& world)
    : index_(government_stock(head, world)) {}

std::size_t GovernmentStock::register_release(const world::World& world, const std::string& name, MarketNeeds& needs) {
  const world::Stock& own = stock(world);
  earlier_.clear();
  for (std::size_t r = 0; r < needs.releases.size(); ++r)
    if (!needs.releases[r].buys && needs.releases[r].product == own.product && needs.releases[r].region == own.region)
      earlier_.push_back(r);
  needs.releases.push_back({name, own.product, own.region, false});
  return needs.releases.size() - 1;
}

std::size_t GovernmentStock::register_purchase(const world::World& world, const std::string& name,
                                               MarketNeeds& needs) const {
  needs.releases.push_back({name, stock(world).product, stock(world).region, true});
  return needs.releases.size() - 1;
}

double GovernmentStock::in_store(const world::State& state, const world::Rules& rules) const {
  double left = state.stock[index_];
  for (const std::size_t r : earlier_) left -= rules.release[r];
  return left;
}

}  // namespace lodestone::policy
