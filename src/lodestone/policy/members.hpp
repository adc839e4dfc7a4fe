// Who belongs to an agreement between governments, and when.
#pragma once

#include <string>
#include <vector>

#include "lodestone/policy/lever.hpp"

namespace lodestone::policy {

/// A region that takes part from `joins` on until, not including, `leaves`.
struct Member {
  world::RegionId region;
  base::Month joins, leaves;
  [[nodiscard]] bool in(base::Month month) const { return month >= joins && month < leaves; }
};

/// The options `members`, `joins` and `leaves`.
std::vector<base::OptionSpec> member_options();

/// The actor's regions and those of `members`, each once, from the lever's start to its end unless `joins` or `leaves`
/// ("JPN 2026-07") say otherwise. Throws WrongOptions with the option's key.
std::vector<Member> read_members(const LeverHead& head, const base::OptionValues& values, const world::World& world);

/// The regions of members, ascending.
std::vector<world::RegionId> regions_of(const std::vector<Member>& members);
/// The member of a region; nothing when it is none.
const Member* find_member(const std::vector<Member>& members, world::RegionId region);

}  // namespace lodestone::policy
