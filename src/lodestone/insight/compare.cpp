#include "lodestone/insight/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <string_view>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::insight {
namespace {

using store::Results;

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// A line up to its comment; '#' inside quotes is text.
std::string_view without_comment(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quote != 0 && line[i] == '\\' && quote == '"')
      ++i;
    else if (quote != 0 && line[i] == quote)
      quote = 0;
    else if (quote == 0 && (line[i] == '"' || line[i] == '\''))
      quote = line[i];
    else if (quote == 0 && line[i] == '#')
      return line.substr(0, i);
  }
  return line;
}

struct Pair {
  std::size_t a, b;
};

/// Months that both runs cleared.
std::vector<Pair> common_months(const Results& a, const Results& b) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < a.months().size(); ++i)
    for (std::size_t j = 0; j < b.months().size(); ++j)
      if (a.months()[i] == b.months()[j]) pairs.push_back({i, j});
  return pairs;
}

/// Positions of names that both know.
std::vector<Pair> common_names(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::map<std::string, std::size_t> places;
  for (std::size_t j = 0; j < b.size(); ++j) places.emplace(b[j], j);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (const auto it = places.find(a[i]); it != places.end()) pairs.push_back({i, it->second});
  return pairs;
}

/// Words about a scenario or a lever change nothing in it.
bool is_words(std::string_view key) {
  const auto last = key.substr(key.rfind('.') + 1);
  return last == "id" || last == "title" || last == "question" || last == "description" || last == "source";
}

std::string say(const store::LeverFacts& lever) {
  return fmt::format("{} by {}, {} until {}: {}", lever.kind, lever.actor, lever.start.text(), lever.end.text(),
                     lever.what);
}

/// Levers of `facts` that `others` lack, by id.
std::vector<const store::LeverFacts*> levers_only_in(const store::RunFacts& facts, const store::RunFacts& others) {
  std::vector<const store::LeverFacts*> only;
  for (const auto& lever : facts.levers)
    if (lever.begins() && std::none_of(others.levers.begin(), others.levers.end(),
                                       [&](const auto& o) { return o.id == lever.id && o.begins(); }))
      only.push_back(&lever);
  return only;
}

Table inputs(const Results& a, const Results& b) {
  Table table{"inputs", "Inputs that differ", {{"what", "what", ""}, {"a", "A", ""}, {"b", "B", ""}}, {}, ""};
  const auto& fa = a.facts();
  const auto& fb = b.facts();
  const auto row = [&](const std::string& what, const std::string& va, const std::string& vb) {
    if (va != vb) table.rows.push_back({what, va.empty() ? std::string("-") : va, vb.empty() ? std::string("-") : vb});
  };
  row("dataset", fmt::format("{} {}", fa.dataset, fa.dataset_hash.substr(0, 12)),
      fmt::format("{} {}", fb.dataset, fb.dataset_hash.substr(0, 12)));
  row("overlays", fa.overlays, fb.overlays);
  row("base year", std::to_string(fa.base_year), std::to_string(fb.base_year));
  row("as of", fa.as_of, fb.as_of);
  row("program version", fa.version, fb.version);
  row("solver", fa.method, fb.method);
  row("seed", std::to_string(fa.seed), std::to_string(fb.seed));
  row("start", fa.start.text(), fb.start.text());
  row("months", std::to_string(fa.months), std::to_string(fb.months));
  row("demand growth", fa.demand_growth, fb.demand_growth);
  row("status", a.status(), b.status());
  // A lever that one of them lacks is one difference, not one for each of its options.
  std::vector<std::string> alone;
  for (const auto* lever : levers_only_in(fa, fb)) {
    row("lever " + lever->id, say(*lever), "");
    alone.push_back(fmt::format("levers.{}.", lever->id));
  }
  for (const auto* lever : levers_only_in(fb, fa)) {
    row("lever " + lever->id, "", say(*lever));
    alone.push_back(fmt::format("levers.{}.", lever->id));
  }
  std::map<std::string, std::pair<std::string, std::string>> keys;
  for (auto& [key, value] : scenario_keys(fa.scenario_text)) keys[key].first = value;
  for (auto& [key, value] : scenario_keys(fb.scenario_text)) keys[key].second = value;
  for (const auto& [key, values] : keys) {
    const auto belongs = [&name = key](const std::string& lever) { return name.starts_with(lever); };
    if (!is_words(key) && std::none_of(alone.begin(), alone.end(), belongs))
      row("scenario: " + key, values.first, values.second);
  }
  if (table.rows.empty()) table.note = "None: the same inputs give the same results, bit for bit.";
  return table;
}

struct Difference {
  std::vector<Cell> row;
  double size = 0;
};

void keep_largest(std::vector<Difference>& all, std::size_t rows, Table& table) {
  std::stable_sort(all.begin(), all.end(), [](const Difference& x, const Difference& y) { return x.size > y.size; });
  const std::size_t moved =
      static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const auto& d) { return d.size > 0; }));
  for (std::size_t i = 0; i < std::min(rows, moved); ++i) table.rows.push_back(std::move(all[i].row));
  if (moved == 0)
    table.note = "No difference.";
  else if (moved > rows)
    table.note = fmt::format("The largest {} of {} that differ.", rows, moved);
}

struct Moved {
  std::string text;  // of the largest difference
  double size = 0;
};

/// Highest mean price of a product over the regions (USD/t); 0 where it was never traded.
double highest_price(const Results& run, const std::vector<Pair>& months, std::size_t product) {
  const auto& price = run.variable("price");
  double highest = 0;
  for (std::size_t r = 0; r < run.labels("region").size(); ++r) {
    double sum = 0;
    for (const auto m : months)
      if (const double value = price.at(m.a, run.node(product, r)); !std::isnan(value)) sum += value;
    highest = std::max(highest, sum / static_cast<double>(months.size()));
  }
  return highest;
}

/// What a price counts at least when changes are put in order (USD/t): a tenth of the median product's, so that a
/// by-product next to free does not come first.
double least_price(const Results& run, const std::vector<Pair>& months) {
  std::vector<double> prices;
  for (std::size_t p = 0; p < run.labels("product").size(); ++p)
    if (const double price = highest_price(run, months, p); price > 0) prices.push_back(price);
  if (prices.empty()) return 0;
  const auto middle = prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 2);
  std::nth_element(prices.begin(), middle, prices.end());
  return 0.1 * *middle;
}

Table prices(const Results& a, const Results& b, const std::vector<Pair>& months, std::size_t rows, Moved& largest) {
  const auto& pa = a.variable("price");
  const auto& pb = b.variable("price");
  Table table{"prices",
              "Prices (mean over the months both traded)",
              {{"product", "product", ""},
               {"region", "where", ""},
               {"a", "A", "USD/kg"},
               {"b", "B", "USD/kg"},
               {"change", "B against A", ""},
               {"widest_month", "widest in", ""},
               {"widest", "there", ""}},
              {},
              ""};
  std::vector<Difference> all;
  const double least = least_price(a, months);
  for (const auto p : common_names(a.labels("product"), b.labels("product")))
    for (const auto r : common_names(a.labels("region"), b.labels("region"))) {
      double sum_a = 0, sum_b = 0, widest = 0;
      int count = 0;
      std::size_t widest_month = 0;
      double widest_ratio = 1;
      for (const auto m : months) {
        const double va = pa.at(m.a, a.node(p.a, r.a)), vb = pb.at(m.b, b.node(p.b, r.b));
        if (std::isnan(va) || std::isnan(vb)) continue;
        ++count;
        sum_a += va;
        sum_b += vb;
        if (const double size = std::abs(std::log(vb / va)); std::isfinite(size) && size > widest) {
          widest = size;
          widest_month = m.a;
          widest_ratio = vb / va;
        }
      }
      if (count == 0 || !(sum_a > 0)) continue;
      const double change = sum_b / sum_a - 1;
      const double floor = least * count;
      const double size = widest < 1e-9 ? 0 : std::abs(std::log((sum_b + floor) / (sum_a + floor))) + 1e-6 * widest;
      if (std::isfinite(size) && size > largest.size)
        largest = {fmt::format("{} in {} costs {} USD/kg instead of {} ({}{})", a.labels("product_name")[p.a],
                               a.labels("region")[r.a], usd_per_kg(sum_b / count), usd_per_kg(sum_a / count),
                               change > 0 ? "+" : "", percent(change)),
                   size};
      all.push_back({{a.labels("product")[p.a], a.labels("region")[r.a], sum_a / count / 1000, sum_b / count / 1000,
                      fmt::format("{}{}", change > 0 ? "+" : "", percent(change)), a.months()[widest_month].text(),
                      fmt::format("x {}", readable(widest_ratio))},
                     std::isfinite(size) ? size : 0});
    }
  keep_largest(all, rows, table);
  return table;
}

Table demand(const Results& a, const Results& b, const std::vector<Pair>& months, std::size_t rows, Moved& largest) {
  Table table{"use",
              "Final use by product, region and end use",
              {{"product", "product", ""},
               {"region", "where", ""},
               {"end_use", "end use", ""},
               {"a", "A", "t"},
               {"b", "B", "t"},
               {"change", "B less A", "t"},
               {"share", "", ""},
               {"worth", "at base price", "million USD"}},
              {},
              ""};
  if (!a.has("consumption") || !b.has("consumption")) return table;
  const auto& ua = a.variable("consumption");
  const auto& ub = b.variable("consumption");
  const auto& price = a.variable("base_price");
  std::vector<Difference> all;
  for (const auto s : common_names(a.labels("segment"), b.labels("segment"))) {
    double sum_a = 0, sum_b = 0;
    for (const auto m : months) {
      sum_a += ua.at(m.a, s.a);
      sum_b += ub.at(m.b, s.b);
    }
    const auto& product = a.labels("segment_product")[s.a];
    const auto& region = a.labels("segment_region")[s.a];
    const double worth = (sum_b - sum_a) * price.values[a.node(a.index("product", product), a.index("region", region))];
    const double size = std::abs(sum_b - sum_a) <= 1e-9 * std::max(sum_a, sum_b) ? 0 : std::abs(worth);
    if (size > largest.size)
      largest = {fmt::format("{} for {} in {}: {} t used instead of {}", product, a.labels("segment_end_use")[s.a],
                             region, readable(sum_b), readable(sum_a)),
                 size};
    all.push_back({{product, region, a.labels("segment_end_use")[s.a], sum_a, sum_b, sum_b - sum_a,
                    sum_a > 0 ? Cell(percent(sum_b / sum_a - 1)) : Cell{}, worth / 1e6},
                   size});
  }
  keep_largest(all, rows, table);
  return table;
}

Table stocks(const Results& a, const Results& b, const std::vector<Pair>& months, std::size_t rows) {
  Table table{"stocks",
              fmt::format("Stocks at the end of {}", a.months()[months.back().a].text()),
              {{"product", "product", ""},
               {"region", "where", ""},
               {"holder", "holder", ""},
               {"a", "A", "t"},
               {"b", "B", "t"},
               {"change", "B less A", "t"}},
              {},
              ""};
  if (!a.has("stock_level") || !b.has("stock_level")) return table;
  const auto& sa = a.variable("stock_level");
  const auto& sb = b.variable("stock_level");
  const auto& price = a.variable("base_price");
  std::vector<Difference> all;
  for (const auto s : common_names(a.labels("stock"), b.labels("stock"))) {
    const double va = sa.at(months.back().a, s.a), vb = sb.at(months.back().b, s.b);
    const auto& product = a.labels("stock_product")[s.a];
    const auto& region = a.labels("stock_region")[s.a];
    const double worth =
        std::abs(vb - va) * price.values[a.node(a.index("product", product), a.index("region", region))];
    all.push_back({{product, region, a.labels("stock_holder")[s.a], va, vb, vb - va},
                   std::abs(vb - va) <= 1e-9 * std::max(va, vb) ? 0 : worth});
  }
  keep_largest(all, rows, table);
  return table;
}

Table output(const Results& a, const Results& b, const std::vector<Pair>& months, std::size_t rows) {
  Table table{"output",
              "Activity of plants and mines",
              {{"facility", "facility", ""},
               {"region", "where", ""},
               {"stage", "stage", ""},
               {"a", "A", "t"},
               {"b", "B", "t"},
               {"change", "B against A", ""}},
              {},
              ""};
  if (!a.has("activity") || !b.has("activity")) return table;
  const auto& xa = a.variable("activity");
  const auto& xb = b.variable("activity");
  std::vector<Difference> all;
  for (const auto f : common_names(a.labels("facility"), b.labels("facility"))) {
    double sum_a = 0, sum_b = 0;
    for (const auto m : months) {
      sum_a += xa.at(m.a, f.a);
      sum_b += xb.at(m.b, f.b);
    }
    const double size =
        std::abs(sum_b - sum_a) <= 1e-9 * std::max(sum_a, sum_b) ? 0 : std::abs(std::log1p(sum_b) - std::log1p(sum_a));
    all.push_back({{a.labels("facility_name")[f.a], a.labels("facility_region")[f.a], a.labels("facility_stage")[f.a],
                    sum_a, sum_b, sum_a > 0 ? Cell(percent(sum_b / sum_a - 1)) : Cell{}},
                   size});
  }
  keep_largest(all, rows, table);
  return table;
}

Table money(const Results& a, const Results& b, const std::vector<Pair>& months) {
  Table table{"money",
              "Money received (paid: negative)",
              {{"account", "who", ""},
               {"a", "A", "million USD"},
               {"b", "B", "million USD"},
               {"change", "B less A", "million USD"}},
              {},
              ""};
  const auto& ma = a.variable("money");
  const auto& mb = b.variable("money");
  for (const auto k : common_names(a.labels("account"), b.labels("account"))) {
    const auto& name = a.labels("account")[k.a];
    if (name == "imbalance") continue;
    double sum_a = 0, sum_b = 0;
    for (const auto m : months) {
      sum_a += ma.at(m.a, k.a);
      sum_b += mb.at(m.b, k.b);
    }
    table.rows.push_back({name == "rent_owners" ? std::string("owners of licences and quotas") : name, sum_a / 1e6,
                          sum_b / 1e6, (sum_b - sum_a) / 1e6});
  }
  return table;
}

void only_in_one(const Results& a, const Results& b, const std::string& what, Report& out) {
  const auto missing = [&](const Results& x, const Results& y, const char* where) {
    std::vector<std::string> names;
    for (const auto& name : x.labels(what))
      if (std::find(y.labels(what).begin(), y.labels(what).end(), name) == y.labels(what).end()) names.push_back(name);
    if (!names.empty()) out.notes.push_back(fmt::format("Only in {} ({}): {}.", where, what, fmt::join(names, ", ")));
  };
  missing(a, b, "A");
  missing(b, a, "B");
}

}  // namespace

std::vector<std::pair<std::string, std::string>> scenario_keys(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> keys;
  std::string section, unnamed;
  std::size_t section_begin = 0;
  int count = 0;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    std::string_view content = trim(without_comment(line));
    if (content.empty()) continue;
    if (content.front() == '[') {
      const bool one_of_many = content.starts_with("[[");
      const auto name =
          std::string(trim(content.substr(one_of_many ? 2 : 1, content.find(']') - (one_of_many ? 2 : 1))));
      unnamed = one_of_many ? name : "";
      section = one_of_many ? fmt::format("{}.{}.", name, ++count) : name + ".";
      section_begin = keys.size();
      continue;
    }
    const auto equals = content.find('=');
    if (equals == std::string_view::npos) {
      if (!keys.empty()) keys.back().second += " " + std::string(content);  // a value over several lines
      continue;
    }
    auto key = std::string(trim(content.substr(0, equals)));
    auto value = std::string(trim(content.substr(equals + 1)));
    if (key == "id" && !unnamed.empty()) {
      const std::string plain = value.size() >= 2 && value.front() == '"' ? value.substr(1, value.size() - 2) : value;
      const std::string named = fmt::format("{}.{}.", unnamed, plain);
      for (std::size_t k = section_begin; k < keys.size(); ++k)
        keys[k].first = named + keys[k].first.substr(section.size());
      section = named;
      continue;
    }
    keys.emplace_back(section + key, std::move(value));
  }
  return keys;
}

Report compare(const Results& a, const Results& b, std::size_t rows) {
  const auto months = common_months(a, b);
  if (months.empty())
    throw base::InputError(fmt::format("runs {} and {} have no month in common", a.facts().id, b.facts().id));
  Report out;
  out.question = fmt::format("How do {} (A: {}) and {} (B: {}) differ?", a.facts().id, a.facts().title, b.facts().id,
                             b.facts().title);
  Table in = inputs(a, b);
  Moved price, use;
  Table price_table = prices(a, b, months, rows, price);
  Table use_table = demand(a, b, months, rows, use);
  const auto count = in.rows.size();
  const auto inputs_differ = count == 0   ? std::string("no input differs")
                             : count == 1 ? std::string("1 input differs")
                                          : fmt::format("{} inputs differ", count);
  if (price.text.empty() && use.text.empty())
    out.answer = fmt::format("In no outcome over {} months; {}.", months.size(), inputs_differ);
  else
    out.answer = fmt::format("Most of all in prices: {}, on average over {} months; {}.",
                             price.text.empty() ? "none differs" : price.text, months.size(), inputs_differ);
  for (std::size_t i = 0; i < std::min<std::size_t>(3, in.rows.size()); ++i) {
    const auto& what = std::get<std::string>(in.rows[i][0]);
    const auto& in_a = std::get<std::string>(in.rows[i][1]);
    const auto& in_b = std::get<std::string>(in.rows[i][2]);
    out.drivers.push_back(in_a == "-"   ? fmt::format("only in B, {}: {}", what, in_b)
                          : in_b == "-" ? fmt::format("only in A, {}: {}", what, in_a)
                                        : fmt::format("{}: {} in A, {} in B", what, in_a, in_b));
  }
  if (!use.text.empty()) out.drivers.push_back("largest change in use: " + use.text);
  out.tables = {std::move(in),
                std::move(price_table),
                std::move(use_table),
                stocks(a, b, months, rows),
                output(a, b, months, rows),
                money(a, b, months)};
  out.notes.push_back(
      fmt::format("Compared over {} to {}.", a.months()[months.front().a].text(), a.months()[months.back().a].text()));
  for (const char* what : {"product", "region"}) only_in_one(a, b, what, out);
  return out;
}

}  // namespace lodestone::insight
