// Reports and tables as text for people and as JSON or CSV for programs.
#pragma once

#include <string>

#include "lodestone/app/terminal.hpp"
#include "lodestone/insight/report.hpp"

namespace lodestone::app {

/// Columns aligned, numbers to the right with sensible digits.
std::string text(const insight::Table& table, const Terminal& terminal);
std::string text(const insight::Report& report, const Terminal& terminal);
/// One JSON object with a list of objects per table; missing numbers are null.
std::string json(const insight::Report& report);
std::string json(const insight::Table& table);
/// RFC 4180, numbers in full.
std::string csv(const insight::Table& table);

/// Prints as text or, when `as_json`, as JSON.
void print(const insight::Report& report, bool as_json, Terminal& terminal);
void print(const insight::Table& table, bool as_json, Terminal& terminal);

/// Words broken at `width`, following lines indented.
std::string wrapped(const std::string& words, std::size_t width, std::size_t indent);

}  // namespace lodestone::app
