// The possible routes of each product, with freight, time at sea and standing taxes.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

// Months of the base year in which a row is in force.
int months_in_force(const Row& row, int year) {
  const auto first = std::max(row.provenance.valid_from.in_month(), base::Month::of(year, 1));
  const auto last = std::min(row.provenance.valid_to.in_month(), base::Month::of(year, 12));
  return last - first + 1;
}

// The taxes of one kind on one product; of rows for the same route the one in force for most of the base year.
std::vector<const TaxRow*> taxes_on(const RawDataset& raw, TaxKind kind, const std::string& product) {
  std::map<std::tuple<std::string, std::string, std::string>, const TaxRow*> longest;
  for (const TaxRow* row : rows_of_product(raw.taxes, product)) {
    if (row->kind != kind || months_in_force(*row, raw.base_year) <= 0) continue;
    const TaxRow*& best = longest[{row->product, row->from, row->to}];
    if (best == nullptr || months_in_force(*row, raw.base_year) > months_in_force(*best, raw.base_year)) best = row;
  }
  std::vector<const TaxRow*> out;
  out.reserve(longest.size());
  for (const auto& entry : longest) out.push_back(entry.second);
  return out;
}

// What holds on every route of one product.
struct ProductRoutes {
  std::vector<const FreightRow*> freight;
  std::vector<const TaxRow*> export_vat, export_duty, tariff;
  std::vector<const ArcRow*> exceptions;
  std::set<std::string> reexporters;
};

ProductRoutes routes_of(const RawDataset& raw, const std::string& product) {
  ProductRoutes routes{rows_of_product(raw.freight, product),        taxes_on(raw, TaxKind::export_vat, product),
                       taxes_on(raw, TaxKind::export_duty, product), taxes_on(raw, TaxKind::import_tariff, product),
                       rows_of_product(raw.arcs, product),           {}};
  for (const auto& row : raw.trade)
    if (row.product == product && row.flow > 0) routes.reexporters.insert(row.from);
  return routes;
}

class RouteBuilder {
 public:
  explicit RouteBuilder(BaseYear& base) : base_(base) {}

  void add_product(world::ProductId product) {
    const auto& world = base_.world;
    const auto routes = routes_of(base_.raw, world.products[product.index()].id);
    for (std::size_t from = 0; from < world.regions.size(); ++from)
      for (std::size_t to = 0; to < world.regions.size(); ++to)
        if (from != to && possible(product, world::RegionId(from), world::RegionId(to), routes))
          add(product, world::RegionId(from), world::RegionId(to), routes);
  }

 private:
  BaseYear& base_;
  std::set<const Row*> reported_;

  // Any maker or re-exporter to any user or re-exporter, unless arcs.csv says otherwise.
  bool possible(world::ProductId product, world::RegionId from, world::RegionId to, const ProductRoutes& routes) const {
    const auto& world = base_.world;
    const std::string &origin = world.regions[from.index()].id, &destination = world.regions[to.index()].id;
    const auto exception = most_specific(routes.exceptions, origin, destination, base_.places);
    if (exception.row != nullptr) return exception.row->open;
    return (base_.may_make[world.node(product, from)] || routes.reexporters.contains(origin)) &&
           (base_.may_use[world.node(product, to)] || routes.reexporters.contains(destination));
  }

  double rate(const std::vector<const TaxRow*>& rows, const std::string& from, const std::string& to) {
    const auto best = most_specific(rows, from, to, base_.places);
    if (best.row == nullptr) return 0;
    if (best.rival != nullptr && best.rival->rate != best.row->rate && reported_.insert(best.rival).second)
      base_.diagnostics.error(
          best.rival->place("from"), fmt::format("the tax from {} to {} given twice", from, to),
          fmt::format("one most specific row; line {} is just as specific", best.row->provenance.place.line));
    return best.row->rate;
  }

  void add(world::ProductId product, world::RegionId from, world::RegionId to, const ProductRoutes& routes) {
    const std::string &origin = base_.world.regions[from.index()].id, &destination = base_.world.regions[to.index()].id;
    const auto freight = most_specific(routes.freight, origin, destination, base_.places);
    if (freight.row == nullptr) return;  // check_freight has reported it
    world::Arc arc;
    arc.product = product;
    arc.from = from;
    arc.to = to;
    arc.freight = freight.row->freight;
    arc.lag = freight.row->lag_months;
    arc.export_vat = rate(routes.export_vat, origin, destination) + rate(routes.export_duty, origin, destination);
    arc.base_tariff = rate(routes.tariff, origin, destination);
    arc.provenance = derived_from("gravity and balancing", {&freight.row->provenance});
    arc.provenance.confidence = std::max(arc.provenance.confidence, world::Confidence::low);
    base_.world.arcs.push_back(std::move(arc));
  }
};

}  // namespace

const TaxRow* vat_of(const BaseYear& base, const std::string& product, const std::string& region) {
  return most_specific(taxes_on(base.raw, TaxKind::vat, product), region, "all", base.places).row;
}

void add_routes(BaseYear& base) {
  RouteBuilder builder(base);
  for (std::size_t p = 0; p < base.world.products.size(); ++p) builder.add_product(world::ProductId(p));
  base.known.assign(base.world.arcs.size(), nullptr);
}

}  // namespace lodestone::dataset
