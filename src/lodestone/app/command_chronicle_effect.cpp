// What one event of the chronicle did: a scenario run with and without it, side by side.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/app/run_scenario.hpp"
#include "lodestone/app/tables.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/dataset/toml_reader.hpp"
#include "lodestone/insight/compare.hpp"
#include "lodestone/policy/scenario.hpp"

namespace lodestone::app {
namespace {

using base::OptionType;

/// The scenario's text with one more event that does not happen. Throws base::InputError as its reader would.
std::string text_without(const policy::Scenario& scenario, const std::string& file, const std::string& event) {
  base::Diagnostics wrong;
  auto document = dataset::parse_toml(scenario.text, file, wrong);
  if (!document) throw base::InputError(std::move(wrong));
  auto& run = *document->get_as<toml::table>("run");
  if (!run.contains("chronicle-without")) run.insert("chronicle-without", toml::array{});
  run.get_as<toml::array>("chronicle-without")->push_back(event);
  // Texts in the quotes that people write, so that nothing else seems to differ.
  const auto plain = toml::toml_formatter::default_flags & ~toml::format_flags::allow_literal_strings;
  std::ostringstream out;
  out << "# Made by 'lodestone chronicle effect' from " << file << "\n"
      << toml::toml_formatter{*document, plain} << "\n";
  return out.str();
}

/// Throws base::InputError when the event does nothing in this run, with the reason.
void check_happens(const policy::Scenario& scenario, const std::string& event, const world::World& world) {
  const auto& ids = world.chronicle.all_events;
  if (std::find(ids.begin(), ids.end(), event) == ids.end()) {
    base::Diagnostics wrong;
    wrong.error({}, fmt::format("EVENT '{:.60}'", event), "an event of the chronicle", base::nearest_name(event, ids));
    throw base::InputError(std::move(wrong));
  }
  if (!scenario.chronicle)
    throw base::InputError(fmt::format(
        "scenario {} replays no chronicle; expected chronicle = \"through 2026-07-31\" in [run]", scenario.id));
  const auto* row = world.chronicle.find(event);
  std::string why = row == nullptr ? "not known at the date" : "it is of status " + to_string(row->status);
  if (row != nullptr && !row->reason.empty()) why += ": " + row->reason;
  for (const auto& act : scenario.chronicle->acts) {
    const auto& by = act.amended_by;
    if (act.replayed && (act.event == event || std::find(by.begin(), by.end(), event) != by.end())) return;
    if (act.event == event) why = fmt::format("{}: {}", act.lever, act.why);
  }
  throw base::InputError(fmt::format("event {} does nothing in {}: {}", event, scenario.id, why));
}

RunOutcome run_one(const RunRequest& request, const world::World& world, Terminal& terminal) {
  auto outcome = run_scenario(request, world, terminal);
  if (outcome.status == store::Status::complete) return outcome;
  terminal.say(fmt::format("{} run {}: {}", terminal.red("error:"), outcome.id, outcome.message));
  return outcome;
}

int code_of(store::Status status) {
  return status == store::Status::interrupted ? kInterrupted : kFailed;
}

int execute(const base::OptionValues& values, Terminal& terminal) {
  RunRequest request;
  request.scenario = find_scenario(values.text("scenario"));
  request.data = data_folder(values);
  request.out = out_folder(values);
  if (values.has("months")) request.months = static_cast<int>(values.integer("months"));
  const auto reading = read_options(values, request.scenario);
  request.overlays = reading.overlays;
  const auto world = load_world(request.data, terminal, reading);
  const auto scenario = policy::read_scenario(request.scenario, world);
  const auto& event = values.text("event");
  check_happens(scenario, event, world);

  request.text = text_without(scenario, request.scenario.string(), event);
  const auto without = run_one(request, world, terminal);
  if (without.status != store::Status::complete) return code_of(without.status);
  request.text.reset();
  const auto with = run_one(request, world, terminal);
  if (with.status != store::Status::complete) return code_of(with.status);

  const store::Results a(store::RunFolder(request.out, without.id).results());
  const store::Results b(store::RunFolder(request.out, with.id).results());
  auto report = insight::compare(a, b, static_cast<std::size_t>(values.integer("top")));
  const auto* row = world.chronicle.find(event);
  report.question = fmt::format("What did {} do ({}, {})?", event, row->held.from.text(), row->summary);
  report.notes.push_back(fmt::format("A: run {} without {}. B: run {} with it.", without.id, event, with.id));
  print(report, values.boolean("json"), terminal);
  return kOk;
}

}  // namespace

Command chronicle_effect_command() {
  return {"chronicle effect",
          "Run a scenario with and without one event of the chronicle and say what differs.",
          {{"event", OptionType::text, "", 0, -1, true, "", "id of the event, such as E154"},
           {"scenario", OptionType::text, "", 0, -1, true, "", "a scenario file, or the name of one in scenarios/"}},
          {{"months", OptionType::integer, "months", 1, 1200, false, "",
            "length of both runs; the scenario's when not given"},
           {"top", OptionType::integer, "rows", 1, 1000, false, "12", "rows per table of outcomes"},
           base_year_option(),
           as_of_option(),
           overlay_option(),
           data_option(),
           out_option()},
          {{"lodestone chronicle effect E154 history-2024", "what the licences of April 2025 did"}},
          execute};
}

}  // namespace lodestone::app
