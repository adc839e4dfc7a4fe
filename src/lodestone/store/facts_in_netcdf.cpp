#include "lodestone/store/facts_in_netcdf.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <string>

namespace lodestone::store {
namespace {

template <class T>
T integer(const std::string& text) {
  T value{};
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

double days_since_1970(base::Month month) {
  using namespace std::chrono;
  const year_month_day first{year{month.year()}, std::chrono::month{static_cast<unsigned>(month.month())}, day{1}};
  return static_cast<double>(sys_days{first}.time_since_epoch().count());
}

base::Month month_of(double days_since_1970) {
  using namespace std::chrono;
  const year_month_day date{sys_days{days{static_cast<int>(days_since_1970)}}};
  return base::Month::of(static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())));
}

int define_time(NetcdfFile& file, int dimension) {
  const int time = file.numbers("time", std::array{dimension}, {});
  file.attribute(time, "long_name", "first day of the month");
  file.attribute(time, "standard_name", "time");
  file.attribute(time, "units", "days since 1970-01-01");
  file.attribute(time, "calendar", "proleptic_gregorian");
  return time;
}

void write_facts(NetcdfFile& file, const RunFacts& facts) {
  const auto text = [&](const char* name, const std::string& value) {
    file.attribute(NetcdfFile::kGlobal, name, value);
  };
  const auto number = [&](const char* name, long long value) { file.attribute(NetcdfFile::kGlobal, name, value); };
  text("Conventions", "CF-1.8");
  text("title", facts.title);
  text("run", facts.id);
  text("scenario", facts.scenario);
  text("question", facts.question);
  text("scenario_text", facts.scenario_text);
  text("dataset", facts.dataset);
  text("dataset_title", facts.dataset_title);
  text("dataset_hash", facts.dataset_hash);
  number("base_year", facts.base_year);
  text("as_of", facts.as_of);
  text("overlays", facts.overlays);
  text("lodestone_version", facts.version);
  number("seed", static_cast<long long>(facts.seed));
  text("start", facts.start.text());
  number("months", facts.months);
  text("method", facts.method);
  text("demand_growth", facts.demand_growth);
}

RunFacts read_facts(const NetcdfFile& file) {
  const auto text = [&](const char* name) { return file.attribute_text(NetcdfFile::kGlobal, name); };
  RunFacts facts;
  facts.id = text("run");
  facts.title = text("title");
  facts.scenario = text("scenario");
  facts.question = text("question");
  facts.scenario_text = text("scenario_text");
  facts.dataset = text("dataset");
  facts.dataset_title = text("dataset_title");
  facts.dataset_hash = text("dataset_hash");
  facts.base_year = integer<int>(text("base_year"));
  facts.as_of = text("as_of");
  facts.overlays = text("overlays");
  facts.version = text("lodestone_version");
  facts.seed = static_cast<std::uint64_t>(integer<long long>(text("seed")));
  facts.start = base::parse_month(text("start")).value_or(base::Month{});
  facts.months = integer<int>(text("months"));
  facts.method = text("method");
  facts.demand_growth = text("demand_growth");
  return facts;
}

}  // namespace lodestone::store
