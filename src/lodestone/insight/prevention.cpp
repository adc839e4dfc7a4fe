#include "lodestone/insight/prevention.hpp"

#include <algorithm>
#include <mutex>

#include "lodestone/dataset/toml_reader.hpp"
#include "lodestone/ensemble/engine.hpp"
#include "lodestone/explore/cheapest.hpp"
#include "lodestone/explore/subsets.hpp"

namespace lodestone::insight {
namespace {

using base::OptionType;

struct Stopped {};

/// Nothing begins after the last month of the run.
Packages within(Packages packages, const policy::Scenario& scenario) {
  packages.begin_by(scenario.start + (scenario.months - 1));
  return packages;
}

/// Months by which packages can begin later than they might.
int most_delay(const std::vector<Chosen>& chosen, const Packages& packages) {
  int most = 0;
  for (const auto& one : chosen) {
    const auto& package = packages.all()[one.package];
    most = std::max(most, package.latest - package.earliest);
  }
  return most;
}

std::vector<Chosen> delayed(std::vector<Chosen> chosen, int months, const Packages& packages) {
  for (auto& one : chosen) {
    const auto& package = packages.all()[one.package];
    one.start = std::min(package.latest, package.earliest + months);
  }
  return chosen;
}

class Search {
 public:
  Search(const Trials& trials, const std::vector<const Trials*>& others, const CatalogueFile& catalogue,
         const PreventRules& rules)
      : trials_(trials), others_(others), packages_(within(catalogue.packages, trials.scenario())), rules_(rules) {}

  Prevention run() {
    out_.nothing = tried({});
    if (out_.nothing.suffices) return std::move(out_);  // nothing is needed
    std::vector<std::size_t> all;
    for (std::size_t p = 0; p < packages_.all().size(); ++p) all.push_back(p);
    out_.everything = tried(chosen(all, std::vector<double>(all.size(), 1.0)));
    const auto subsets = explore::small_subsets(all.size(), rules_.largest);
    out_.remedies.resize(subsets.size());
    each("combinations", subsets.size(),
         [&](std::size_t k) { out_.remedies[k] = remedy(explore::parts_of(subsets[k])); });
    order();
    for (const auto* other : others_) out_.others.push_back(other->scenario().title);
    std::vector<Remedy*> shown{&out_.nothing};
    for (auto& one : out_.remedies)
      if (one.suffices) shown.push_back(&one);
    if (!others_.empty())
      each("other scenarios", shown.size(), [&](std::size_t k) {
        for (const auto* other : others_)
          shown[k]->elsewhere.push_back(worst_of(rules_.keep, try_in(*other, shown[k]->chosen)));
      });
    return std::move(out_);
  }

 private:
  const Trials& trials_;
  const std::vector<const Trials*>& others_;
  const Packages packages_;
  const PreventRules& rules_;
  std::mutex mutex_;
  Prevention out_;

  /// Work by several threads; each does one thing whole.
  template <class Make>
  void each(const std::string& what, std::size_t number, Make make) {
    const auto all = static_cast<std::uint32_t>(number);
    int count = 0;
    bool stopped = false;
    ensemble::Work work;
    work.threads = rules_.threads;
    work.claim = ensemble::all_but(all, {});
    work.make = [&](std::uint32_t k) {
      make(k);
      return ensemble::Member{k, "", {}};
    };
    work.finished = [&](const ensemble::Member&) {
      stopped = !rules_.done(what, ++count, static_cast<int>(all)) && count < static_cast<int>(all);
      return !stopped;
    };
    ensemble::run(work);
    if (stopped) throw Stopped{};
  }

  [[nodiscard]] std::vector<Chosen> chosen(const std::vector<std::size_t>& parts,
                                           const std::vector<double>& magnitudes) const {
    std::vector<Chosen> out;
    for (std::size_t i = 0; i < parts.size(); ++i)
      out.push_back({parts[i], magnitudes[i], packages_.all()[parts[i]].earliest});
    return out;
  }

  Trial try_in(const Trials& trials, const std::vector<Chosen>& what) {
    {
      const std::lock_guard lock(mutex_);
      ++out_.runs;
    }
    return trials.run(TrialJob{0, what, std::nullopt});
  }

  Remedy tried(const std::vector<Chosen>& what) {
    Remedy out;
    out.chosen = what;
    out.trial = try_in(trials_, what);
    out.slack = slack_of(rules_.keep, out.trial);
    out.worst = worst_of(rules_.keep, out.trial);
    out.suffices = out.slack >= 0;
    return out;
  }

  Remedy remedy(const std::vector<std::size_t>& parts) {
    Remedy best = tried(chosen(parts, std::vector<double>(parts.size(), 1.0)));
    if (!best.suffices) return best;
    const auto at_most = best.chosen;
    bool first = true;
    explore::CheapestOptions options;
    options.most_tries = rules_.most_tries;
    explore::cheapest(
        parts.size(),
        [&](const std::vector<double>& magnitudes) {
          // The first that is asked for is at its largest and has been tried.
          if (std::exchange(first, false)) return explore::Judged{best.cost(), best.slack};
          auto one = tried(chosen(parts, magnitudes));
          const explore::Judged judged{one.cost(), one.slack};
          if (one.suffices && one.cost() < best.cost()) best = std::move(one);
          return judged;
        },
        options);
    const int last = explore::last_that_holds(most_delay(at_most, packages_), [&](int months) {
      return months == 0 || slack_of(rules_.keep, try_in(trials_, delayed(at_most, months, packages_))) >= 0;
    });
    for (const auto& one : delayed(at_most, last, packages_)) best.at_latest.push_back(one.start);
    return best;
  }

  void order() {
    std::stable_sort(out_.remedies.begin(), out_.remedies.end(), [](const Remedy& a, const Remedy& b) {
      if (a.suffices != b.suffices) return a.suffices;
      return a.suffices ? a.cost() < b.cost() : a.slack > b.slack;
    });
  }
};

}  // namespace

std::span<const base::OptionSpec> catalogue_options() {
  static const std::vector<base::OptionSpec> options{
      {"title", OptionType::text, "", 0, -1, true, "", "what the catalogue is"},
      {"source", OptionType::text, "", 0, -1, true, "", "what it rests on as a whole"},
      {"discount-rate", OptionType::number, "a year, real", 0, 0.2, true, "", "rate of the present value"},
      {"discount-source", OptionType::text, "", 0, -1, true, "", "whose rate it is"}};
  return options;
}

CatalogueFile read_catalogue(const std::string& text, const std::string& file, base::Diagnostics& diagnostics) {
  CatalogueFile out;
  auto document = dataset::parse_toml(text, file, diagnostics);
  if (!document) return out;
  const std::vector<std::string> names{"catalogue", "packages"};
  for (const auto& [key, node] : *document)
    if (std::find(names.begin(), names.end(), key.str()) == names.end())
      diagnostics.error(dataset::place_of(key), "unknown table '" + std::string(key.str()) + "'",
                        "[catalogue] or [[packages]]", base::nearest_name(key.str(), names));
  const auto* head = document->get_as<toml::table>("catalogue");
  if (head == nullptr) {
    diagnostics.error({file, 1, 1}, "no table [catalogue]", "a table [catalogue] with title, source and discount-rate");
  } else {
    const int before = diagnostics.errors();
    const auto values = dataset::read_options(*head, catalogue_options(), diagnostics);
    if (diagnostics.errors() == before) {
      out.title = values.text("title");
      out.source = values.text("source");
      out.discount_rate = values.number("discount-rate");
      out.discount_source = values.text("discount-source");
    }
  }
  out.packages = Packages(*document, text, file, "packages", diagnostics);
  return out;
}

std::optional<Prevention> prevent(const Trials& trials, const std::vector<const Trials*>& others,
                                  const CatalogueFile& catalogue, const PreventRules& rules) {
  try {
    return Search(trials, others, catalogue, rules).run();
  } catch (const Stopped&) {
    return std::nullopt;
  }
}

}  // namespace lodestone::insight
