#include "lodestone/app/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::app {
namespace {

using base::OptionSpec;
using base::OptionType;

std::string group_of(const Command& command) {
  const auto space = command.name.find(' ');
  return space == std::string::npos ? std::string() : command.name.substr(0, space);
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
  return text;
}

std::vector<OptionSpec> all_options(const Command& command) {
  std::vector<OptionSpec> all = command.options;
  all.insert(all.end(), common_options().begin(), common_options().end());
  return all;
}

std::string value_name(const OptionSpec& spec) {
  switch (spec.type) {
    case OptionType::boolean:
      return "";
    case OptionType::month:
      return "YYYY-MM";
    case OptionType::number:
    case OptionType::integer:
      return "N";
    case OptionType::text_list:
    case OptionType::integer_list:
      return upper(spec.name) + ",...";
    case OptionType::text:
      return upper(spec.name);
  }
  return {};
}

std::string usage(const Command& command) {
  std::string line = "lodestone " + command.name;
  for (const auto& argument : command.arguments)
    line += argument.required ? " " + upper(argument.name) : " [" + upper(argument.name) + "]";
  for (const auto& option : command.options)
    if (option.required) line += fmt::format(" --{} {}", option.name, value_name(option));
  return line + " [options]";
}

std::string detail(const OptionSpec& spec) {
  std::string text = spec.help;
  if (!spec.unit.empty()) text += fmt::format(" ({})", spec.unit);
  if (spec.maximum >= spec.minimum && (spec.type == OptionType::number || spec.type == OptionType::integer) &&
      spec.maximum > spec.minimum)
    text += fmt::format("; {} to {}", spec.minimum, spec.maximum);
  if (!spec.default_text.empty() && spec.type != OptionType::boolean) text += fmt::format(" [{}]", spec.default_text);
  return text;
}

/// One parsed word list per option, filled by the parser.
struct Slots {
  std::map<std::string, std::vector<std::string>> words;
  std::map<std::string, bool> flags;
};

void read_values(const Command& command, const CLI::App& parser, const Slots& slots, base::OptionValues& values) {
  base::Diagnostics wrong;
  std::vector<std::string> option_names;
  for (const auto& option : all_options(command)) option_names.push_back("--" + option.name);
  for (const auto& word : parser.remaining()) {
    if (word.starts_with("-") && word.size() > 1) {
      const auto name = word.substr(0, word.find('='));
      wrong.error({}, fmt::format("unknown option '{}' of 'lodestone {}'", name, command.name), "",
                  base::nearest_name(name, option_names));
    } else if (!wrong.has_errors()) {
      wrong.error({}, fmt::format("'{}' is one word too many", word), usage(command));
    }
  }
  const auto read = [&](const OptionSpec& spec, bool argument) {
    const std::string shown = argument ? upper(spec.name) : "--" + spec.name;
    if (spec.type == OptionType::boolean) {
      values.set(spec.name, slots.flags.at(spec.name));
      return;
    }
    const auto& words = slots.words.at(spec.name);
    std::string text = words.empty() ? spec.default_text : fmt::format("{}", fmt::join(words, ","));
    if (words.size() > 1 && spec.type != OptionType::text_list) {
      wrong.error({}, fmt::format("{} is given {} times", shown, words.size()), "it once");
      return;
    }
    if (words.empty() && spec.default_text.empty()) {
      if (spec.required) wrong.error({}, fmt::format("{} is missing", shown), usage(command));
      return;
    }
    auto value = base::parse_option(spec, text);
    if (const auto* expected = std::get_if<std::string>(&value))
      wrong.error({}, fmt::format("{} '{}'", shown, text), *expected);
    else
      values.set(spec.name, std::get<base::OptionValue>(value));
  };
  for (const auto& spec : command.arguments) read(spec, true);
  for (const auto& spec : all_options(command)) read(spec, false);
  if (wrong.has_errors()) throw base::InputError(std::move(wrong));
}

}  // namespace

std::span<const OptionSpec> common_options() {
  static const std::vector<OptionSpec> options{
      {"json", OptionType::boolean, "", 0, -1, false, "", "print the answer as one JSON document"},
      {"log", OptionType::text, "", 0, -1, false, "warn",
       "what to report on standard error: off, error, warn, info, debug"},
      {"help", OptionType::boolean, "", 0, -1, false, "", "print this help"},
  };
  return options;
}

Parsed parse(int argc, const char* const* argv) {
  Parsed parsed;
  CLI::App root;
  root.set_help_flag();
  root.allow_extras();
  root.require_subcommand(0, 1);  // a later word that is a command's name is an argument: docs levers
  root.add_flag("--help,-h", parsed.help);
  root.add_flag("--version", parsed.version);
  std::map<std::string, CLI::App*> groups;
  std::vector<std::unique_ptr<Slots>> slots;
  std::vector<CLI::App*> parsers;
  for (const Command& command : commands()) {
    CLI::App* parent = &root;
    std::string name = command.name;
    if (const auto group = group_of(command); !group.empty()) {
      auto& app = groups[group];
      if (app == nullptr) {
        app = root.add_subcommand(group);
        app->set_help_flag();
        app->allow_extras();
        app->require_subcommand(0, 1);
        app->add_flag("--help,-h", parsed.help);
      }
      parent = app;
      name = name.substr(group.size() + 1);
    }
    CLI::App* parser = parent->add_subcommand(name);
    parser->set_help_flag();
    parser->allow_extras();
    auto& slot = *slots.emplace_back(std::make_unique<Slots>());
    const auto add = [&](const OptionSpec& spec, const std::string& names) {
      if (spec.type == OptionType::boolean)
        parser->add_flag(names, slot.flags[spec.name]);
      else
        parser->add_option(names, slot.words[spec.name])
            ->expected(1)
            ->allow_extra_args(false)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    };
    for (const auto& spec : command.arguments) add(spec, spec.name);
    for (const auto& spec : all_options(command)) add(spec, spec.name == "help" ? "--help,-h" : "--" + spec.name);
    parsers.push_back(parser);
  }
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    throw base::InputError(error.what());
  }
  for (std::size_t i = 0; i < parsers.size(); ++i) {
    if (!parsers[i]->parsed()) continue;
    parsed.command = &commands()[i];
    parsed.help = slots[i]->flags.at("help");
    if (!parsed.help) read_values(*parsed.command, *parsers[i], *slots[i], parsed.values);
    return parsed;
  }
  // No command: a group's help, or a word that is none.
  std::vector<std::string> names;
  for (const auto& command : commands()) names.push_back(command.name);
  for (const auto& [group, app] : groups) names.push_back(group);
  for (const auto& [group, app] : groups) {
    if (!app->parsed()) continue;
    const auto rest = app->remaining();
    if (!parsed.help && !rest.empty()) {
      base::Diagnostics wrong;
      wrong.error({}, fmt::format("unknown command '{} {}'", group, rest.front()),
                  "a command that 'lodestone --help' lists", base::nearest_name(group + " " + rest.front(), names));
      throw base::InputError(std::move(wrong));
    }
    parsed.group = group;
    return parsed;
  }
  if (const auto rest = root.remaining(); !rest.empty() && !parsed.help && !parsed.version) {
    base::Diagnostics wrong;
    wrong.error({}, fmt::format("unknown {} '{}'", rest.front().starts_with("-") ? "option" : "command", rest.front()),
                "a command that 'lodestone --help' lists", base::nearest_name(rest.front(), names));
    throw base::InputError(std::move(wrong));
  }
  return parsed;
}

std::string general_help(const Terminal& terminal) {
  std::string out = "Lodestone clears critical-mineral markets month by month and says why a price is what it is.\n\n";
  out += terminal.bold("Usage") + "  lodestone COMMAND [arguments] [options]\n\n" + terminal.bold("Commands") + "\n";
  for (const auto& command : commands()) out += fmt::format("  {:<15} {}\n", command.name, command.summary);
  out +=
      "\n" + terminal.bold("Environment") +
      "\n  LODESTONE_OUT   folder of the runs (default: out)\n  LODESTONE_DATA  folder of the dataset (default: data)\n"
      "  NO_COLOR        no colours\n\n" +
      terminal.bold("Exit codes") +
      "\n  0 answered, 1 a run failed, 2 wrong input, 130 interrupted\n\n"
      "'lodestone COMMAND --help' shows options and examples; 'lodestone --version' the version.\n";
  return out;
}

std::string group_help(const std::string& group, const Terminal& terminal) {
  std::string out = terminal.bold("Usage") + fmt::format("  lodestone {} COMMAND [arguments] [options]\n\n", group) +
                    terminal.bold("Commands") + "\n";
  for (const auto& command : commands())
    if (group_of(command) == group) out += fmt::format("  {:<15} {}\n", command.name, command.summary);
  return out + fmt::format("\n'lodestone {} COMMAND --help' shows options and examples.\n", group);
}

std::string command_help(const Command& command, const Terminal& terminal) {
  std::string out = command.summary + "\n\n" + terminal.bold("Usage") + "  " + usage(command) + "\n";
  const auto list = [&](const std::string& title, const std::vector<OptionSpec>& specs, bool arguments) {
    if (specs.empty()) return;
    out += "\n" + terminal.bold(title) + "\n";
    for (const auto& spec : specs) {
      const auto value = value_name(spec);
      std::string name = arguments ? upper(spec.name) : "--" + spec.name + (value.empty() ? "" : " " + value);
      if (!arguments && spec.name == "help") name = "--help, -h";
      out += fmt::format("  {:<24} {}\n", name, detail(spec));
    }
  };
  list("Arguments", command.arguments, true);
  list("Options", all_options(command), false);
  if (!command.examples.empty()) out += "\n" + terminal.bold("Examples") + "\n";
  for (const auto& example : command.examples) out += fmt::format("  {}\n      {}\n", example.line, example.says);
  return out;
}

std::string cli_page() {
  std::string out =
      "# The command line\n\nMade by `lodestone docs cli`; do not edit by hand. Answers go to standard output, "
      "everything else to "
      "standard error. Exit codes: 0 answered, 1 a run failed, 2 wrong input, 130 interrupted (what was done is "
      "kept).\n\n"
      "RUN is the id of a run, the beginning of one, `latest`, or the id of a scenario (its newest complete run). Runs "
      "live in "
      "`out/` (`--out`, `LODESTONE_OUT`), the dataset in `data/` (`--data`, `LODESTONE_DATA`). Colour only on a "
      "terminal, never with `NO_COLOR`.\n\n"
      "Every command also has:\n\n";
  const auto table = [&](const std::span<const OptionSpec> specs, bool arguments) {
    out += "| | |\n|---|---|\n";
    for (const auto& spec : specs) {
      const auto value = value_name(spec);
      out += fmt::format("| `{}` | {}{} |\n",
                         arguments ? upper(spec.name) : "--" + spec.name + (value.empty() ? "" : " " + value),
                         detail(spec), spec.required ? " (required)" : "");
    }
  };
  table(common_options(), false);
  for (const auto& command : commands()) {
    out += fmt::format("\n## {}\n\n{}\n\n`{}`\n", command.name, command.summary, usage(command));
    if (!command.arguments.empty()) {
      out += "\n";
      table(command.arguments, true);
    }
    if (!command.options.empty()) {
      out += "\n";
      table(command.options, false);
    }
    if (!command.examples.empty()) {
      out += "\n```\n";
      for (const auto& example : command.examples) out += fmt::format("{}\n    {}\n", example.line, example.says);
      out += "```\n";
    }
  }
  return out;
}

std::string bash_completion() {
  std::string tops, cases;
  std::map<std::string, std::string> groups;
  for (const auto& command : commands()) {
    const auto group = group_of(command);
    const auto leaf = group.empty() ? command.name : command.name.substr(group.size() + 1);
    if (group.empty() || !groups.contains(group)) tops += (tops.empty() ? "" : " ") + (group.empty() ? leaf : group);
    if (!group.empty()) groups[group] += (groups[group].empty() ? "" : " ") + leaf;
    std::string options;
    for (const auto& spec : all_options(command)) options += (options.empty() ? "--" : " --") + spec.name;
    const bool takes_run = std::any_of(command.arguments.begin(), command.arguments.end(),
                                       [](const OptionSpec& spec) { return spec.name == "run" || spec.name == "a"; });
    cases += fmt::format("    \"{}\") options=\"{}\"{} ;;\n", command.name, options,
                         takes_run ? " words=\"latest $(lodestone runs --ids 2>/dev/null)\"" : "");
  }
  std::string group_cases;
  for (const auto& [group, leaves] : groups)
    group_cases += fmt::format(
        "  if [[ $command == {0} ]]; then\n    if [[ $COMP_CWORD -eq 2 ]]; then COMPREPLY=($(compgen -W \"{1}\" -- "
        "\"$current\")); return; fi\n    command=\"{0} ${{COMP_WORDS[2]}}\"\n  fi\n",
        group, leaves);
  return fmt::format(
      "# bash completion for lodestone: source <(lodestone completion bash)\n"
      "_lodestone() {{\n"
      "  local current=\"${{COMP_WORDS[COMP_CWORD]}}\" command=\"${{COMP_WORDS[1]}}\" options=\"\" words=\"\"\n"
      "  if [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W \"{} --help --version\" -- \"$current\")); return; "
      "fi\n"
      "{}"
      "  case \"$command\" in\n{}  esac\n"
      "  if [[ $current == -* ]]; then COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
      "  elif [[ -n $words ]]; then COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
      "  else COMPREPLY=($(compgen -f -- \"$current\")); fi\n"
      "}}\n"
      "complete -o filenames -F _lodestone lodestone\n",
      tops, group_cases, cases);
}

std::string zsh_completion() {
  return "#compdef lodestone\n# zsh completion for lodestone: source <(lodestone completion zsh)\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bash_completion();
}

}  // namespace lodestone::app
