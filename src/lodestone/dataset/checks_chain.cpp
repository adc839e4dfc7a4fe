// Checks of the chain: compositions, recipes, and what the base year makes and uses.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "lodestone/dataset/base_year.hpp"
#include "lodestone/dataset/checks.hpp"
#include "lodestone/dataset/composition.hpp"
#include "lodestone/dataset/hierarchy.hpp"

namespace lodestone::dataset {
namespace {

constexpr double kTolerance = 1e-6;

// Of a product: where its composition begins, or the product itself when it has none.
base::Place composition_place(const RawDataset& raw, const ProductRow& product) {
  for (const auto& row : raw.compositions)
    if (row.product == product.id) return row.place("share");
  return product.place("id");
}

const ProcessRow* find_process(const RawDataset& raw, const std::string& id) {
  const auto it =
      std::find_if(raw.processes.begin(), raw.processes.end(), [&](const auto& row) { return row.id == id; });
  return it == raw.processes.end() ? nullptr : &*it;
}

// World supply and use in the chain of each product in the base year, t per month.
struct Balance {
  double made = 0, used = 0;
};

std::map<std::string, Balance> base_year_balance(const RawDataset& raw) {
  std::map<std::string, double> activity;
  const auto net = net_of_children(raw);
  for (std::size_t f = 0; f < net.size(); ++f) activity[raw.facilities[f].process] += net[f].base_output;
  std::map<std::string, Balance> balance;
  for (const auto& product : raw.products) balance[product.id];
  for (const auto& item : raw.recipes)
    (item.output ? balance[item.product].made : balance[item.product].used) += item.amount * activity[item.process];
  return balance;
}

}  // namespace

void check_compositions(const RawDataset& raw, base::Diagnostics& diagnostics) {
  const auto sums = composition_sums(raw);
  for (const auto& product : raw.products) {
    const double sum = sums.at(product.id);
    const auto place = composition_place(raw, product);
    if (sum == 0) {
      diagnostics.error(place, fmt::format("product '{}' contains nothing", product.id), "rows in compositions.csv");
    } else if (is_concentrate(product) && (sum < 0.97 || sum > 1.03)) {
      diagnostics.error(place, fmt::format("composition of '{}' sums to {:.6g}", product.id, sum),
                        "1 (0.97 to 1.03 is normalised) for a concentrate on REO basis");
    } else if (is_concentrate(product) && std::abs(sum - 1) > kTolerance) {
      diagnostics.warning(place, fmt::format("composition of '{}' sums to {:.6g}", product.id, sum),
                          "1; it was normalised");
    } else if (product.basis == "REO" && sum > 1.03) {
      diagnostics.error(place, fmt::format("composition of '{}' sums to {:.6g}", product.id, sum),
                        "at most 1 for a product on REO basis");
    }
  }
}

void check_recipes(const RawDataset& raw, base::Diagnostics& diagnostics) {
  std::map<std::string, world::Stage> stage;
  for (const auto& product : raw.products) stage[product.id] = product.stage;
  std::set<std::string> takes, gives;
  for (const auto& item : raw.recipes) {
    (item.output ? gives : takes).insert(item.process);
    const ProcessRow* process = find_process(raw, item.process);
    if (process == nullptr) continue;
    if (!item.output && process->stage == world::Stage::mining)
      diagnostics.error(item.place("direction"), fmt::format("an input of mining process '{}'", item.process),
                        "mining without inputs of the chain");
    if (item.output && stage[item.product] != process->stage && process->stage != world::Stage::recycling &&
        (stage[item.product] != world::Stage::recycling || process->stage == world::Stage::mining))
      diagnostics.error(
          item.place("product"),
          fmt::format("process '{}' of stage {} makes '{}' of stage {}", item.process, world::to_string(process->stage),
                      item.product, world::to_string(stage[item.product])),
          "products of the stage that makes them; scrap (stage recycling) from any but mining; anything from "
          "recycling");
  }
  for (const auto& process : raw.processes) {
    if (!gives.contains(process.id))
      diagnostics.error(process.place("id"), fmt::format("process '{}' gives nothing", process.id),
                        "an output in recipes.csv");
    if (process.stage != world::Stage::mining && !takes.contains(process.id))
      diagnostics.error(process.place("id"), fmt::format("process '{}' takes nothing", process.id),
                        "an input in recipes.csv (only mining has none)");
  }
}

void check_mass_balance(const RawDataset& raw, base::Diagnostics& diagnostics) {
  const auto contents = compositions(raw);
  for (const auto& process : raw.processes) {
    if (process.stage == world::Stage::mining) continue;
    std::vector<double> gain(raw.elements.size(), 0.0);
    const RecipeRow* first_output = nullptr;
    for (const auto& item : raw.recipes) {
      if (item.process != process.id) continue;
      if (item.output && first_output == nullptr) first_output = &item;
      const auto& content = contents.at(item.product);
      for (std::size_t e = 0; e < gain.size(); ++e) gain[e] += (item.output ? 1 : -1) * item.amount * content[e];
    }
    if (first_output == nullptr) continue;
    for (std::size_t e = 0; e < gain.size(); ++e)
      if (gain[e] > kTolerance)
        diagnostics.error(first_output->place("amount"),
                          fmt::format("process '{}' creates {:.6g} t of '{}' per t of activity", process.id, gain[e],
                                      raw.elements[e].id),
                          "outputs that contain no more of an element than the inputs");
  }
}

void check_supply(const RawDataset& raw, base::Diagnostics& diagnostics) {
  const auto balance = base_year_balance(raw);
  std::map<std::string, const DemandTotalRow*> totals;
  for (const auto& row : raw.demand_totals) totals[row.product] = &row;
  for (const auto& product : raw.products) {
    const Balance& b = balance.at(product.id);
    const double left = b.made - b.used;
    const double closed = std::max(kReconciled * b.made, 1e-6);  // by moving figures a little
    const DemandTotalRow* total = totals.contains(product.id) ? totals.at(product.id) : nullptr;
    if (left < -closed)
      diagnostics.error(
          product.place("id"),
          fmt::format("the base year uses {:.6g} t/month of '{}' and makes {:.6g}", b.used, product.id, b.made),
          "processing that uses no more than is made (facilities.csv, base_output)");
    else if (total == nullptr && left > closed)
      diagnostics.warning(product.place("id"),
                          fmt::format("{:.3g} % of the base year's '{}' has no use", 100 * left / b.made, product.id),
                          "demand in demand_totals.csv, or more processing");
    else if (total != nullptr && total->rule == DemandRule::fixed && total->quantity.value_or(0) > left + closed)
      diagnostics.error(total->place("quantity"),
                        fmt::format("demand for '{}' of {:.6g} t/month", product.id, *total->quantity),
                        fmt::format("at most the {:.6g} t/month that the base year leaves", left));
  }
}

}  // namespace lodestone::dataset
