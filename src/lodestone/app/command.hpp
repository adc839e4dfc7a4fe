// A command: a row of the one table from which the parser, the help, docs/cli.md and shell completion are made.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "lodestone/app/terminal.hpp"
#include "lodestone/base/option.hpp"

namespace lodestone::app {

struct Example {
  std::string line;  // "lodestone runs"
  std::string says;  // what it does
};

struct Command {
  std::string name;                         // "market solve": the last word is the command, those before are its group
  std::string summary;                      // one sentence
  std::vector<base::OptionSpec> arguments;  // in order
  std::vector<base::OptionSpec> options;    // beside the common ones
  std::vector<Example> examples;
  int (*run)(const base::OptionValues& values, Terminal& terminal);
};

/// All commands, in the order in which help lists them.
std::span<const Command> commands();

/// Options that every command has: help, json, log.
std::span<const base::OptionSpec> common_options();

// One file each.
Command demo_command();
Command check_command();
Command run_command();
Command why_command();
Command compare_command();
Command export_command();
Command report_command();
Command runs_command();
Command market_solve_command();
Command market_export_command();
Command validate_command();
Command backtest_command();
Command calibrate_command();
Command ensemble_command();
Command resume_command();
Command scorecard_command();
Command projects_command();
Command sensitivity_command();
// command_discover.cpp
Command discover_command();
Command regret_command();
Command thesis_command();
Command prevent_command();
Command uncertainty_command();
Command chronicle_list_command();
Command chronicle_add_command();
Command chronicle_effect_command();
Command levers_command();
Command docs_command();
Command completion_command();

}  // namespace lodestone::app
