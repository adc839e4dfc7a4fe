// Node prices of the base year: quotes where there are any, elsewhere what trade implies.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

// Weight of a quote by its confidence: each step down counts half.
double weight_of(world::Confidence confidence) {
  constexpr std::array kWeight{8.0, 4.0, 2.0, 1.0};
  return kWeight[static_cast<std::size_t>(confidence)];
}

// The rate of an ad-valorem tax on a node's routes of one direction: averaged over their flows, or plainly when unused.
template <class Touches, class Rate>
double average_rate(const world::World& world, const Touches& touches, const Rate& rate) {
  double flow = 0, weighted = 0, plain = 0, count = 0;
  for (const auto& arc : world.arcs) {
    if (!touches(arc)) continue;
    flow += arc.base_flow;
    weighted += arc.base_flow * rate(arc);
    plain += rate(arc);
    ++count;
  }
  if (flow > 0) return weighted / flow;
  return count > 0 ? plain / count : 0;
}

double without_vat(BaseYear& base, const PriceRow& row) {
  if (!row.vat_included) return row.price;
  const TaxRow* vat = vat_of(base, row.product, row.region);
  return row.price / (1 + (vat == nullptr ? 0 : vat->rate));
}

// A quote as a price at the node: without VAT, ex works, duty paid. An FOB quote carries the VAT that is not refunded
// on export, a CIF quote carries the import duty only when it says so.
double node_price(BaseYear& base, const PriceRow& row) {
  const auto product = base.world.find_product(row.product);
  const auto region = base.world.find_region(row.region);
  const double price = without_vat(base, row);
  if (row.incoterm == Incoterm::fob)
    return price / (1 + average_rate(
                            base.world, [&](const auto& arc) { return arc.product == product && arc.from == region; },
                            [](const auto& arc) { return arc.export_vat; }));
  if (row.incoterm == Incoterm::cif && !row.duty_included)
    return price * (1 + average_rate(
                            base.world, [&](const auto& arc) { return arc.product == product && arc.to == region; },
                            [](const auto& arc) { return arc.base_tariff; }));
  return price;
}

struct Average {
  double weight = 0, sum = 0;
  std::vector<const world::Provenance*> figures;
  void add(double value, double w, const world::Provenance& provenance) {
    weight += w;
    sum += w * value;
    figures.push_back(&provenance);
  }
  [[nodiscard]] double value() const { return sum / weight; }
};

class Pricer {
 public:
  explicit Pricer(BaseYear& base) : base_(base), world_(base.world), priced_(world_.nodes(), false) {}

  void run() {
    world_.base_price.assign(world_.nodes(), 0.0);
    world_.price_provenance.assign(world_.nodes(), {});
    mark_needed();
    set_quotes();
    set_surpluses();
    while (spread(true) || spread(false)) continue;
    set_the_rest();
  }

 private:
  BaseYear& base_;
  world::World& world_;
  std::vector<bool> priced_, needed_;

  // Nodes with a plant, a user or a route.
  void mark_needed() {
    needed_.assign(world_.nodes(), false);
    for (std::size_t n = 0; n < world_.nodes(); ++n) needed_[n] = base_.may_make[n] || base_.may_use[n];
    for (const auto& arc : world_.arcs) {
      needed_[world_.node(arc.product, arc.from)] = true;
      needed_[world_.node(arc.product, arc.to)] = true;
    }
  }

  void set(std::size_t node, double price, world::Provenance provenance) {
    world_.base_price[node] = price;
    world_.price_provenance[node] = std::move(provenance);
    priced_[node] = true;
  }

  void set_quotes() {
    std::vector<Average> quotes(world_.nodes());
    for (const auto& row : base_.raw.prices)
      quotes[world_.node(world_.find_product(row.product), world_.find_region(row.region))].add(
          node_price(base_, row), weight_of(row.provenance.confidence), row.provenance);
    for (std::size_t n = 0; n < quotes.size(); ++n) {
      const auto& figures = quotes[n].figures;
      if (figures.size() == 1)
        set(n, quotes[n].value(), *figures.front());
      else if (!figures.empty())
        set(n, quotes[n].value(), derived_from("quotes averaged by confidence", figures));
    }
  }

  // What is thrown away is worth nothing where it is thrown away.
  void set_surpluses() {
    for (std::size_t n = 0; n < world_.nodes(); ++n)
      if (base_.surplus[n] > 0)
        set(n, 0,
            derived_from("more is made than is wanted", {&world_.products[n / world_.regions.size()].provenance}));
  }

  // Prices nodes that trade with priced ones in the base year, importers at landed cost or exporters at netback, both
  // averaged over their flows; true when any was priced. All from the prices before, so that no order matters.
  bool spread(bool importers) {
    std::vector<Average> averages(world_.nodes());
    for (const auto& arc : world_.arcs) {
      const auto from = world_.node(arc.product, arc.from), to = world_.node(arc.product, arc.to);
      const auto known = importers ? from : to, wanted = importers ? to : from;
      if (!(arc.base_flow > 0) || !priced_[known] || priced_[wanted]) continue;
      const double price =
          importers ? landed_cost(arc, world_.base_price[known]) : netback(arc, world_.base_price[known]);
      averages[wanted].add(price, arc.base_flow, world_.price_provenance[known]);
    }
    bool any = false;
    for (std::size_t n = 0; n < averages.size(); ++n) {
      if (averages[n].figures.empty() || !(averages[n].value() > 0)) continue;
      set(n, averages[n].value(),
          derived_from(importers ? "landed cost" : "netback from importers", averages[n].figures));
      any = true;
    }
    return any;
  }

  // Nodes that trade with no priced one: the product's mean price, assumed.
  void set_the_rest() {
    for (std::size_t n = 0; n < world_.nodes(); ++n) {
      if (!needed_[n] || priced_[n]) continue;
      const std::size_t product = n / world_.regions.size();
      auto provenance = derived_from("mean price of the product", {&world_.products[product].provenance});
      provenance.confidence = world::Confidence::assumed;
      set(n, mean_price(product), std::move(provenance));
    }
  }

  // Mean over the priced nodes with turnover that quotes or trade gave, weighted by turnover; else the mean quote.
  [[nodiscard]] double mean_price(std::size_t product) const {
    double weight = 0, sum = 0;
    for (std::size_t r = 0; r < world_.regions.size(); ++r) {
      const std::size_t n = product * world_.regions.size() + r;
      if (!priced_[n] || base_.surplus[n] > 0) continue;
      const double turnover = base_.made[n] + base_.imported[n];
      weight += turnover;
      sum += turnover * world_.base_price[n];
    }
    return sum > 0 ? sum / weight : base_.quote[product];
  }
};

void check_vat(BaseYear& base) {
  for (const auto& row : base.raw.prices)
    if (row.vat_included && vat_of(base, row.product, row.region) == nullptr)
      base.diagnostics.error(row.place("vat"), fmt::format("a price in {} with VAT of an unknown rate", row.region),
                             fmt::format("a row of kind vat from {} in taxes.csv", row.region));
}

}  // namespace

double landed_cost(const world::Arc& arc, double price) {
  return (1 + arc.base_tariff) * ((1 + arc.export_vat) * price + arc.freight);
}

double netback(const world::Arc& arc, double price) {
  return (price / (1 + arc.base_tariff) - arc.freight) / (1 + arc.export_vat);
}

void average_quotes(BaseYear& base) {
  check_vat(base);
  std::vector<Average> averages(base.world.products.size());
  for (const auto& row : base.raw.prices)
    averages[base.world.find_product(row.product).index()].add(without_vat(base, row),
                                                               weight_of(row.provenance.confidence), row.provenance);
  base.quote.clear();
  for (const Average& average : averages) base.quote.push_back(average.value());
}

void price_nodes(BaseYear& base) {
  Pricer(base).run();
}

}  // namespace lodestone::dataset
