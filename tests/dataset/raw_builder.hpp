// A dataset in memory, built row by row: what a test does not say is left out.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lodestone/dataset/base_year.hpp"
#include "lodestone/dataset/tables.hpp"
#include "lodestone/dataset/translate.hpp"

namespace lodestone::dataset::test {

using Items = std::vector<std::pair<std::string, double>>;

class RawBuilder {
 public:
  RawBuilder() {
    raw.id = "built";
    raw.base_year = 2024;
    parameter("trade-elasticity", 4);
    parameter("supply-elasticity", 0.1);
    parameter("qualification-cost", 0.1);
    parameter("contracted-trade", 0.5);
    parameter("contract-least-route", 0.05);
    parameter("contract-ceiling", 0.9);
    for (const auto& [id, value] :
         std::initializer_list<std::pair<const char*, double>>{{"demand-adjustment", 0.074},
                                                               {"recontracting-time", 12},
                                                               {"use-smoothing", 0.15},
                                                               {"normal-price-adaptation", 0.12},
                                                               {"forward-price-adaptation", 0.2},
                                                               {"planned-use-elasticity", 0.1},
                                                               {"stock-price-elasticity", 1.5},
                                                               {"stock-gap-closing", 0.5},
                                                               {"order-ceiling", 1.5},
                                                               {"stock-ceiling", 3.2},
                                                               {"stock-release-limit", 0.45},
                                                               {"idling-margin", 0.85},
                                                               {"idling-rate", 0.01},
                                                               {"restart-margin", 1.2},
                                                               {"restart-delay", 3},
                                                               {"restart-rate", 0.12},
                                                               {"scrapping-rate", 0.0167},
                                                               {"capacity-order-rate", 0.1},
                                                               {"capacity-order-limit", 0.059},
                                                               {"capacity-lag", 9},
                                                               {"learning-rate", 0.1},
                                                               {"experience-loss", 0.01},
                                                               {"experience-spillover", 0.02},
                                                               {"backlash-rate", 0.01},
                                                               {"backlash-half-life", 36},
                                                               {"backlash-scale", 0.02},
                                                               {"backlash-tolerance", 0.5},
                                                               {"royalty-share", 0.3},
                                                               {"bargaining-speed", 0.02},
                                                               {"expropriation-premium", 0.1},
                                                               {"expropriation-half-life", 60},
                                                               {"home-processing-charge", 0.3},
                                                               {"risk-half-life", 6.7},
                                                               {"risk-refused-trade", 0.39},
                                                               {"risk-cover", 3.2},
                                                               {"risk-normal-cover", 4},
                                                               {"trader-carry", 0.05},
                                                               {"trader-spread", 0.3},
                                                               {"speculation-horizon", 3},
                                                               {"speculation-memory", 3},
                                                               {"speculation-carry", 0.02},
                                                               {"speculation-pace", 0.25},
                                                               {"speculation-loss", 0.3},
                                                               {"qualification-shortest", 3},
                                                               {"qualification-longest", 18},
                                                               {"restraint-share", 1},
                                                               {"restraint-lag", 3},
                                                               {"restraint-band", 0.05},
                                                               {"restraint-ceiling", 0.95},
                                                               {"contract-term", 24},
                                                               {"contract-price-lag", 3},
                                                               {"contract-damages", 0.2},
                                                               {"evasion-start", 0.11},
                                                               {"evasion-growth", 0.21},
                                                               {"evasion-leaving", 0.1},
                                                               {"evasion-ceiling", 0.6},
                                                               {"evasion-margin", 1},
                                                               {"evasion-cost", 61'000}})
      parameter(id, value);
  }

  RawBuilder& regions(const std::vector<std::string>& ids) {
    for (const auto& id : ids) {
      auto& row = add(raw.regions);
      row.id = row.name = id;
    }
    return *this;
  }
  RawBuilder& product(const std::string& id, world::Stage stage = world::Stage::mining) {
    auto& row = add(raw.products);
    row.id = row.name = id;
    row.stage = stage;
    row.basis = "t";
    return *this;
  }
  RawBuilder& process(const std::string& id, world::Stage stage, const Items& inputs, const Items& outputs) {
    auto& row = add(raw.processes);
    row.id = row.name = id;
    row.stage = stage;
    for (const auto& [product_id, amount] : inputs) item(id, false, product_id, amount);
    for (const auto& [product_id, amount] : outputs) item(id, true, product_id, amount);
    return *this;
  }
  RawBuilder& facility(const std::string& id, const std::string& region, const std::string& process_id, double capacity,
                       double base_output, double cash_cost) {
    auto& row = add(raw.facilities);
    row.id = row.name = id;
    row.region = row.control = region;
    row.process = process_id;
    row.capacity = capacity;
    row.base_output = base_output;
    row.cash_cost = cash_cost;
    return *this;
  }
  /// One end use that takes what is left, or `fixed` t per month, in these shares.
  RawBuilder& demand(const std::string& product_id, const Items& shares, std::optional<double> fixed = {}) {
    auto& use = add(raw.end_uses);
    use.product = product_id;
    use.end_use = "use";
    use.share = 1;
    use.short_elasticity = -0.2;
    use.long_elasticity = -0.5;
    use.choke_multiple = 20;
    for (const auto& [region, share] : shares) {
      auto& row = add(raw.demand_shares);
      row.product = product_id;
      row.end_use = "use";
      row.region = region;
      row.share = share;
    }
    auto& total = add(raw.demand_totals);
    total.product = product_id;
    total.rule = fixed ? DemandRule::fixed : DemandRule::balance;
    total.quantity = fixed;
    return *this;
  }
  RawBuilder& price(const std::string& product_id, const std::string& region, double usd,
                    Incoterm incoterm = Incoterm::exw, bool vat_included = false,
                    world::Confidence confidence = world::Confidence::high) {
    auto& row = add(raw.prices);
    row.product = product_id;
    row.region = region;
    row.quoted = row.price = usd;
    row.date = base::whole_year(2024);
    row.currency = "USD";
    row.incoterm = incoterm;
    row.vat_included = vat_included;
    row.provenance.confidence = confidence;
    return *this;
  }
  RawBuilder& freight(double usd, int lag = 0, const std::string& from = "all", const std::string& to = "all") {
    auto& row = add(raw.freight);
    row.product = "all";
    row.from = from;
    row.to = to;
    row.freight = usd;
    row.lag_months = lag;
    return *this;
  }
  RawBuilder& tax(TaxKind kind, const std::string& from, const std::string& to, double rate,
                  const std::string& product_id = "all") {
    auto& row = add(raw.taxes);
    row.kind = kind;
    row.product = product_id;
    row.from = from;
    row.to = to;
    row.rate = rate;
    return *this;
  }
  RawBuilder& trade(const std::string& product_id, const std::string& from, const std::string& to, double flow) {
    auto& row = add(raw.trade);
    row.product = product_id;
    row.from = from;
    row.to = to;
    row.flow = flow;
    return *this;
  }
  RawBuilder& arc(const std::string& product_id, const std::string& from, const std::string& to, bool open) {
    auto& row = add(raw.arcs);
    row.product = product_id;
    row.from = from;
    row.to = to;
    row.open = open;
    return *this;
  }
  RawBuilder& stock(const std::string& product_id, const std::string& region, double cover) {
    auto& row = add(raw.stocks);
    row.product = product_id;
    row.region = region;
    row.cover_months = cover;
    return *this;
  }
  RawBuilder& government_stock(const std::string& product_id, const std::string& region, double quantity) {
    auto& row = add(raw.stocks);
    row.product = product_id;
    row.region = region;
    row.holder = world::Holder::government;
    row.quantity = quantity;
    return *this;
  }
  RawBuilder& parameter(const std::string& id, double value) {
    auto& row = add(raw.parameters);
    row.id = id;
    row.value = row.low = row.high = value;
    return *this;
  }

  world::World build(base::Diagnostics& diagnostics) const {
    auto world = translate(raw);
    complete_base_year(raw, world, diagnostics);
    return world;
  }

  RawDataset raw;

 private:
  int line_ = 0;

  template <class R>
  R& add(std::vector<R>& rows) {
    R& row = rows.emplace_back();
    row.provenance.source = "test figure";
    row.provenance.confidence = world::Confidence::high;
    row.provenance.place = {"built", ++line_, 0};
    return row;
  }
  void item(const std::string& process_id, bool output, const std::string& product_id, double amount) {
    auto& row = add(raw.recipes);
    row.process = process_id;
    row.output = output;
    row.product = product_id;
    row.amount = amount;
  }
};

}  // namespace lodestone::dataset::test
