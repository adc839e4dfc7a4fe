#include "lodestone/insight/embodied_trace.hpp"

#include <algorithm>
#include <cmath>

namespace lodestone::insight {
namespace {

using world::Stage;
using world::Transfer;

constexpr double kSettled = 1e-12;  // largest change of a share
constexpr int kSweeps = 2000;

std::size_t index_of(Stage stage) {
  return static_cast<std::size_t>(stage);
}

/// The stage that a process counts as; kTraced where it is none of those traced.
std::size_t traced(Stage stage) {
  if (stage == Stage::recycling) return index_of(Stage::separation);
  return std::min(index_of(stage), kTraced);
}

}  // namespace

Trace::Trace(const world::World& world, world::ElementId element, bool by_control)
    : world_(world),
      element_(element),
      by_control_(by_control),
      origins_(world.regions.size() + 2),
      size_(kTraced * origins_),
      output_(size_, 0.0) {
  find_stages();
  start();
}

bool Trace::holds(world::ProductId product) const {
  return world_.products[product.index()].content[element_.index()] > 0;
}

bool Trace::goes_through(world::ProductId product, Stage stage) const {
  return (through_[product.index()] >> index_of(stage) & 1U) != 0;
}

std::size_t Trace::stock_node(std::size_t stock) const {
  return world_.node(world_.stocks[stock].product, world_.stocks[stock].region);
}

// What any chain of processes may have done to a product.
void Trace::find_stages() {
  through_.assign(world_.products.size(), 0);
  for (bool moved = true; moved;) {
    moved = false;
    for (const auto& process : world_.processes) {
      unsigned stages = traced(process.stage) < kTraced ? 1U << traced(process.stage) : 0U;
      for (const auto& item : process.inputs)
        if (holds(item.product)) stages |= through_[item.product.index()];
      for (const auto& item : process.outputs) {
        auto& known = through_[item.product.index()];
        moved = moved || (holds(item.product) && (known | stages) != known);
        if (holds(item.product)) known |= stages;
      }
    }
  }
}

// Goods of unknown origin, until the flows of the base year say whence they come.
void Trace::start() {
  mix_.assign(world_.nodes(), Mix(size_, 0.0));
  pool_ = mix_;
  total_.assign(world_.nodes(), 0.0);
  store_ = made_ = total_;
  for (std::size_t p = 0; p < world_.products.size(); ++p)
    for (std::size_t r = 0; r < world_.regions.size(); ++r)
      for (std::size_t s = 0; s < kTraced; ++s)
        if ((through_[p] >> s & 1U) != 0)
          mix_[world_.node(world::ProductId(p), world::RegionId(r))][s * origins_ + unknown()] = 1;
  std::vector<double> flow, activity;
  for (const auto& arc : world_.arcs) flow.push_back(arc.base_flow);
  for (const auto& facility : world_.facilities) activity.push_back(facility.base_activity);
  clear_pool();
  settle(flow, activity, true);
  for (std::size_t h = 0; h < world_.stocks.size(); ++h) store_[stock_node(h)] += world_.stocks[h].quantity;
  arrived_ = flow;
  at_sea_.resize(world_.arcs.size());
  for (std::size_t a = 0; a < at_sea_.size(); ++a) {
    const auto& arc = world_.arcs[a];
    if (!carries(a)) continue;
    at_sea_[a].quantity.assign(static_cast<std::size_t>(arc.lag), arc.base_flow);
    at_sea_[a].mix.assign(static_cast<std::size_t>(arc.lag), mix_[world_.node(arc.product, arc.from)]);
  }
  in_process_.resize(world_.facilities.size());
  for (std::size_t f = 0; f < in_process_.size(); ++f) {
    const auto lag = static_cast<std::size_t>(world_.processes[world_.facilities[f].process.index()].lag);
    in_process_[f].quantity.assign(lag, activity[f]);
    in_process_[f].mix.assign(lag, output_of(f));
  }
}

void Trace::clear_pool() {
  for (auto& pool : pool_) std::fill(pool.begin(), pool.end(), 0.0);
  std::fill(total_.begin(), total_.end(), 0.0);
}

void Trace::add(std::size_t node, double quantity, const Mix& mix) {
  if (!(quantity > 0)) return;
  total_[node] += quantity;
  for (std::size_t k = 0; k < size_; ++k) pool_[node][k] += quantity * mix[k];
}

const Trace::Mix& Trace::output_of(std::size_t f) {
  const auto& facility = world_.facilities[f];
  const auto& process = world_.processes[facility.process.index()];
  std::fill(output_.begin(), output_.end(), 0.0);
  double content = 0;
  for (const auto& item : process.inputs) {
    const double mass = item.amount * world_.products[item.product.index()].content[element_.index()];
    if (!(mass > 0)) continue;
    content += mass;
    const Mix& mix = mix_[world_.node(item.product, facility.region)];
    for (std::size_t k = 0; k < size_; ++k) output_[k] += mass * mix[k];
  }
  if (content > 0)
    for (double& share : output_) share /= content;
  if (facility.transfer == Transfer::collection) {
    for (const auto& item : process.outputs)
      for (std::size_t s = 0; s < kTraced; ++s)
        if (holds(item.product) && (s == index_of(Stage::mining) || (through_[item.product.index()] >> s & 1U) != 0))
          output_[s * origins_ + recycled()] = 1;
    return output_;
  }
  const std::size_t own = traced(process.stage);
  if (own >= kTraced) return output_;
  const auto begin = output_.begin() + static_cast<std::ptrdiff_t>(own * origins_);
  std::fill(begin, begin + static_cast<std::ptrdiff_t>(origins_), 0.0);
  output_[own * origins_ + (by_control_ ? facility.control : facility.region).index()] = 1;
  return output_;
}

double Trace::sweep(std::span<const double> flow, std::span<const double> activity, bool all,
                    const std::vector<Mix>& fixed, const std::vector<double>& fixed_total) {
  pool_ = fixed;
  total_ = fixed_total;
  for (std::size_t f = 0; f < world_.facilities.size(); ++f) {
    const auto& process = world_.processes[world_.facilities[f].process.index()];
    if (!(activity[f] > 0) || (!all && process.lag > 0)) continue;
    const Mix& made = output_of(f);
    for (const auto& item : process.outputs)
      if (holds(item.product))
        add(world_.node(item.product, world_.facilities[f].region), item.amount * activity[f], made);
  }
  for (std::size_t a = 0; a < world_.arcs.size(); ++a) {
    const auto& arc = world_.arcs[a];
    if (!(flow[a] > 0) || !carries(a) || (!all && arc.lag > 0)) continue;
    add(world_.node(arc.product, arc.to), flow[a], mix_[world_.node(arc.product, arc.from)]);
  }
  double change = 0;
  for (std::size_t n = 0; n < mix_.size(); ++n) {
    if (!(total_[n] > 0)) continue;
    for (std::size_t k = 0; k < size_; ++k) {
      const double share = pool_[n][k] / total_[n];
      change = std::max(change, std::abs(share - mix_[n][k]));
      mix_[n][k] = share;
    }
  }
  return change;
}

// Goods that pass through several places in one month: until nothing moves.
void Trace::settle(std::span<const double> flow, std::span<const double> activity, bool all) {
  const auto fixed = pool_;
  const auto fixed_total = total_;
  for (int k = 0; k < kSweeps && sweep(flow, activity, all, fixed, fixed_total) > kSettled; ++k) continue;
}

void Trace::month(const MonthFlows& flows) {
  clear_pool();
  std::fill(made_.begin(), made_.end(), 0.0);
  for (std::size_t n = 0; n < store_.size(); ++n) add(n, store_[n], mix_[n]);
  for (std::size_t a = 0; a < at_sea_.size(); ++a) {
    auto& ring = at_sea_[a];
    arrived_[a] = ring.quantity.empty() ? flows.arc_flow[a] : ring.quantity[ring.first];
    if (!ring.quantity.empty())
      add(world_.node(world_.arcs[a].product, world_.arcs[a].to), ring.quantity[ring.first], ring.mix[ring.first]);
  }
  for (std::size_t f = 0; f < in_process_.size(); ++f) {
    auto& ring = in_process_[f];
    const auto& facility = world_.facilities[f];
    const double done = ring.quantity.empty() ? flows.activity[f] : ring.quantity[ring.first];
    for (const auto& item : world_.processes[facility.process.index()].outputs) {
      const std::size_t node = world_.node(item.product, facility.region);
      made_[node] += item.amount * done;
      if (!ring.quantity.empty() && holds(item.product)) add(node, item.amount * done, ring.mix[ring.first]);
    }
  }
  settle(flows.arc_flow, flows.activity, false);
  for (std::size_t a = 0; a < at_sea_.size(); ++a) {
    auto& ring = at_sea_[a];
    if (ring.quantity.empty()) continue;
    ring.quantity[ring.first] = flows.arc_flow[a];
    ring.mix[ring.first] = mix_[world_.node(world_.arcs[a].product, world_.arcs[a].from)];
    ring.first = (ring.first + 1) % ring.quantity.size();
  }
  for (std::size_t f = 0; f < in_process_.size(); ++f) {
    auto& ring = in_process_[f];
    if (ring.quantity.empty()) continue;
    ring.quantity[ring.first] = flows.activity[f];
    ring.mix[ring.first] = output_of(f);
    ring.first = (ring.first + 1) % ring.quantity.size();
  }
  std::fill(store_.begin(), store_.end(), 0.0);
  for (std::size_t h = 0; h < world_.stocks.size(); ++h) store_[stock_node(h)] += std::max(0.0, flows.stock_after[h]);
}

std::span<const double> Trace::origins(world::ProductId product, world::RegionId region, Stage stage) const {
  return std::span(mix_[world_.node(product, region)]).subspan(index_of(stage) * origins_, origins_);
}

double Trace::made(world::ProductId product, world::RegionId region) const {
  return made_[world_.node(product, region)];
}

double Trace::imported(world::ProductId product, world::RegionId region) const {
  double sum = 0;
  for (std::size_t a = 0; a < arrived_.size(); ++a)
    if (world_.arcs[a].product == product && world_.arcs[a].to == region) sum += arrived_[a];
  return sum;
}

double Trace::imported(world::ProductId product, world::RegionId region, world::RegionId from) const {
  double sum = 0;
  for (std::size_t a = 0; a < arrived_.size(); ++a)
    if (world_.arcs[a].product == product && world_.arcs[a].to == region && world_.arcs[a].from == from)
      sum += arrived_[a];
  return sum;
}

}  // namespace lodestone::insight
