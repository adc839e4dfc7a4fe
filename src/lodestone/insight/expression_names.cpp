#include "lodestone/insight/expression_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace lodestone::insight {
namespace {

using world::World;

std::string found(const Word& word) {
  return word.kind == WordKind::end ? "the end of the expression" : "'" + word.text + "'";
}

template <class Item>
std::vector<std::string> ids_of(const std::vector<Item>& items) {
  std::vector<std::string> ids;
  for (const auto& item : items) ids.push_back(item.id);
  return ids;
}

// A closing bracket or comma belongs to whoever reads on.
void pass(const Word& word, std::size_t& next) {
  if (word.kind == WordKind::name || word.kind == WordKind::number || word.kind == WordKind::date) ++next;
}

}  // namespace

// items joined by "+", then perhaps "except" items.
template <class Id, class Find>
void NameFinder::set(const std::vector<Word>& words, std::size_t& next, std::vector<Id>& out, const Find& find) const {
  std::vector<Id> without;
  std::vector<Id>* into = &out;
  while (true) {
    const auto ids = find(words, next);
    into->insert(into->end(), ids.begin(), ids.end());
    if (words[next].text == "except" && into == &out)
      into = &without;
    else if (words[next].text != "+")
      break;
    ++next;
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  std::erase_if(out, [&](Id id) { return std::find(without.begin(), without.end(), id) != without.end(); });
}

std::vector<world::ProductId> NameFinder::products_named(const std::vector<Word>& words, std::size_t& next) const {
  const World& world = grounds_.world;
  const Word& word = words[next];
  std::vector<world::ProductId> ids;
  const bool by_stage = word.text == "stage" && words[next + 1].kind == WordKind::name;
  const Word& name = by_stage ? words[++next] : word;
  for (std::size_t p = 0; p < world.products.size(); ++p) {
    const auto& product = world.products[p];
    const bool magnets = name.text == "magnets" && product.stage == world::Stage::magnet;
    if (by_stage ? to_string(product.stage) == name.text : product.id == name.text || name.text == "all" || magnets)
      ids.emplace_back(p);
  }
  if (ids.empty()) {
    auto names = world.product_names();
    if (by_stage) {
      names.clear();
      for (const auto& product : world.products) names.push_back(to_string(product.stage));
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
    }
    report_(name, found(name),
            by_stage ? fmt::format("a stage: {}", fmt::join(names, ", "))
                     : "a product of the dataset, stage and a stage's name, or all",
            base::nearest_name(name.text, names));
  }
  pass(name, next);
  return ids;
}

std::vector<world::RegionId> NameFinder::regions_named(const std::vector<Word>& words, std::size_t& next) const {
  const World& world = grounds_.world;
  const Word& word = words[next];
  const base::Date date{grounds_.start.year(), grounds_.start.month(), 1};
  auto ids = world.expand_regions(word.text, date);
  if (ids.empty()) {
    const auto names = world.region_names();
    const bool known = std::find(names.begin(), names.end(), word.text) != names.end();
    report_(word,
            known ? fmt::format("group '{}', without members in {}", word.text, grounds_.start.text()) : found(word),
            "a region or group of the dataset, or all", known ? "" : base::nearest_name(word.text, names));
  }
  pass(word, next);
  return ids;
}

void NameFinder::products(const std::vector<Word>& words, std::size_t& next, LeafArguments& arguments) const {
  set(words, next, arguments.products, [this](const auto& w, std::size_t& n) { return products_named(w, n); });
  if (words[next].text != "of") return;
  const Word& name = words[++next];
  const auto& elements = grounds_.world.elements;
  const auto it = std::find_if(elements.begin(), elements.end(), [&](const auto& e) { return e.id == name.text; });
  if (it == elements.end()) {
    const auto ids = ids_of(elements);
    report_(name, found(name), fmt::format("an element: {}", fmt::join(ids, ", ")), base::nearest_name(name.text, ids));
  } else {
    arguments.element = world::ElementId(static_cast<std::size_t>(it - elements.begin()));
  }
  pass(name, next);
}

void NameFinder::regions(const std::vector<Word>& words, std::size_t& next, std::vector<world::RegionId>& out) const {
  set(words, next, out, [this](const auto& w, std::size_t& n) { return regions_named(w, n); });
}

void NameFinder::end_use(const std::vector<Word>& words, std::size_t& next, LeafArguments& arguments) const {
  const Word& word = words[next];
  std::set<std::string> uses;
  for (const auto& segment : grounds_.world.segments)
    if (std::find(arguments.products.begin(), arguments.products.end(), segment.product) != arguments.products.end())
      uses.insert(segment.end_use);
  arguments.end_use = word.text;
  if (!uses.contains(word.text)) {
    const std::vector<std::string> names(uses.begin(), uses.end());
    report_(word, found(word), fmt::format("an end use of the product: {}", fmt::join(names, ", ")),
            base::nearest_name(word.text, names));
  }
  pass(word, next);
}

void NameFinder::facility(const std::vector<Word>& words, std::size_t& next, LeafArguments& arguments) const {
  const Word& word = words[next];
  const auto ids = ids_of(grounds_.world.facilities);
  const auto it = std::find(ids.begin(), ids.end(), word.text);
  if (it == ids.end())
    report_(word, found(word), "a plant of the dataset", base::nearest_name(word.text, ids));
  else
    arguments.facility = world::FacilityId(static_cast<std::size_t>(it - ids.begin()));
  pass(word, next);
}

void NameFinder::status(const std::vector<Word>& words, std::size_t& next, LeafArguments& arguments) const {
  const Word& word = words[next];
  const std::vector<std::string> names(kStatusNames.begin(), kStatusNames.end());
  const auto it = std::find(names.begin(), names.end(), word.text);
  if (it == names.end())
    report_(word, found(word), fmt::format("how far a project is: {}", fmt::join(names, ", ")),
            base::nearest_name(word.text, names));
  else
    arguments.status = static_cast<Status>(it - names.begin());
  pass(word, next);
}

void NameFinder::stall(const std::vector<Word>& words, std::size_t& next, LeafArguments& arguments) const {
  const Word& word = words[next];
  std::vector<std::string> names;
  for (const auto stall : kStalls) names.push_back(to_string(stall));
  const auto it = std::find(names.begin(), names.end(), word.text);
  if (it == names.end())
    report_(word, found(word), fmt::format("what holds a project back: {}", fmt::join(names, ", ")),
            base::nearest_name(word.text, names));
  else
    arguments.stall = kStalls[static_cast<std::size_t>(it - names.begin())];
  pass(word, next);
}

void NameFinder::levers_of(LeafArguments& arguments) const {
  const base::Date date{grounds_.start.year(), grounds_.start.month(), 1};
  const auto is_here = [&](world::RegionId region) {
    return std::find(arguments.here.begin(), arguments.here.end(), region) != arguments.here.end();
  };
  for (std::size_t l = 0; l < grounds_.actors.size(); ++l) {
    const auto members = grounds_.world.expand_regions(grounds_.actors[l], date);
    if (!members.empty() && std::all_of(members.begin(), members.end(), is_here)) arguments.levers.push_back(l);
  }
}

void NameFinder::everywhere_else(const std::vector<world::RegionId>& here, std::vector<world::RegionId>& out) const {
  for (std::size_t r = 0; r < grounds_.world.regions.size(); ++r)
    if (const world::RegionId id(r); std::find(here.begin(), here.end(), id) == here.end()) out.push_back(id);
}

}  // namespace lodestone::insight
