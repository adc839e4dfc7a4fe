// What each lever of a scenario does to each project: futures with and without it, the draws staying the same.
#include <algorithm>
#include <cmath>

#include "lodestone/ensemble/engine.hpp"
#include "lodestone/insight/kept.hpp"
#include "lodestone/insight/project_odds.hpp"

namespace lodestone::insight {
namespace {

/// Where the numbers of the projects stand among the values of a future.
struct Places {
  std::vector<std::size_t> opened, output;  // per project
};

Places places_of(const std::vector<ensemble::Kept>& kept, int months) {
  Places out;
  std::size_t at = 0, number = 0;
  for (const auto& k : kept) {
    if (k.role == kProject) {
      const auto which = static_cast<ProjectNumber>(number++ % kProjectNumbers);
      if (which == ProjectNumber::opened) out.opened.push_back(at);
      if (which == ProjectNumber::output) out.output.push_back(at);
    }
    at += k.monthly ? static_cast<std::size_t>(months) : 1;
  }
  return out;
}

/// Values of a number of each project in the futures of the ensemble.
std::vector<std::vector<double>> in_file(const ensemble::EnsembleFile& file, ProjectNumber number) {
  const auto kept = file.kept_for(kProject);
  std::vector<std::vector<double>> out;
  for (std::size_t first = 0; first + kProjectNumbers <= kept.size(); first += kProjectNumbers)
    out.push_back(file.values(kept[first + static_cast<std::size_t>(number)]));
  return out;
}

}  // namespace

std::vector<std::vector<LeverEffect>> lever_effects(const ensemble::EnsembleFile& file, const Futures& futures,
                                                    std::size_t members, int threads,
                                                    const std::function<bool(int done, int all)>& done) {
  // Those that rules of actors hold ready come last and differ from future to future.
  auto levers = futures.facts().run.levers;
  std::erase_if(levers, [](const auto& lever) { return !lever.rule.empty(); });
  members = std::min(members, file.facts().members);
  const auto all = static_cast<std::uint32_t>(levers.size() * members);
  std::vector<ensemble::Member> made(all);
  ensemble::Work work;
  work.threads = threads;
  work.claim = ensemble::all_but(all, {});
  work.make = [&](std::uint32_t number) {
    const auto member = static_cast<std::uint32_t>(number % members);
    auto future = futures.make(member, futures.design().draw(member), number / members);
    future.number = number;
    return future;
  };
  std::uint32_t count = 0;
  bool stopped = false;
  work.finished = [&](const ensemble::Member& member) {
    made[member.number] = member;
    stopped = !done(static_cast<int>(++count), static_cast<int>(all)) && count < all;
    return !stopped;
  };
  ensemble::run(work);
  if (stopped) return {};

  const Places places = places_of(futures.kept(), futures.facts().run.months);
  const auto opened = in_file(file, ProjectNumber::opened), output = in_file(file, ProjectNumber::output);
  std::vector<std::vector<LeverEffect>> out(places.opened.size());
  for (std::size_t p = 0; p < out.size(); ++p)
    for (std::size_t l = 0; l < levers.size(); ++l) {
      LeverEffect effect{levers[l].id, {}, {}, {}, {}};
      for (std::size_t m = 0; m < members; ++m) {
        const auto& without = made[l * members + m];
        if (!without.failure.empty() || !file.failures()[m].empty()) continue;
        effect.opened_with.push_back(opened[p][m]);
        effect.output_with.push_back(output[p][m]);
        effect.opened_without.push_back(without.values[places.opened[p]]);
        effect.output_without.push_back(static_cast<float>(without.values[places.output[p]]));  // as the file has it
      }
      out[p].push_back(std::move(effect));
    }
  return out;
}

}  // namespace lodestone::insight
