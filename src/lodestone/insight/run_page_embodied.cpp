// Who did each stage of what others use: import reliance beside embodied reliance, at the end of the run.
#include <algorithm>
#include <string>

#include "lodestone/insight/embodied.hpp"
#include "lodestone/insight/run_page_parts.hpp"

namespace lodestone::insight {
namespace {

/// The open product of the last stage that is worth most to those who use it; invalid when nobody uses anything.
world::ProductId traced_product(const world::World& world) {
  world::ProductId best;
  double most = 0;
  for (std::size_t p = 0; p < world.products.size(); ++p) {
    const auto& product = world.products[p];
    if (product.open.valid() || product.stage > world::Stage::magnet) continue;
    double worth = 0;
    for (const auto& segment : world.segments)
      if (segment.product == world::ProductId(p)) worth += segment.base_price * segment.base_quantity;
    const bool later = !best.valid() || product.stage > world.products[best.index()].stage;
    if (!(worth > 0) || (!later && (product.stage != world.products[best.index()].stage || worth <= most))) continue;
    best = world::ProductId(p);
    most = worth;
  }
  return best;
}

}  // namespace

Section embodied_section(const RunView& run) {
  Section section{"embodied", "Who depends on whom", {}};
  EmbodiedQuestion question;
  question.product = traced_product(run.world);
  if (!question.product.valid() || !run.results.has("consumption")) {
    section.blocks.emplace_back("Nobody uses anything in this run.");
    return section;
  }
  question.origin = run.view.inside;
  question.element = main_element(run.world, question.product);
  const auto found = embodied(run.results, run.world, question);
  section.blocks.emplace_back(found.answer + " Import reliance sees the last seller only.");
  for (const auto& table : found.tables) section.blocks.emplace_back(table);
  section.blocks.emplace_back(found.notes.front());
  return section;
}

}  // namespace lodestone::insight
