// TOML files whose values know their place, read against a table of options.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/base/option.hpp"

namespace lodestone::dataset {

/// The document in `text`; nothing (and an error with its place) when it is not TOML or nested too deeply.
std::optional<toml::table> parse_toml(std::string_view text, const std::string& file, base::Diagnostics& diagnostics);

/// The document in a file; nothing (and errors) when it cannot be read.
std::optional<toml::table> read_toml(const std::filesystem::path& path, base::Diagnostics& diagnostics);

/// Where a value stands.
base::Place place_of(const toml::node& node);
/// Where a key stands.
base::Place place_of(const toml::key& key);

/// What a value is, in words for an error message: "the text 'abc'", "a list".
std::string describe(const toml::node& node);

/// The values of `table` as `specs` declare them: type, range, required, unknown keys (with the nearest name), NaN and
/// infinity are checked, defaults filled in. Keys that were wrong are left out.
base::OptionValues read_options(const toml::table& table, std::span<const base::OptionSpec> specs,
                                base::Diagnostics& diagnostics);

}  // namespace lodestone::dataset
