// What several commands share: where things are, and how names on the command line become things.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/app/terminal.hpp"
#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/option.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "lodestone/insight/backtest_class.hpp"
#include "lodestone/insight/economy.hpp"
#include "lodestone/insight/propositions.hpp"
#include "lodestone/store/catalogue.hpp"
#include "lodestone/store/results.hpp"
#include "lodestone/store/run_folder.hpp"
#include "lodestone/world/world.hpp"

namespace lodestone::app {

base::OptionSpec out_option();           // --out DIR, else LODESTONE_OUT, else "out"
base::OptionSpec data_option();          // --data DIR, else LODESTONE_DATA, else "data"
base::OptionSpec as_of_option();         // --as-of DATE
base::OptionSpec base_year_option();     // --base-year YEAR
base::OptionSpec overlay_option();       // --overlay DIR,... (may be repeated)
base::OptionSpec propositions_option();  // --propositions FILE
base::OptionSpec run_argument(const std::string& name, const std::string& help);

std::filesystem::path out_folder(const base::OptionValues& values);
std::filesystem::path data_folder(const base::OptionValues& values);

/// What --propositions names, else propositions/race.toml in the dataset's folder; nothing when that is not there.
std::optional<std::filesystem::path> propositions_file(const base::OptionValues& values);

/// The propositions in a file. Throws base::InputError with every diagnostic.
insight::Propositions propositions_in(const std::filesystem::path& file);

/// The input-output table of a dataset's folder (economy/output_2014.csv and flows_2014.csv). Throws base::InputError.
insight::Economy economy_in(const std::filesystem::path& data);

/// The text of a file. Throws base::InputError.
std::string text_of(const std::filesystem::path& file);

/// What --as-of, --overlay and --base-year say. Throws base::InputError when the date is none.
dataset::ReadOptions read_options(const base::OptionValues& values);
/// The same for a scenario, which may name a base year itself. Throws base::InputError when --base-year contradicts it.
dataset::ReadOptions read_options(const base::OptionValues& values, const std::filesystem::path& scenario);

/// Reads the dataset and reports how long it took. Throws base::InputError with every diagnostic.
world::World load_world(const std::filesystem::path& folder, Terminal& terminal,
                        const dataset::ReadOptions& options = {});

/// A file, or the name of one in scenarios/ ("licence-2025"). Throws base::InputError with the nearest name.
std::filesystem::path find_scenario(const std::string& name);

/// The folder of a case, or the name of one in cases/. Throws base::InputError with the nearest name.
std::filesystem::path find_case(const std::string& name);
/// Every folder in cases/ that holds a case, by name.
std::vector<std::filesystem::path> all_cases();
/// Results of every case as stored in cases/results.csv; none when there is no such file.
std::vector<insight::ClassScore> stored_backtests();

/// A run by its name, checked to have results. Throws base::InputError.
struct FoundRun {
  store::RunRow row;
  store::RunFolder folder;
};
FoundRun find_run(const std::string& name, const base::OptionValues& values);

/// The folder of an ensemble by its name, checked to have results. Throws base::InputError.
store::RunFolder find_ensemble(const std::string& name, const base::OptionValues& values);

/// Throws base::InputError with the nearest name.
world::ProductId product_named(const world::World& world, const std::string& id);
world::RegionId region_named(const world::World& world, const std::string& id);

/// One line on standard error per diagnostic.
void say(const base::Diagnostics& diagnostics, Terminal& terminal);

/// Writes a whole file or nothing; throws base::InputError.
void write_file(const std::filesystem::path& file, const std::string& text);

}  // namespace lodestone::app
