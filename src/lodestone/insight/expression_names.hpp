// Names inside the brackets of an expression's leaves, found in the world; what is not there is reported with the
// nearest name, and reading goes on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lodestone/insight/expression_leaves.hpp"
#include "lodestone/insight/expression_words.hpp"

namespace lodestone::insight {

class NameFinder {
 public:
  using Report = std::function<void(const Word& word, std::string found, std::string expected, std::string nearest)>;
  NameFinder(const Grounds& grounds, Report report) : grounds_(grounds), report_(std::move(report)) {}

  /// Each reads from words[next] on and leaves `next` behind what it read.
  /// "dysprosium-oxide + terbium-oxide", "stage magnet", "all except a", then perhaps "of dy".
  void products(const std::vector<Word>& words, std::size_t& next, LeafArguments& arguments) const;
  /// "CHN", "EU27 + JPN", "all except CHN"; groups as they are when the run starts.
  void regions(const std::vector<Word>& words, std::size_t& next, std::vector<world::RegionId>& out) const;
  void end_use(const std::vector<Word>& words, std::size_t& next, LeafArguments& arguments) const;
  void facility(const std::vector<Word>& words, std::size_t& next, LeafArguments& arguments) const;
  /// How far a project is, what holds it back.
  void status(const std::vector<Word>& words, std::size_t& next, LeafArguments& arguments) const;
  void stall(const std::vector<Word>& words, std::size_t& next, LeafArguments& arguments) const;
  /// The levers whose actor is among `arguments.here`, a group with all its members.
  void levers_of(LeafArguments& arguments) const;
  /// The regions that are not among these.
  void everywhere_else(const std::vector<world::RegionId>& here, std::vector<world::RegionId>& out) const;

 private:
  const Grounds& grounds_;
  Report report_;

  template <class Id, class Find>
  void set(const std::vector<Word>& words, std::size_t& next, std::vector<Id>& out, const Find& find) const;
  std::vector<world::ProductId> products_named(const std::vector<Word>& words, std::size_t& next) const;
  std::vector<world::RegionId> regions_named(const std::vector<Word>& words, std::size_t& next) const;
};

}  // namespace lodestone::insight
