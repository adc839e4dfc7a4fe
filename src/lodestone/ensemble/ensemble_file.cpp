#include "lodestone/ensemble/ensemble_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/ensemble/checksum.hpp"
#include "lodestone/ensemble/statistics.hpp"
#include "lodestone/store/facts_in_netcdf.hpp"
#include "lodestone/store/whole_file.hpp"

namespace lodestone::ensemble {
namespace {

namespace fs = std::filesystem;
using store::NetcdfFile;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMembersAChunk = 256;
constexpr std::size_t kLongestName = 200;

std::string words_joined(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool word = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (word)
      out += c;
    else if (!out.empty() && out.back() != '_')
      out += '_';
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  if (out.empty() || std::isdigit(static_cast<unsigned char>(out.front())) != 0) out.insert(0, "x_");
  return out.substr(0, kLongestName);
}

class Writer {
 public:
  Writer(const fs::path& part, const EnsembleFacts& facts, const std::vector<Kept>& kept, const Design& design,
         MemberReader& members)
      : nc_(NetcdfFile::create(part)), facts_(facts), kept_(kept), design_(design), members_(members) {}

  void write() {
    define();
    write_labels();
    write_draws();
    std::size_t first = 0;
    for (std::size_t k = 0; k < kept_.size(); ++k) {
      write_series(k, first);
      first += length(k);
    }
    nc_.close();
  }

 private:
  struct Variables {
    int values = -1, quantiles = -1, mean = -1, deviation = -1, count = -1;
  };

  NetcdfFile nc_;
  const EnsembleFacts& facts_;
  const std::vector<Kept>& kept_;
  const Design& design_;
  MemberReader& members_;
  int d_member_ = -1, d_time_ = -1, d_quantile_ = -1, d_figure_ = -1;
  int v_member_ = -1, v_time_ = -1, v_quantile_ = -1, v_figure_ = -1, v_assumed_ = -1, v_draw_ = -1, v_failure_ = -1;
  std::vector<Variables> series_;

  [[nodiscard]] std::size_t months() const { return static_cast<std::size_t>(facts_.run.months); }
  [[nodiscard]] std::size_t length(std::size_t k) const { return kept_[k].monthly ? months() : 1; }
  [[nodiscard]] bool gave(std::size_t m) const {
    const auto number = static_cast<std::uint32_t>(m);
    return members_.has(number) && members_.failure(number).empty();
  }

  int numbers(const std::string& name, const std::vector<int>& dims, const std::string& says, const std::string& unit,
              const std::vector<std::size_t>& chunks = {}, bool four_bytes = false) {
    const int variable = nc_.numbers(name, dims, chunks, four_bytes);
    nc_.attribute(variable, "long_name", says);
    nc_.attribute(variable, "units", unit);
    return variable;
  }

  void define() {
    nc_.attribute(NetcdfFile::kGlobal, "lodestone_file", std::string("ensemble"));
    nc_.attribute(NetcdfFile::kGlobal, "schema_version", static_cast<long long>(kEnsembleSchema));
    nc_.attribute(NetcdfFile::kGlobal, "sampling", facts_.sampling);
    store::write_facts(nc_, facts_.run);
    d_member_ = nc_.dimension("member", facts_.members);
    d_time_ = nc_.dimension("time", months());
    d_quantile_ = nc_.dimension("quantile", kQuantiles.size());
    v_member_ = numbers("member", {d_member_}, "number of the future", "1");
    v_time_ = store::define_time(nc_, d_time_);
    v_quantile_ = numbers("quantile", {d_quantile_}, "share of futures below", "1");
    v_failure_ = nc_.words("failure", d_member_);
    nc_.attribute(v_failure_, "long_name", std::string("why a future was dropped; empty when it was not"));
    if (!design_.figures().empty()) {
      d_figure_ = nc_.dimension("figure", design_.figures().size());
      v_figure_ = nc_.words("figure", d_figure_);
      nc_.attribute(v_figure_, "long_name", std::string("uncertain figure"));
      v_assumed_ = numbers("figure_assumed", {d_figure_}, "1: its range rests on an assumption", "1");
      v_draw_ = numbers("draw", {d_member_, d_figure_}, "value drawn", "1");
    }
    for (const auto& kept : kept_) series_.push_back(define_series(kept));
    nc_.end_definitions();
  }

  Variables define_series(const Kept& kept) {
    const auto over = [&](std::vector<int> dims) {
      if (kept.monthly) dims.push_back(d_time_);
      return dims;
    };
    std::vector<std::size_t> chunks{std::min(kMembersAChunk, facts_.members)};
    if (kept.monthly) chunks.push_back(months());
    Variables v;
    v.values = numbers(kept.name, over({d_member_}), kept.expression, kept.unit, chunks, true);
    nc_.attribute(v.values, "monthly", static_cast<long long>(kept.monthly ? 1 : 0));
    if (!kept.says.empty()) nc_.attribute(v.values, "says", kept.says);
    if (!kept.role.empty()) {
      nc_.attribute(v.values, "role", kept.role);
      nc_.attribute(v.values, "subject", kept.subject);
      return v;  // its spread is told by whoever the role is for
    }
    v.quantiles = numbers(kept.name + "_quantile", over({d_quantile_}), "quantiles of " + kept.expression, kept.unit);
    v.mean = numbers(kept.name + "_mean", over({}), "mean of " + kept.expression, kept.unit);
    v.deviation = numbers(kept.name + "_deviation", over({}), "standard deviation of " + kept.expression, kept.unit);
    v.count = numbers(kept.name + "_count", over({}), "futures that have " + kept.expression, "1");
    return v;
  }

  void put(int variable, std::vector<std::size_t> count, const std::vector<double>& values) {
    const std::vector<std::size_t> start(count.size(), 0);
    nc_.write(variable, start, count, values);
  }

  void write_labels() {
    std::vector<double> number(facts_.members), time;
    std::vector<std::string> failure(facts_.members), figure;
    for (std::size_t m = 0; m < facts_.members; ++m) {
      number[m] = static_cast<double>(m);
      if (!gave(m)) {
        const auto n = static_cast<std::uint32_t>(m);
        failure[m] = members_.has(n) ? members_.failure(n) : "not made";
      }
    }
    for (int t = 0; t < facts_.run.months; ++t) time.push_back(store::days_since_1970(facts_.run.start + t));
    for (const auto& uncertain : design_.figures()) figure.push_back(uncertain.id);
    put(v_member_, {facts_.members}, number);
    put(v_time_, {months()}, time);
    put(v_quantile_, {kQuantiles.size()}, {kQuantiles.begin(), kQuantiles.end()});
    nc_.write(v_failure_, failure);
    if (v_figure_ < 0) return;
    nc_.write(v_figure_, figure);
    std::vector<double> assumed;
    for (const auto& uncertain : design_.figures()) assumed.push_back(uncertain.assumed ? 1 : 0);
    put(v_assumed_, {assumed.size()}, assumed);
  }

  void write_draws() {
    if (v_draw_ < 0) return;
    for (std::size_t m = 0; m < facts_.members; ++m) {
      const auto drawn = design_.draw(m);
      nc_.write(v_draw_, std::array{m, std::size_t{0}}, std::array{std::size_t{1}, drawn.size()}, drawn);
    }
  }

  void write_series(std::size_t k, std::size_t first) {
    const std::size_t n = length(k);
    std::vector<double> all(facts_.members * n, kNone);
    for (std::size_t m = 0; m < facts_.members; ++m)
      if (gave(m)) members_.read(static_cast<std::uint32_t>(m), first, std::span(all).subspan(m * n, n));
    const auto over = [&](std::vector<std::size_t> count) {
      if (kept_[k].monthly) count.push_back(n);
      return count;
    };
    put(series_[k].values, over({facts_.members}), all);
    if (!kept_[k].role.empty()) return;
    std::vector<double> mean(n), deviation(n), count(n), quantiles(kQuantiles.size() * n), column;
    for (std::size_t t = 0; t < n; ++t) {
      column.resize(facts_.members);
      for (std::size_t m = 0; m < facts_.members; ++m) column[m] = all[m * n + t];
      const Spread spread = spread_of(column);
      mean[t] = spread.mean;
      deviation[t] = spread.deviation;
      count[t] = static_cast<double>(spread.count);
      for (std::size_t q = 0; q < kQuantiles.size(); ++q) quantiles[q * n + t] = spread.quantiles[q];
    }
    put(series_[k].quantiles, over({kQuantiles.size()}), quantiles);
    put(series_[k].mean, over({}), mean);
    put(series_[k].deviation, over({}), deviation);
    put(series_[k].count, over({}), count);
  }
};

}  // namespace

std::size_t values_of(const std::vector<Kept>& kept, int months) {
  std::size_t sum = 0;
  for (const auto& k : kept) sum += k.monthly ? static_cast<std::size_t>(months) : 1;
  return sum;
}

std::vector<std::string> variable_names(const std::vector<std::string>& expressions) {
  std::set<std::string> taken{"member", "time", "quantile", "figure", "figure_assumed", "draw", "failure"};
  std::vector<std::string> out;
  for (const auto& expression : expressions) {
    const std::string name = words_joined(expression);
    std::string unique = name;
    for (int i = 2; taken.contains(unique); ++i) unique = fmt::format("{}_{}", name, i);
    for (const char* ending : {"", "_quantile", "_mean", "_deviation", "_count"}) taken.insert(unique + ending);
    out.push_back(unique);
  }
  return out;
}

void write_ensemble(const fs::path& file, const EnsembleFacts& facts, const std::vector<Kept>& kept,
                    const Design& design, MemberReader& members) {
  fs::path part = file;
  part += ".part";
  Writer(part, facts, kept, design, members).write();
  write_checksum(part, checksum_file(file));
  store::give_name(part, file);
}

}  // namespace lodestone::ensemble
