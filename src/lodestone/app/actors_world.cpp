#include "lodestone/app/actors_world.hpp"

#include <utility>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::app {

CheckedActors checked_actors(const std::filesystem::path& data, const dataset::ReadOptions& options) {
  CheckedActors out{dataset::load(data, options), {}};
  out.reacting.order = {{policy::kAllActors}, {}, out.world.start};
  base::Diagnostics diagnostics;
  if (!out.world.actors.empty()) policy::read_actors(out.world, out.world.start, out.reacting, diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return out;
}

}  // namespace lodestone::app
