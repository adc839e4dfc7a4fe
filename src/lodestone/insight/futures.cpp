#include "lodestone/insight/futures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lodestone/dataset/dataset.hpp"
#include "lodestone/dataset/money.hpp"
#include "lodestone/insight/expression.hpp"
#include "lodestone/insight/kept_words.hpp"
#include "lodestone/insight/replay.hpp"
#include "lodestone/simulation/future.hpp"

namespace lodestone::insight {
namespace {

using base::Diagnostics;

ensemble::Sampling sampling_named(const std::string& name) {
  const std::vector<std::string> words(ensemble::kSamplingNames.begin(), ensemble::kSamplingNames.end());
  const auto it = std::find(words.begin(), words.end(), name);
  if (it != words.end()) return static_cast<ensemble::Sampling>(it - words.begin());
  Diagnostics wrong;
  wrong.error({}, fmt::format("sampling '{:.40}'", name), fmt::format("one of {}", fmt::join(words, ", ")),
              base::nearest_name(name, words));
  throw base::InputError(std::move(wrong));
}

}  // namespace

std::string figure_name(const policy::UncertainOption& option) {
  return option.option == policy::kHazardOption ? fmt::format("months until lever {} begins", option.lever)
                                                : fmt::format("{} of lever {}", option.option, option.lever);
}

std::vector<ensemble::Uncertain> uncertain_in(const std::vector<dataset::UncertainFigure>& figures,
                                              const std::vector<policy::UncertainOption>& options) {
  std::vector<ensemble::Uncertain> out;
  for (const auto& figure : figures)
    out.push_back({figure.id, figure.distribution, figure.group, figure.correlation, figure.provenance.assumed()});
  for (const auto& option : options)
    out.push_back({figure_name(option), option.distribution, option.group, option.correlation,
                   option.source.starts_with("assumption")});
  return out;
}

Futures::Futures(dataset::RawDataset raw, std::string text, std::string file, const EnsembleRequest& request)
    : raw_(std::move(raw)),
      text_(std::move(text)),
      file_(std::move(file)),
      request_(request),
      figures_(dataset::uncertain_figures(raw_)) {
  Diagnostics diagnostics;
  const auto world = dataset::build(raw_, diagnostics);
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  const auto base = scenario(world, {});
  fill_in(base);
  options_ = base.ensemble.uncertain;
  const dataset::Money money(raw_);
  wishes_ = wishes_of(request_, grounds_of(world, money, base), base);
  for (const auto& wish : wishes_) {
    kept_.push_back(wish.kept);
    kept_.back().says = kept_words(wish.kept.expression, world);
  }
  facts_ = {facts_of(world, base, "cascade"), static_cast<std::size_t>(*request_.members), *request_.sampling};
  const auto sampling = sampling_named(*request_.sampling);
  design_ =
      std::make_unique<ensemble::Design>(uncertain_in(figures_, options_), sampling, *request_.seed, facts_.members);
}

policy::Scenario Futures::scenario(const world::World& world, std::span<const policy::DrawnOption> drawn) const {
  auto out = policy::parse_scenario(text_, file_, world, drawn);
  if (request_.months) out.months = *request_.months;
  if (request_.seed) out.seed = *request_.seed;
  if (request_.demand_growth) policy::choose_growth(out, world, *request_.demand_growth);
  return out;
}

void Futures::fill_in(const policy::Scenario& base) {
  if (!request_.members) request_.members = base.ensemble.members.value_or(kUsualMembers);
  if (!request_.sampling) request_.sampling = base.ensemble.sampling.value_or("sobol");
  request_.months = base.months;
  request_.seed = base.seed;
  request_.demand_growth = base.demand_growth;
}

std::string Futures::identity() const {
  std::string out =
      fmt::format("lodestone {}\ndataset {}\nas of {}\nbase year {}\nseed {}\nmonths {}\ngrowth {}\nsampling {}\n",
                  facts_.run.version, facts_.run.dataset_hash, facts_.run.as_of, facts_.run.base_year, *request_.seed,
                  *request_.months, *request_.demand_growth, *request_.sampling);
  // The others can be made longer.
  if (*request_.sampling == "latin-hypercube") out += fmt::format("members {}\n", facts_.members);
  for (const auto& kept : kept_) out += fmt::format("keep {}\n", kept.expression);
  return out + text_;
}

OneFuture Futures::future(std::uint32_t number) const {
  OneFuture out = future(design_->draw(number));
  out.scenario.future = number;
  return out;
}

OneFuture Futures::future(const std::vector<double>& drawn) const {
  dataset::RawDataset raw = raw_;
  for (std::size_t f = 0; f < figures_.size(); ++f) dataset::apply(figures_[f], drawn[f], raw);
  std::vector<policy::DrawnOption> options;
  for (std::size_t o = 0; o < options_.size(); ++o)
    options.push_back({options_[o].lever, options_[o].option, drawn[figures_.size() + o]});
  Diagnostics diagnostics;
  OneFuture out;
  out.world = std::make_unique<world::World>(dataset::build(raw, diagnostics));
  if (diagnostics.has_errors()) throw base::InputError(std::move(diagnostics));
  out.scenario = scenario(*out.world, options);
  return out;
}

ensemble::Member Futures::make(std::uint32_t number) const {
  return make(number, design_->draw(number));
}

ensemble::Member Futures::make(std::uint32_t number, const std::vector<double>& drawn,
                               std::optional<std::size_t> without) const {
  ensemble::Member member{number, "", {}};
  try {
    OneFuture one = future(drawn);
    one.scenario.future = number;
    if (without) one.scenario = one.scenario.without(static_cast<int>(*without));
    const dataset::Money money(raw_);
    const Grounds grounds = grounds_of(*one.world, money, one.scenario);
    Diagnostics diagnostics;
    Probes probes;
    std::vector<Expression> expressions;
    for (const auto& wish : wishes_)
      expressions.push_back(*compile(wish.kept.expression, wish.place, grounds, probes, diagnostics));
    Recorder recorder(probes, one.scenario.start);
    simulation::Future run(*one.world, one.scenario);
    run.run(recorder);
    const Track track = recorder.take();
    for (const auto& expression : expressions) {
      const Values values = expression.rule({track, {}, 0, 0, nullptr});
      member.values.insert(member.values.end(), values.begin(), values.end());
    }
  } catch (const simulation::MonthNotCleared& failure) {
    member = {number, failure.what(), {}};
  } catch (const base::InputError& failure) {
    member = {number, failure.what(), {}};
  }
  return member;
}

}  // namespace lodestone::insight
