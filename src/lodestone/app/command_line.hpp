// From words on the command line to a command and its values; help, docs and completion from the same table.
#pragma once

#include <string>

#include "lodestone/app/command.hpp"

namespace lodestone::app {

struct Parsed {
  const Command* command = nullptr;  // null: general help or version
  bool help = false, version = false;
  std::string group;  // help for a group of commands: "market"
  base::OptionValues values;
};

/// Throws base::InputError that names everything wrong and the nearest valid names.
Parsed parse(int argc, const char* const* argv);

std::string general_help(const Terminal& terminal);
std::string group_help(const std::string& group, const Terminal& terminal);
std::string command_help(const Command& command, const Terminal& terminal);
/// docs/cli.md
std::string cli_page();
std::string bash_completion();
std::string zsh_completion();

}  // namespace lodestone::app
