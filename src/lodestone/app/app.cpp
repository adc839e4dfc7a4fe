#include "lodestone/app/app.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>

#include "lodestone/app/command_line.hpp"
#include "lodestone/app/context.hpp"
#include "lodestone/base/diagnostics.hpp"

namespace lodestone::app {
namespace {

int wrong_input(const base::InputError& error, Terminal& terminal) {
  say(error.diagnostics(), terminal);
  if (error.diagnostics().errors() > 1) terminal.say(fmt::format("{} errors", error.diagnostics().errors()));
  return kWrongInput;
}

int dispatch(int argc, const char* const* argv, Terminal& terminal) {
  const Parsed parsed = parse(argc, argv);
  if (parsed.version) {
    terminal.print(fmt::format("lodestone {}\n", LODESTONE_VERSION));
    return kOk;
  }
  if (parsed.command == nullptr) {
    terminal.print(parsed.group.empty() ? general_help(terminal) : group_help(parsed.group, terminal));
    return parsed.help ? kOk : kWrongInput;
  }
  if (parsed.help) {
    terminal.print(command_help(*parsed.command, terminal));
    return kOk;
  }
  const std::string& level = parsed.values.text("log");
  const std::array<std::string, 5> levels{"off", "error", "warn", "info", "debug"};
  if (std::find(levels.begin(), levels.end(), level) == levels.end()) {
    base::Diagnostics wrong;
    wrong.error({}, fmt::format("--log '{}'", level), fmt::format("one of {}", fmt::join(levels, ", ")),
                base::nearest_name(level, levels));
    throw base::InputError(std::move(wrong));
  }
  terminal.log_level(level);
  return parsed.command->run(parsed.values, terminal);
}

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> all{
      demo_command(),        check_command(),          run_command(),           why_command(),
      damage_command(),      embodied_command(),       compare_command(),       export_command(),
      report_command(),      runs_command(),           market_solve_command(),  market_export_command(),
      validate_command(),    backtest_command(),       calibrate_command(),     ensemble_command(),
      resume_command(),      scorecard_command(),      projects_command(),      sensitivity_command(),
      discover_command(),    regret_command(),         thesis_command(),        prevent_command(),
      uncertainty_command(), chronicle_list_command(), chronicle_add_command(), chronicle_effect_command(),
      levers_command(),      actors_command(),         docs_command(),          completion_command()};
  return all;
}

int run(int argc, const char* const* argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file beyond the limit (ulimit -f) is an error to be told, as a full disk is
  Terminal terminal;
  try {
    return dispatch(argc, argv, terminal);
  } catch (const base::InputError& error) {
    return wrong_input(error, terminal);
  } catch (const std::exception& error) {
    terminal.say(terminal.red("error:") + " " + error.what());
    return kFailed;
  }
}

}  // namespace lodestone::app
