// The sections of a run's page, one file each.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "lodestone/insight/answer.hpp"
#include "lodestone/insight/backtest_class.hpp"
#include "lodestone/insight/page.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/insight/words.hpp"
#include "lodestone/store/catalogue.hpp"

namespace lodestone::insight {

/// A product that the page shows, inside and where outside its price rises most.
struct Focus {
  world::ProductId product;
  world::RegionId outside;
  double move = 0;  // largest |ln| of a price over what it was before the first measure
};

/// A run as its page sees it.
struct RunView {
  const Replay& replay;
  const store::RunRow& row;
  const store::Results& results;
  const world::World& world;
  Report answer;
  Viewpoint view;
  std::size_t before = 0;             // month before the first measure
  std::vector<Focus> focus;           // products that move most, most first; the headline's is the first
  std::vector<ClassScore> backtests;  // stored results of every case
  [[nodiscard]] const std::vector<base::Month>& months() const { return results.months(); }
  [[nodiscard]] std::string before_text() const { return months()[before].text(); }
};
RunView run_view(const Replay& replay, const store::RunRow& row, std::vector<ClassScore> backtests);

/// Measures that act on a product; all of them for an invalid id.
std::vector<Act> acts_on(const RunView& run, world::ProductId product);
/// "high", "low, derived", "recalled, unverified", "assumed".
std::string confidence_of(const world::Provenance& provenance);
/// Whether a table of the answer is about projects.
bool is_of_projects(const Table& table);
/// A table of the answer by its id; null when the answer has none.
const Table* table_of(const Report& report, const std::string& id);

Section measures_section(const RunView& run);
Section prices_section(const RunView& run);
Section shares_section(const RunView& run);
Section stocks_section(const RunView& run);
Section unmet_section(const RunView& run);
Section damage_section(const RunView& run);
Section embodied_section(const RunView& run);
Section money_section(const RunView& run);
Section projects_section(const RunView& run);
Section certificates_section(const RunView& run);
Section validation_section(const RunView& run);
/// Stored backtests of a class of product.
std::vector<Block> backtest_blocks(const RunView& run, world::Stage stage);
Section sources_section(const RunView& run);
Section reproduce_section(const RunView& run);

}  // namespace lodestone::insight
