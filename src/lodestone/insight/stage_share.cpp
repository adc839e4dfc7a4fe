#include "lodestone/insight/stage_share.hpp"

#include <algorithm>

namespace lodestone::insight {
namespace {

using world::World;

/// Elements that a measure counts.
std::vector<bool> counted(const World& world, const std::string& measure) {
  std::vector<bool> in(world.elements.size(), measure == "REO");
  for (std::size_t e = 0; e < world.elements.size(); ++e) {
    if (world.elements[e].id == measure) in[e] = true;
    if (measure == "magnet_REE")
      for (const auto& product : world.products)
        if (product.stage == world::Stage::magnet && e < product.content.size() && product.content[e] > 0) in[e] = true;
  }
  return in;
}

/// Whether the stage takes the product again, as separators take mixed carbonate: then what they make of it counts.
bool passed_on(const World& world, world::ProductId product, world::Stage stage) {
  for (const auto& process : world.processes)
    for (const auto& item : process.inputs)
      if (process.stage == stage && item.product == product) return true;
  return false;
}

}  // namespace

double stage_share(const World& world, const world::PublishedShare& published, const std::vector<double>& activity) {
  std::string measure = published.measure;
  const bool by_control = measure.ends_with("_control");
  if (by_control) measure.resize(measure.size() - std::string("_control").size());
  const auto elements = counted(world, measure);
  const bool by_content =
      std::find(elements.begin(), elements.end(), true) != elements.end() && published.stage != "magnet";
  double all = 0, here = 0;
  for (std::size_t f = 0; f < world.facilities.size(); ++f) {
    const auto& facility = world.facilities[f];
    const auto& process = world.processes[facility.process.index()];
    if (to_string(process.stage) != published.stage) continue;
    for (const auto& item : process.outputs) {
      const auto& product = world.products[item.product.index()];
      if (product.stage != process.stage || passed_on(world, item.product, process.stage)) continue;  // scrap: not made
      double content = by_content ? 0 : 1;
      for (std::size_t e = 0; by_content && e < product.content.size(); ++e)
        if (elements[e]) content += product.content[e];
      const double made = activity[f] * item.amount * content;
      all += made;
      if ((by_control ? facility.control : facility.region) == published.region) here += made;
    }
  }
  return all > 0 ? here / all : 0;
}

std::vector<double> base_activity(const World& world) {
  std::vector<double> activity;
  for (const auto& facility : world.facilities) activity.push_back(facility.base_activity);
  return activity;
}

}  // namespace lodestone::insight
