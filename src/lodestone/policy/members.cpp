#include "lodestone/policy/members.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lodestone/policy/targets.hpp"

namespace lodestone::policy {
namespace {

using base::OptionType;

WrongOptions wrong(const std::string& key, std::string found, std::string expected, std::string nearest = {}) {
  return WrongOptions({{key, std::move(found), std::move(expected), std::move(nearest)}});
}

/// "JPN 2026-07": members and a month within the agreement.
class Change {
 public:
  Change(const std::string& key, const std::string& text, const LeverHead& head, const world::World& world) {
    const auto space = text.find(' ');
    const auto at = space == std::string::npos ? std::nullopt : base::parse_month(text.substr(space + 1));
    if (!at) throw wrong(key, fmt::format("'{:.60}'", text), "a member and a month, such as 'JPN 2026-07'");
    const std::string name = text.substr(0, space);
    regions_ = world.expand_regions(name, {head.start.year(), head.start.month(), 1});
    if (regions_.empty())
      throw wrong(key, fmt::format("unknown region '{:.60}'", name), "a member",
                  base::nearest_name(name, world.region_names()));
    month_ = *at;
    if (month_ <= head.start || month_ >= head.end)
      throw wrong(key, fmt::format("'{:.60}'", text),
                  fmt::format("a month after {} and before {}", head.start.text(), head.end.text()));
  }
  void make(const std::string& key, base::Month Member::*when, std::vector<Member>& members) const {
    for (const auto region : regions_) {
      const auto it =
          std::find_if(members.begin(), members.end(), [&](const Member& member) { return member.region == region; });
      if (it == members.end()) throw wrong(key, "a region that is no member", "one of the members");
      (*it).*when = month_;
      if (it->joins >= it->leaves)
        throw wrong(key, fmt::format("a member that leaves in {}", it->leaves.text()),
                    fmt::format("a month after it joins, {}", it->joins.text()));
    }
  }

 private:
  std::vector<world::RegionId> regions_;
  base::Month month_;
};

}  // namespace

std::vector<base::OptionSpec> member_options() {
  return {{"members", OptionType::text_list, "", 0, -1, true, "",
           "regions or groups that agree with the actor, as of the start"},
          {"joins", OptionType::text_list, "", 0, -1, false, "",
           "who joins later than the start, and when: [\"JPN 2026-07\"]"},
          {"leaves", OptionType::text_list, "", 0, -1, false, "",
           "who leaves before the end, and the first month without it: [\"CAN 2027-01\"]"}};
}

std::vector<Member> read_members(const LeverHead& head, const base::OptionValues& values, const world::World& world) {
  auto regions = named_regions(values, "members", world, head.start);
  const auto own = world.expand_regions(head.actor, {head.start.year(), head.start.month(), 1});
  if (std::all_of(regions.begin(), regions.end(),
                  [&](world::RegionId region) { return std::find(own.begin(), own.end(), region) != own.end(); }))
    throw wrong("members", fmt::format("nobody beside {}", head.actor), "at least one other government");
  regions.insert(regions.end(), own.begin(), own.end());
  std::sort(regions.begin(), regions.end());
  regions.erase(std::unique(regions.begin(), regions.end()), regions.end());
  std::vector<Member> members;
  members.reserve(regions.size());
  for (const auto region : regions) members.push_back({region, head.start, head.end});
  for (const std::string key : {"joins", "leaves"}) {
    if (!values.has(key)) continue;
    for (const auto& text : values.list(key))
      Change(key, text, head, world).make(key, key == "joins" ? &Member::joins : &Member::leaves, members);
  }
  return members;
}

std::vector<world::RegionId> regions_of(const std::vector<Member>& members) {
  std::vector<world::RegionId> regions;
  regions.reserve(members.size());
  for (const Member& member : members) regions.push_back(member.region);
  return regions;
}

const Member* find_member(const std::vector<Member>& members, world::RegionId region) {
  const auto it =
      std::find_if(members.begin(), members.end(), [&](const Member& member) { return member.region == region; });
  return it == members.end() ? nullptr : &*it;
}

}  // namespace lodestone::policy
