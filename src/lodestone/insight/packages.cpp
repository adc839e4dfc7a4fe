#include "lodestone/insight/packages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "lodestone/dataset/toml_reader.hpp"

namespace lodestone::insight {
namespace {

using base::Diagnostics;
using base::OptionType;
using dataset::place_of;

constexpr const char* kScaled = "scaled";

std::optional<double> number_in(const toml::node& node) {
  if (const auto number = node.value<double>(); node.is_number() && number) return number;
  return std::nullopt;
}

/// From 0 to the number, or from the first to the second of two.
std::optional<std::pair<double, double>> range_in(const toml::node& node) {
  if (const auto most = number_in(node)) return std::pair(0.0, *most);
  const auto* two = node.as_array();
  if (two == nullptr || two->size() != 2) return std::nullopt;
  const auto from = number_in((*two)[0]), to = number_in((*two)[1]);
  if (!from || !to) return std::nullopt;
  return std::pair(*from, *to);
}

void check_lever(const toml::node& node, Diagnostics& diagnostics) {
  const auto* lever = node.as_table();
  if (lever == nullptr) {
    diagnostics.error(place_of(node), dataset::describe(node), "a table of levers");
    return;
  }
  if (const auto* start = lever->get("start"))
    diagnostics.error(place_of(*start), "start of a lever", "earliest and latest of its package");
  const auto* scaled = lever->get(kScaled);
  if (scaled == nullptr) return;
  if (!scaled->is_table()) {
    diagnostics.error(place_of(*scaled), "scaled = " + dataset::describe(*scaled), "a table of options");
    return;
  }
  for (const auto& [key, value] : *scaled->as_table()) {
    if (!range_in(value))
      diagnostics.error(place_of(value), fmt::format("{} = {}", key.str(), dataset::describe(value)),
                        "a number (what it is at magnitude 1, from 0 on) or two: at 0 and at 1");
    if (lever->contains(key.str()))
      diagnostics.error(place_of(key), fmt::format("{} in the lever and in scaled", key.str()), "one of them");
  }
}

/// A lever's table as scenarios have it.
void shape(toml::table& lever, const Package& package, std::size_t number, const Chosen& chosen) {
  if (const auto* scaled = lever.get_as<toml::table>(kScaled))
    for (const auto& [key, value] : *scaled) {
      const auto range = range_in(value).value_or(std::pair(0.0, 0.0));
      lever.insert_or_assign(key, range.first + chosen.magnitude * (range.second - range.first));
    }
  lever.erase(kScaled);
  if (!lever.contains("id")) lever.insert("id", fmt::format("{}-{}", package.id, number + 1));
  if (!lever.contains("actor")) lever.insert("actor", package.pays);
  if (!lever.contains("source")) lever.insert("source", package.source);
  lever.insert_or_assign("start", chosen.start.text());
}

}  // namespace

std::span<const base::OptionSpec> package_options() {
  static const std::vector<base::OptionSpec> options{
      {"id", OptionType::text, "", 0, -1, true, "", "name in reports; lower-case words joined by hyphens"},
      {"title", OptionType::text, "", 0, -1, true, "", "what it is, in a few words"},
      {"pays", OptionType::text, "", 0, -1, true, "", "the government that acts and pays: a region or a group"},
      {"earliest", OptionType::month, "", 0, -1, true, "", "first month in which it may begin"},
      {"latest", OptionType::month, "", 0, -1, false, "",
       "last month in which it may begin; not given: the first is the only one"},
      {"source", OptionType::text, "", 0, -1, true, "", "what kinds and magnitudes rest on"}};
  return options;
}

Packages::Packages(toml::table& document, std::string text, std::string file, std::string table,
                   Diagnostics& diagnostics)
    : text_(std::move(text)), file_(std::move(file)), table_(std::move(table)) {
  auto* list = document.get_as<toml::array>(table_);
  if (list == nullptr || list->empty()) {
    diagnostics.error({file_, 1, 1}, fmt::format("no table [[{}]]", table_), fmt::format("tables [[{}]]", table_));
    return;
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto& item = (*list)[i];
    if (item.is_table())
      read_one(*item.as_table(), i, diagnostics);
    else
      diagnostics.error(place_of(item), dataset::describe(item), fmt::format("a table [[{}]]", table_));
  }
  document.erase(table_);
}

void Packages::read_one(toml::table& table, std::size_t place, Diagnostics& diagnostics) {
  const auto here = place_of(table);
  const auto* levers = table.get_as<toml::array>("levers");
  if (levers == nullptr || levers->empty())
    diagnostics.error(here, "a package without levers", fmt::format("tables [[{}.levers]]", table_));
  else
    for (const auto& lever : *levers) check_lever(lever, diagnostics);
  table.erase("levers");
  const auto values = dataset::read_options(table, package_options(), diagnostics);
  for (const char* key : {"id", "title", "pays", "earliest", "source"})
    if (!values.has(key)) return;
  Package package{values.text("id"),     values.text("title"),     values.text("pays"),
                  values.text("source"), values.month("earliest"), values.month("earliest")};
  if (values.has("latest")) package.latest = values.month("latest");
  if (package.latest < package.earliest)
    diagnostics.error(place_of(*table.get("latest")), "latest = " + package.latest.text(),
                      "a month not before earliest " + package.earliest.text());
  const bool again = std::any_of(all_.begin(), all_.end(), [&](const Package& p) { return p.id == package.id; });
  if (again) diagnostics.error(here, fmt::format("a second package '{:.60}'", package.id), "an id of its own");
  all_.push_back(std::move(package));
  place_.push_back(place);
}

std::size_t Packages::find(const std::string& id) const {
  const auto it = std::find_if(all_.begin(), all_.end(), [&](const Package& p) { return p.id == id; });
  if (it != all_.end()) return static_cast<std::size_t>(it - all_.begin());
  std::vector<std::string> ids;
  for (const auto& package : all_) ids.push_back(package.id);
  Diagnostics wrong;
  wrong.error({}, fmt::format("package '{:.60}'", id), fmt::format("one of {}", fmt::join(ids, ", ")),
              base::nearest_name(id, ids));
  throw base::InputError(std::move(wrong));
}

void Packages::keep_only(const std::vector<std::string>& ids) {
  std::vector<Package> kept;
  std::vector<std::size_t> place;
  for (const auto& id : ids) {
    const std::size_t p = find(id);
    kept.push_back(all_[p]);
    place.push_back(place_[p]);
  }
  all_ = std::move(kept);
  place_ = std::move(place);
}

void Packages::begin_by(base::Month last) {
  for (auto& package : all_) package.latest = std::max(package.earliest, std::min(package.latest, last));
}

PackageLevers Packages::make(std::span<const Chosen> chosen, const world::World& world, const policy::RunFrame& frame,
                             Diagnostics& diagnostics) const {
  PackageLevers out;
  // Read again, so that values know their places.
  auto document = dataset::parse_toml(text_, file_, diagnostics);
  if (!document) return out;
  auto& list = *document->get_as<toml::array>(table_);
  toml::array levers;
  for (const auto& one : chosen) {
    auto& mine = *list[place_[one.package]].as_table()->get_as<toml::array>("levers");
    for (std::size_t i = 0; i < mine.size(); ++i) {
      toml::table lever = std::move(*mine[i].as_table());
      shape(lever, all_[one.package], i, one);
      levers.push_back(std::move(lever));
      out.owner.push_back(one.package);
    }
  }
  toml::table all;
  all.insert("levers", std::move(levers));
  out.levers = policy::read_levers(all, world, frame, diagnostics);
  return out;
}

PackageLevers Packages::make(std::span<const Chosen> chosen, const world::World& world,
                             const policy::RunFrame& frame) const {
  Diagnostics diagnostics;
  auto out = make(chosen, world, frame, diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return out;
}

void Packages::check(const world::World& world, const policy::RunFrame& frame, Diagnostics& diagnostics) const {
  for (std::size_t p = 0; p < all_.size(); ++p) {
    for (const double magnitude : {1.0, 0.0}) {
      Diagnostics wrong;
      const Chosen chosen{p, magnitude, all_[p].earliest};
      make({&chosen, 1}, world, frame, wrong);
      // What was put in has no place of its own.
      for (const auto& one : wrong.all()) {
        auto place = one.place;
        if (place.file.empty()) place = {file_, 0, 0};
        const auto where = fmt::format("package {}: {}", all_[p].id, one.found);
        diagnostics.error(place, where, one.expected, one.nearest);
      }
      if (wrong.has_errors()) break;
    }
  }
}

}  // namespace lodestone::insight
