#include <fmt/format.h>

#include "lodestone/app/app.hpp"
#include "lodestone/app/command_line.hpp"
#include "lodestone/base/diagnostics.hpp"

namespace lodestone::app {
namespace {

int execute(const base::OptionValues& values, Terminal& terminal) {
  const auto& shell = values.text("shell");
  if (shell != "bash" && shell != "zsh") throw base::InputError(fmt::format("SHELL '{}': expected bash or zsh", shell));
  terminal.print(shell == "bash" ? bash_completion() : zsh_completion());
  return kOk;
}

}  // namespace

Command completion_command() {
  return {"completion",
          "Print a completion script for a shell.",
          {{"shell", base::OptionType::text, "", 0, -1, true, "", "bash or zsh"}},
          {},
          {{"source <(lodestone completion bash)", "completes commands, options and runs in this shell"}},
          execute};
}

}  // namespace lodestone::app
