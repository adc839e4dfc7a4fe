#include "lodestone/app/chronicle_world.hpp"

#include <utility>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/insight/expression.hpp"

namespace lodestone::app {
namespace {

// Observations name what a run answers: each must be an expression of the dataset's usual world.
void check_series(const world::World& world, const dataset::Money& money, const std::filesystem::path& data,
                  base::Diagnostics& diagnostics) {
  constexpr int kAnyLength = 12;
  insight::Probes probes;
  const insight::Grounds grounds{world, money, world.start, kAnyLength};
  for (const auto& event : world.chronicle.events)
    if (!event.series.empty())
      insight::compile(event.series, {(data / dataset::kEventsFile).string(), event.line, 1}, grounds, probes,
                       diagnostics);
}

}  // namespace

CheckedChronicle checked_chronicle(const std::filesystem::path& data, const dataset::ReadOptions& options) {
  base::Diagnostics diagnostics;
  const auto raw = dataset::read(data, diagnostics, options);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  CheckedChronicle out{dataset::build(raw, diagnostics), {{{2200, 12, 31}, {}}, {}}};
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  policy::replay(out.world, out.world.start, out.acts, diagnostics);
  if (out.world.chronicle.usual) check_series(out.world, dataset::Money(raw), data, diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  return out;
}

}  // namespace lodestone::app
