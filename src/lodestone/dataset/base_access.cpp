// Access classes of the base year: goods that some users accept from certain origins only stand beside the open goods
// as products of their own, made by plants outside the excluded origins from inputs of the same class. One-way
// downgrades and bounded leakage join the two. docs/base_year.md, "Access classes".
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lodestone/dataset/base_parts.hpp"

namespace lodestone::dataset {
namespace {

using world::ProductId;
using world::RegionId;
using world::Transfer;

constexpr std::array kTransfers{"", "downgrade", "any-origin", "leakage"};
constexpr double kRoom = 2;  // transfers that are free to run have this many times what could ever pass

// One product of a class: its row, the open product and the one that is kept apart.
struct Member {
  const AccessRow* row;
  ProductId open, classed;
};

class AccessClass {
 public:
  AccessClass(BaseYear& base, const std::string& id) : base_(base), world_(base.world), id_(id) {
    for (const auto& row : base.raw.access_classes)
      if (row.access == id) add_product(row);
    resize_nodes();
  }

  void run() {
    split_plants();
    for (const auto& member : members_) move_users(member);
    count_quantities(base_);
    for (const auto& member : members_) find_nodes(member);
    for (const auto& member : members_) add_arcs(member);
    for (const auto& member : members_)
      if (member.row->in_force) move_flows(member);
    count_trade(base_);
    for (const auto& member : members_) add_transfers(member);
    count_quantities(base_);
  }

 private:
  BaseYear& base_;
  world::World& world_;
  std::string id_;
  std::vector<Member> members_;
  std::vector<bool> may_be_;           // per node of the class: goods may come to stand there
  std::vector<double> could_, takes_;  // per node: what plants of the class could make and take at full capacity

  void add_product(const AccessRow& row) {
    const ProductId open = world_.find_product(row.product);
    world::Product classed = world_.products[open.index()];
    classed.id += "-" + id_;
    classed.name += ", " + id_;
    classed.access = id_;
    classed.open = open;
    members_.push_back({&row, open, ProductId(world_.products.size())});
    world_.products.push_back(std::move(classed));
    base_.quote.push_back(base_.quote[open.index()]);
    base_.demand.emplace_back();
  }

  // A good of the class costs in the base year what the open one costs at the same place.
  void resize_nodes() {
    const std::size_t nodes = world_.nodes();
    for (auto* list : {&base_.made, &base_.processed, &base_.consumed, &base_.surplus, &base_.imported, &base_.exported,
                       &world_.base_price})
      list->resize(nodes, 0.0);
    for (auto* list : {&base_.may_make, &base_.may_use}) list->resize(nodes, false);
    world_.price_provenance.resize(nodes);
    for (const auto& member : members_)
      for (std::size_t r = 0; r < world_.regions.size(); ++r) {
        const std::size_t to = node(member.classed, r), from = node(member.open, r);
        world_.base_price[to] = world_.base_price[from];
        world_.price_provenance[to] = world_.price_provenance[from];
      }
  }

  [[nodiscard]] std::size_t node(ProductId product, std::size_t region) const {
    return world_.node(product, RegionId(region));
  }

  [[nodiscard]] const Member* member_of(ProductId open) const {
    const auto it = std::find_if(members_.begin(), members_.end(), [&](const auto& m) { return m.open == open; });
    return it == members_.end() ? nullptr : &*it;
  }

  // The process that takes and gives goods of the class; nothing when it gives none of them. What is recycled has no
  // origin that could be shown.
  std::optional<world::Process> process_of(const world::Process& open) const {
    if (open.stage == world::Stage::recycling) return std::nullopt;
    world::Process classed = open;
    bool gives = false;
    for (auto& item : classed.inputs)
      if (const Member* member = member_of(item.product)) item.product = member->classed;
    for (auto& item : classed.outputs)
      if (const Member* member = member_of(item.product)) {
        item.product = member->classed;
        gives = true;
      }
    if (!gives) return std::nullopt;
    classed.id += "-" + id_;
    classed.name += ", " + id_;
    return classed;
  }

  // The share of a plant that may work for the class: the least that the rows of its products allow.
  [[nodiscard]] double qualified(const world::Facility& facility, const world::Process& open) const {
    double share = 1;
    for (const auto& item : open.outputs)
      if (const Member* member = member_of(item.product)) {
        const std::string& region = world_.regions[facility.region.index()].id;
        share =
            base_.places.closeness(member->row->excluded, region) >= 0 ? 0 : std::min(share, member->row->qualified);
      }
    return share;
  }

  void split_plants() {
    std::map<std::size_t, world::ProcessId> classed;
    const std::size_t processes = world_.processes.size();
    for (std::size_t p = 0; p < processes; ++p)
      if (auto process = process_of(world_.processes[p])) {
        classed[p] = world::ProcessId(world_.processes.size());
        world_.processes.push_back(std::move(*process));
      }
    const std::size_t facilities = world_.facilities.size();
    for (std::size_t f = 0; f < facilities; ++f) {
      const auto found = classed.find(world_.facilities[f].process.index());
      if (found == classed.end()) continue;
      const double share = qualified(world_.facilities[f], world_.processes[found->first]);
      if (share > 0) split_plant(f, found->second, share);
    }
  }

  // What is only planned outside the excluded origins counts as planned for the class.
  void split_plant(std::size_t f, world::ProcessId process, double share) {
    if (share == 1 || !(world_.facilities[f].capacity > 0)) {
      world_.facilities[f].process = process;
      return;
    }
    world::Facility classed = world_.facilities[f];
    classed.id += "-" + id_;
    classed.name += ", " + id_;
    classed.process = process;
    const auto scale = [](world::Facility& facility, double part) {
      facility.capacity *= part;
      facility.base_activity *= part;
      facility.planned_capacity *= part;
    };
    scale(classed, share);
    scale(world_.facilities[f], 1 - share);
    add_facility(std::move(classed));
  }

  void add_facility(world::Facility facility) {
    base_.stated_activity.push_back(facility.base_activity);
    world_.facilities.push_back(std::move(facility));
  }

  // The part of a use that insists on the class becomes a use of its own.
  void move_users(const Member& member) {
    const std::size_t segments = world_.segments.size();
    for (std::size_t s = 0; s < segments; ++s) {
      const std::string& region = world_.regions[world_.segments[s].region.index()].id;
      if (world_.segments[s].product != member.open || world_.segments[s].end_use != member.row->end_use ||
          base_.places.closeness(member.row->users, region) < 0)
        continue;
      world::Segment classed = world_.segments[s];
      classed.id += "-" + id_;
      classed.product = member.classed;
      classed.base_quantity *= *member.row->use_share;
      world_.segments[s].base_quantity -= classed.base_quantity;
      base_.consumed[node(member.open, classed.region.index())] -= classed.base_quantity;
      base_.consumed[node(member.classed, classed.region.index())] += classed.base_quantity;
      if (*member.row->use_share == 1)
        world_.segments[s] = std::move(classed);
      else
        world_.segments.push_back(std::move(classed));
    }
  }

  void find_nodes(const Member&) {
    may_be_.assign(world_.nodes(), false);
    could_.assign(world_.nodes(), 0.0);
    takes_.assign(world_.nodes(), 0.0);
    for (const auto& facility : world_.facilities) {
      const auto& process = world_.processes[facility.process.index()];
      const double full = facility.full_capacity();
      for (const auto& item : process.outputs) could_[world_.node(item.product, facility.region)] += full * item.amount;
      for (const auto& item : process.inputs) takes_[world_.node(item.product, facility.region)] += full * item.amount;
    }
  }

  [[nodiscard]] bool may_use(const Member& member, std::size_t region) const {
    const std::size_t n = node(member.classed, region);
    return takes_[n] > 0 || base_.consumed[n] > 0;
  }

  // Routes of the class run beside the open ones, from its makers to its users.
  void add_arcs(const Member& member) {
    const std::size_t arcs = world_.arcs.size();
    for (std::size_t a = 0; a < arcs; ++a) {
      world::Arc arc = world_.arcs[a];
      if (arc.product != member.open || !(could_[node(member.classed, arc.from.index())] > 0) ||
          !may_use(member, arc.to.index()))
        continue;
      arc.product = member.classed;
      arc.base_flow = 0;
      arc.provenance = derived_from("as the route of the open good", {&world_.arcs[a].provenance});
      world_.arcs.push_back(std::move(arc));
      base_.known.push_back(nullptr);
    }
  }

  // What the class makes of a product at a node beyond what it uses there; negative when it lacks something.
  [[nodiscard]] double excess(ProductId classed, std::size_t region) const {
    const std::size_t n = node(classed, region);
    return base_.made[n] - base_.processed[n] - base_.consumed[n];
  }

  // Users that need the class already in the base year are served by what comes to them from makers of the class: part
  // of the open flows is in truth of the class.
  void move_flows(const Member& member) {
    std::vector<double> left(world_.regions.size());
    for (std::size_t r = 0; r < left.size(); ++r) left[r] = excess(member.classed, r);
    for (std::size_t r = 0; r < left.size(); ++r) {
      if (!(left[r] < 0)) continue;
      double offered = 0;
      const auto each_offer = [&](const auto& take) {
        for (std::size_t c = 0; c < world_.arcs.size(); ++c) {
          auto& classed = world_.arcs[c];
          if (classed.product != member.classed || classed.to.index() != r) continue;
          auto& open = *std::find_if(world_.arcs.begin(), world_.arcs.end(), [&](const auto& arc) {
            return arc.product == member.open && arc.from == classed.from && arc.to == classed.to;
          });
          take(open, classed, std::min(open.base_flow, std::max(left[classed.from.index()], 0.0)));
        }
      };
      each_offer([&](const auto&, const auto&, double offer) { offered += offer; });
      const double lacking = -left[r];
      if (offered < lacking) {
        base_.diagnostics.error(
            member.row->place("users"),
            fmt::format("'{}' needs {:.4g} t/month of '{}' in {} in the base year", id_, lacking, member.row->product,
                        world_.regions[r].id),
            fmt::format("at most the {:.4g} t/month that come from its makers: fewer users, or more of 'qualified'",
                        offered));
        continue;
      }
      each_offer([&](auto& open, auto& classed, double offer) {
        const double taken = lacking * offer / offered;
        open.base_flow -= taken;
        classed.base_flow += taken;
        left[classed.from.index()] -= taken;
      });
      left[r] = 0;
    }
  }

  void add_transfers(const Member& member) {
    double world_could = 0;
    for (std::size_t r = 0; r < world_.regions.size(); ++r) world_could += could_[node(member.classed, r)];
    for (std::size_t r = 0; r < world_.regions.size(); ++r) {
      const std::size_t n = node(member.classed, r);
      const double over = excess(member.classed, r) + base_.imported[n] - base_.exported[n];
      const bool comes = could_[n] > 0 || std::any_of(world_.arcs.begin(), world_.arcs.end(), [&](const auto& arc) {
                           return arc.product == member.classed && arc.to.index() == r;
                         });
      const double price = world_.base_price[n] > 0 ? world_.base_price[n] : base_.quote[member.open.index()];
      if (comes)
        add_transfer(member, r, Transfer::downgrade, kRoom * world_could, std::max(over, 0.0),
                     member.row->downgrade_cost * price);
      if (!may_use(member, r)) continue;
      const double use = takes_[n] + base_.consumed[n];
      if (!member.row->in_force) add_transfer(member, r, Transfer::any_origin, kRoom * use, std::max(-over, 0.0), 0);
      if (member.row->leakage > 0)
        add_transfer(member, r, Transfer::leakage, member.row->leakage * use, 0, member.row->leakage_cost * price);
    }
  }

  void add_transfer(const Member& member, std::size_t region, Transfer how, double capacity, double activity,
                    double cost) {
    const std::string kind = kTransfers[static_cast<std::size_t>(how)];
    world::Facility transfer;
    transfer.transfer = how;
    transfer.id = fmt::format("{}-{}-{}", kind, world_.products[member.classed.index()].id, world_.regions[region].id);
    transfer.name =
        fmt::format("{}: {} in {}", kind, world_.products[member.classed.index()].name, world_.regions[region].name);
    transfer.region = transfer.control = RegionId(region);
    transfer.process = transfer_process(member, kind, how != Transfer::downgrade);
    transfer.owner_operator = "users";
    transfer.aggregate = true;
    transfer.capacity_kind = world::CapacityKind::permit;  // nobody builds more of it
    transfer.capacity = capacity;
    transfer.base_activity = activity;
    transfer.cash_cost = cost;
    transfer.provenance = member.row->provenance;
    add_facility(std::move(transfer));
  }

  world::ProcessId transfer_process(const Member& member, const std::string& kind, bool into_class) {
    const std::string id = fmt::format("{}-{}", kind, world_.products[member.classed.index()].id);
    for (std::size_t p = 0; p < world_.processes.size(); ++p)
      if (world_.processes[p].id == id) return world::ProcessId(p);
    world::Process process;
    process.id = process.name = id;
    process.stage = world::Stage::access;
    process.inputs = {{into_class ? member.open : member.classed, 1}};
    process.outputs = {{into_class ? member.classed : member.open, 1}};
    process.provenance = member.row->provenance;
    world_.processes.push_back(std::move(process));
    return world::ProcessId(world_.processes.size() - 1);
  }
};

}  // namespace

void split_access_classes(BaseYear& base) {
  std::vector<std::string> done;
  for (const auto& row : base.raw.access_classes) {
    if (std::find(done.begin(), done.end(), row.access) != done.end()) continue;
    done.push_back(row.access);
    AccessClass(base, row.access).run();
  }
}

}  // namespace lodestone::dataset
