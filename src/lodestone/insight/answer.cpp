#include "lodestone/insight/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "lodestone/insight/fates.hpp"
#include "lodestone/insight/provenance.hpp"
#include "lodestone/insight/public_cost.hpp"
#include "lodestone/insight/reactions.hpp"
#include "lodestone/insight/words.hpp"

namespace lodestone::insight {
namespace {

using store::Results;
using store::Variable;
using world::World;

constexpr std::size_t kDrivers = 3;
constexpr double kMoved = 1e-3;         // of use: what moved less drives nothing
constexpr double kWorthNothing = 1e-6;  // USD/t: the price of a surplus but for the last digits of the solver

/// A price series of one node; NaN where nothing was traded.
double price_at(const Variable& price, const World& world, std::size_t month, std::size_t product, std::size_t region) {
  return price.at(month, product * world.regions.size() + region);
}

Cell price_cell(double usd_per_t) {
  return std::isnan(usd_per_t) ? Cell(std::string("no trade")) : Cell(usd_per_t / 1000);
}

/// The month from `before` on in which a price stands highest; the last month where nothing was traded.
std::size_t highest_month(const std::vector<double>& price, std::size_t before) {
  std::size_t highest = price.size() - 1;
  for (std::size_t m = before; m < price.size(); ++m)
    if (!std::isnan(price[m]) && (std::isnan(price[highest]) || price[m] > price[highest])) highest = m;
  return highest;
}

/// Two rows a product: inside, and where its price rises most of the regions looked at outside.
Table price_table(const Results& results, const World& world, const Viewpoint& view) {
  const auto& price = results.variable("price");
  const std::size_t before = month_before(results), last = results.months().size() - 1;
  Table table{
      "prices",
      fmt::format("Prices inside and outside {}", place_of(world, view.inside)),
      {{"product", "product", ""},
       {"region", "where", ""},
       {"before", fmt::format("before ({})", results.months()[before].text()), "USD/kg"},
       {"highest", "highest", "USD/kg"},
       {"highest_month", "in", ""},
       {"last", fmt::format("last ({})", results.months()[last].text()), "USD/kg"},
       {"change", "highest/before", ""}},
      {},
      "Marginal (spot) prices, constant 2024 USD, VAT excluded. Outside: of the largest users, where it rises most."};
  const auto series = [&](std::size_t product, world::RegionId region) {
    std::vector<double> values;
    for (std::size_t m = 0; m <= last; ++m) values.push_back(price_at(price, world, m, product, region.index()));
    return values;
  };
  const auto rise = [&](const std::vector<double>& values) {
    const double ratio = values[highest_month(values, before)] / values[before];
    return std::isfinite(ratio) ? ratio : 0;
  };
  for (std::size_t p = 0; p < world.products.size(); ++p) {
    if (world.products[p].stage == world::Stage::mining) continue;
    std::vector<world::RegionId> regions{view.inside};
    const auto dearest =
        std::max_element(view.outside.begin(), view.outside.end(),
                         [&](world::RegionId a, world::RegionId b) { return rise(series(p, a)) < rise(series(p, b)); });
    if (dearest != view.outside.end()) regions.push_back(*dearest);
    for (const auto region : regions) {
      const auto values = series(p, region);
      const std::size_t highest = highest_month(values, before);
      // Nothing traded, or a surplus that is worth nothing throughout.
      if (std::isnan(values[highest]) || values[highest] < kWorthNothing) continue;
      const double ratio = rise(values);
      table.rows.push_back({world.products[p].id, world.regions[region.index()].id, price_cell(values[before]),
                            price_cell(values[highest]), results.months()[highest].text(), price_cell(values[last]),
                            ratio > 0 ? Cell(fmt::format("x {}", readable(ratio))) : Cell{}});
    }
  }
  return table;
}

struct Loss {
  std::string product, region, end_use;
  double lost = 0, worst_share = 0, value = 0, paid_more = 0;  // t, share, USD, USD
  std::size_t worst_month = 0;
};

std::vector<Loss> losses(const Results& results, const World& world) {
  const auto& price = results.variable("price");
  const std::size_t before = month_before(results);
  std::vector<Loss> all;
  if (!results.has("consumption")) return all;
  const auto& use = results.variable("consumption");
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    const auto& segment = world.segments[s];
    Loss loss{world.products[segment.product.index()].id, world.regions[segment.region.index()].id, segment.end_use};
    // Against what it used before the first lever acted; a slow response to the price is part of the loss.
    const double usual = use.at(before, s);
    const std::size_t node = world.node(segment.product, segment.region);
    const double usual_price = std::isnan(price.at(before, node)) ? segment.base_price : price.at(before, node);
    for (std::size_t m = before + 1; m < results.months().size(); ++m) {
      const double short_of = usual - use.at(m, s);
      loss.lost += short_of;
      if (usual > 0 && short_of / usual > loss.worst_share) {
        loss.worst_share = short_of / usual;
        loss.worst_month = m;
      }
      if (const double now = price.at(m, node); !std::isnan(now)) loss.paid_more += use.at(m, s) * (now - usual_price);
    }
    loss.value = loss.lost * usual_price;
    all.push_back(std::move(loss));
  }
  std::stable_sort(all.begin(), all.end(), [](const Loss& a, const Loss& b) {
    return a.value + std::max(0.0, a.paid_more) > b.value + std::max(0.0, b.paid_more);
  });
  return all;
}

Table loss_table(const std::vector<Loss>& all, const Results& results) {
  Table table{"losses",
              "Who loses what",
              {{"product", "product", ""},
               {"region", "where", ""},
               {"end_use", "end use", ""},
               {"lost", "use lost", "t"},
               {"worst", "worst month", ""},
               {"worst_month", "in", ""},
               {"value", "worth", "million USD"},
               {"paid_more", "paid more", "million USD"}},
              {},
              fmt::format("Against use and prices in {}; paid more: for what is still used.",
                          results.months()[month_before(results)].text())};
  constexpr std::size_t kRows = 8;
  Loss rest{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Loss& loss = all[i];
    if (i < kRows) {
      table.rows.push_back({loss.product, loss.region, loss.end_use, loss.lost, percent(-loss.worst_share),
                            results.months()[loss.worst_month].text(), loss.value / 1e6, loss.paid_more / 1e6});
    } else {
      rest.lost += loss.lost;
      rest.value += loss.value;
      rest.paid_more += loss.paid_more;
    }
  }
  if (all.size() > kRows)
    table.rows.push_back({std::string("all others"), std::string(), fmt::format("{} more", all.size() - kRows),
                          rest.lost, std::monostate{}, std::monostate{}, rest.value / 1e6, rest.paid_more / 1e6});
  double lost = 0, value = 0, paid = 0;
  for (const Loss& loss : all) {
    lost += loss.lost;
    value += loss.value;
    paid += loss.paid_more;
  }
  table.rows.push_back({std::string("world"), std::string(), std::string(), lost, std::monostate{}, std::monostate{},
                        value / 1e6, paid / 1e6});
  return table;
}

Table money_table(const Results& results) {
  const auto& money = results.variable("money");
  const auto& names = results.labels("account");
  Table table{"money",
              "Who received what (paid: negative)",
              {{"account", "who", ""}, {"received", "over the run", "million USD"}},
              {},
              ""};
  double imbalance = 0;
  for (std::size_t a = 0; a < names.size(); ++a) {
    double sum = 0;
    for (std::size_t m = 0; m < results.months().size(); ++m) sum += money.at(m, a);
    if (names[a] == "imbalance")
      imbalance = sum;
    else
      table.rows.push_back({names[a] == "rent_owners" ? "owners of licences and quotas" : names[a], sum / 1e6});
  }
  table.note = fmt::format("What does not add up over the whole run: {} USD.", readable(imbalance));
  return table;
}

double worst_of(const Variable& variable) {
  return variable.values.empty() ? 0 : *std::max_element(variable.values.begin(), variable.values.end());
}

/// What moved around a peak: the rent of the limit that binds, stores, other suppliers, buyers who give up.
std::vector<std::string> drivers_of(const Results& results, const World& world, const Peak& peak, std::size_t before) {
  std::vector<std::pair<double, std::string>> found;  // size as a share of use, words
  const auto product = world::ProductId(peak.product);
  const auto months = [&](std::size_t month) { return results.months()[month].text(); };
  double use = 0;  // final use and processing input of the product outside its largest maker, before
  const auto home = viewpoint(world).inside;
  if (results.has("activity"))
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      for (const auto& item : world.processes[world.facilities[f].process.index()].inputs)
        if (item.product == product && world.facilities[f].region != home)
          use += item.amount * results.variable("activity").at(before, f);
  double final_before = 0, final_now = 0;
  for (std::size_t s = 0; s < world.segments.size(); ++s)
    if (world.segments[s].product == product && world.segments[s].region != home) {
      final_before += results.variable("consumption").at(before, s);
      final_now += results.variable("consumption").at(peak.month, s);
    }
  use += final_before;
  if (!(use > 0)) return {};

  double shipped_before = 0, shipped_low = 0, others_before = 0, others_now = 0, rent = 0;
  std::size_t low_month = before;
  if (results.has("arc_flow")) {
    const auto& flow = results.variable("arc_flow");
    const auto out_of_home = [&](std::size_t month) {
      double sum = 0;
      for (std::size_t a = 0; a < world.arcs.size(); ++a)
        if (world.arcs[a].product == product && world.arcs[a].from == home) sum += flow.at(month, a);
      return sum;
    };
    shipped_before = shipped_low = out_of_home(before);
    for (std::size_t m = before + 1; m <= peak.month; ++m)
      if (const double now = out_of_home(m); now < shipped_low) {
        shipped_low = now;
        low_month = m;
      }
    for (std::size_t a = 0; a < world.arcs.size(); ++a)
      if (world.arcs[a].product == product && world.arcs[a].to.index() == peak.region)
        rent = std::max(rent, results.variable("arc_rent").at(peak.month, a));
  }
  if (results.has("activity"))
    for (std::size_t f = 0; f < world.facilities.size(); ++f)
      for (const auto& item : world.processes[world.facilities[f].process.index()].outputs)
        if (item.product == product && world.facilities[f].region != home && world.facilities[f].makes_something()) {
          others_before += item.amount * results.variable("activity").at(before, f);
          others_now += item.amount * results.variable("activity").at(peak.month, f);
        }
  double stock_before = 0, stock_now = 0;
  if (results.has("stock_level"))
    for (std::size_t s = 0; s < world.stocks.size(); ++s)
      if (world.stocks[s].product == product && world.stocks[s].region != home) {
        stock_before += results.variable("stock_level").at(before, s);
        stock_now += results.variable("stock_level").at(peak.month, s);
      }

  const std::string home_name = place_of(world, home), what = thing_of(world, product);
  if (shipped_low < shipped_before)
    found.emplace_back((shipped_before - shipped_low) / use,
                       fmt::format("shipments of {} from {} fell from {} to {} t/month ({} in {}){}", what, home_name,
                                   readable(shipped_before), readable(shipped_low),
                                   percent(shipped_low / shipped_before - 1), months(low_month),
                                   rent > 0 ? fmt::format("; the right to ship a kilogram was worth {} USD at the peak",
                                                          usd_per_kg(rent))
                                            : ""));
  if (std::abs(stock_now - stock_before) > 0)
    found.emplace_back(
        std::abs(stock_now - stock_before) / use,
        fmt::format("stocks of {} outside {} {} {} t to {} t by {}", what, home_name,
                    stock_now < stock_before ? "fell by" : "rose by", readable(std::abs(stock_now - stock_before)),
                    readable(stock_now), months(peak.month)));
  if (final_before > 0)
    found.emplace_back(
        std::abs(final_now - final_before) / use,
        fmt::format("final users outside {} used {} t/month of {} instead of {} ({})", home_name, readable(final_now),
                    what, readable(final_before), percent(final_now / final_before - 1)));
  found.emplace_back(std::abs(others_now - others_before) / use,
                     others_before > 0 || others_now > 0
                         ? fmt::format("producers outside {} made {} t/month of {} instead of {}", home_name,
                                       readable(others_now), what, readable(others_before))
                         : fmt::format("nobody outside {} makes {}", home_name, what));
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> drivers;
  for (const auto& [size, words] : found)
    if (drivers.size() < kDrivers && (size >= kMoved || size == 0)) drivers.push_back(words);
  return drivers;
}

}  // namespace

Viewpoint viewpoint(const World& world, std::size_t outside) {
  Viewpoint view;
  std::vector<double> made(world.regions.size(), 0.0), used(world.regions.size(), 0.0);
  for (const auto& facility : world.facilities)
    for (const auto& item : world.processes[facility.process.index()].outputs)
      made[facility.region.index()] +=
          facility.base_activity * item.amount * world.base_price[world.node(item.product, facility.region)];
  for (const auto& segment : world.segments) used[segment.region.index()] += segment.base_quantity * segment.base_price;
  if (made.empty()) return view;
  view.inside = world::RegionId(static_cast<std::size_t>(std::max_element(made.begin(), made.end()) - made.begin()));
  std::vector<std::size_t> order(world.regions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return used[a] > used[b]; });
  for (const std::size_t r : order)
    if (r != view.inside.index() && !world.regions[r].rest && used[r] > 0 && view.outside.size() < outside)
      view.outside.emplace_back(r);
  return view;
}

std::size_t month_before(const Results& results) {
  const auto& levers = results.facts().levers;
  if (levers.empty()) return 0;
  base::Month first = levers.front().start;
  for (const auto& lever : levers) first = std::min(first, lever.start);
  std::size_t before = 0;
  for (std::size_t m = 0; m < results.months().size(); ++m)
    if (results.months()[m] < first) before = m;
  return before;
}

Peak largest_rise(const Results& results, const World& world, const Viewpoint& view) {
  const auto& price = results.variable("price");
  const std::size_t before = month_before(results);
  Peak peak;
  double best = 0;
  for (std::size_t p = 0; p < world.products.size(); ++p) {
    if (world.products[p].stage == world::Stage::mining) continue;
    for (const auto region : view.outside)
      for (std::size_t m = before + 1; m < results.months().size(); ++m) {
        const double was = price_at(price, world, before, p, region.index()),
                     now = price_at(price, world, m, p, region.index());
        if (!(now / was > best) || !std::isfinite(now / was)) continue;
        best = now / was;
        peak = {true, p, region.index(), m, was, now};
      }
  }
  return peak;
}

Report answer(const Results& results, const World& world) {
  const auto& facts = results.facts();
  Report out;
  out.question = facts.question.empty() ? facts.title : facts.question;
  const auto shares = assumed_shares(world);
  out.assumed_share = shares.overall();
  out.assumed = say(shares);
  if (results.months().empty()) {
    out.answer = "No month was cleared.";
    return out;
  }
  const Viewpoint view = viewpoint(world);
  const std::size_t before = month_before(results);
  const auto all = losses(results, world);
  const Peak peak = largest_rise(results, world, view);
  double value = 0;
  for (const Loss& loss : all) value += loss.value + loss.paid_more;
  const std::string inside = place_of(world, view.inside);
  const auto month = [&](std::size_t m) { return results.months()[m].text(); };
  if (!peak.exists) {
    out.answer = "Nothing was traded outside the largest maker, so no price can be compared.";
  } else {
    const double home_before = price_at(results.variable("price"), world, before, peak.product, view.inside.index());
    const double home_now = price_at(results.variable("price"), world, peak.month, peak.product, view.inside.index());
    const std::string what = name_of(world, world::ProductId(peak.product));
    const std::string where = place_of(world, world::RegionId(peak.region));
    const double rise = peak.price / peak.before;
    if (rise < 1.05) {
      out.answer = fmt::format(
          "Little moves: the largest rise outside {} is {} in {}, from {} USD/kg in {} to {} in {}.", inside, what,
          where, usd_per_kg(peak.before), month(before), usd_per_kg(peak.price), month(peak.month));
    } else {
      out.answer = fmt::format("{} rises most outside {}: in {} from {} USD/kg in {} to {} in {} (x {})", what, inside,
                               where, usd_per_kg(peak.before), month(before), usd_per_kg(peak.price), month(peak.month),
                               readable(rise));
      if (!std::isnan(home_now) && !std::isnan(home_before))
        out.answer += fmt::format(", inside {} from {} to {}", inside, usd_per_kg(home_before), usd_per_kg(home_now));
      if (!all.empty() && value > 0)
        out.answer +=
            fmt::format("; users lose {} million USD (use given up and dearer supply), most of all {} in {} ({})",
                        readable(value / 1e6), plain(all.front().end_use),
                        place_of(world, world.find_region(all.front().region)), all.front().product);
      out.answer += ".";
    }
    out.drivers = drivers_of(results, world, peak, before);
  }
  if (const auto decided = decisions_in_short(results); !decided.empty()) out.answer += " " + decided;
  if (std::none_of(facts.levers.begin(), facts.levers.end(), [](const auto& lever) { return lever.begins(); }))
    out.drivers.insert(out.drivers.begin(), "no lever acts in this scenario");
  out.tables.push_back(price_table(results, world, view));
  if (!all.empty()) out.tables.push_back(loss_table(all, results));
  if (auto fates = fates_table(results, world)) out.tables.push_back(std::move(*fates));
  if (auto paid = public_cost_table(results)) out.tables.push_back(std::move(*paid));
  if (auto support = public_support_table(results)) out.tables.push_back(std::move(*support));
  if (auto risk = investment_risk_table(results, world)) out.tables.push_back(std::move(*risk));
  out.tables.push_back(money_table(results));
  out.notes.push_back(fmt::format(
      "{} of {} months cleared and certified; worst certificate {} (must be below 1e-8), worst mass balance {}.",
      results.months().size(), facts.months, readable(worst_of(results.variable("certificate_worst"))),
      readable(worst_of(results.variable("mass_balance_node")))));
  if (results.status() != "complete")
    out.notes.push_back(fmt::format("This run is {}: {}", results.status(), results.message()));
  return out;
}

}  // namespace lodestone::insight
