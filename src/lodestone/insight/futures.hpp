// The futures of a scenario: what each draws, how it is made, and what is kept of it. Any future can be made alone, by
// any thread, with the same bits.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lodestone/dataset/tables.hpp"
#include "lodestone/dataset/uncertainty.hpp"
#include "lodestone/ensemble/design.hpp"
#include "lodestone/ensemble/ensemble_file.hpp"
#include "lodestone/ensemble/member_log.hpp"
#include "lodestone/insight/kept.hpp"
#include "lodestone/policy/scenario.hpp"

namespace lodestone::insight {

inline constexpr int kUsualMembers = 200;

/// One future ready to be run.
struct OneFuture {
  std::unique_ptr<world::World> world;
  policy::Scenario scenario;
};

class Futures {
 public:
  /// `raw` was read without errors; `text` is the scenario's, from `file`. Throws base::InputError with every
  /// diagnostic.
  Futures(dataset::RawDataset raw, std::string text, std::string file, const EnsembleRequest& request);

  [[nodiscard]] const ensemble::Design& design() const { return *design_; }
  [[nodiscard]] const std::vector<ensemble::Kept>& kept() const { return kept_; }
  [[nodiscard]] const ensemble::EnsembleFacts& facts() const { return facts_; }
  /// The request with everything filled in: with it the same ensemble can be made again.
  [[nodiscard]] const EnsembleRequest& request() const { return request_; }
  /// What the futures are made of, as text; two ensembles with the same identity have the same futures.
  [[nodiscard]] std::string identity() const;

  /// Runs one future. A month that does not clear makes Member::failure. May be called by several threads at once.
  [[nodiscard]] ensemble::Member make(std::uint32_t number) const;
  /// The same of other figures than those that the number draws (in the order of the design's), and perhaps without one
  /// lever of the scenario.
  [[nodiscard]] ensemble::Member make(std::uint32_t number, const std::vector<double>& drawn,
                                      std::optional<std::size_t> without = {}) const;
  /// The world and scenario of one future. Throws base::InputError when what it drew makes no world.
  [[nodiscard]] OneFuture future(std::uint32_t number) const;
  [[nodiscard]] OneFuture future(const std::vector<double>& drawn) const;

 private:
  dataset::RawDataset raw_;
  std::string text_, file_;
  EnsembleRequest request_;
  std::vector<dataset::UncertainFigure> figures_;
  std::vector<policy::UncertainOption> options_;
  std::vector<Wish> wishes_;
  std::vector<ensemble::Kept> kept_;  // of the wishes
  ensemble::EnsembleFacts facts_;
  std::unique_ptr<ensemble::Design> design_;

  [[nodiscard]] policy::Scenario scenario(const world::World& world, std::span<const policy::DrawnOption> drawn) const;
  void fill_in(const policy::Scenario& scenario);
};

/// "approval-rate of lever licence", "months until lever strike begins".
std::string figure_name(const policy::UncertainOption& option);

/// Everything uncertain in a run of a scenario: the dataset's figures, then the scenario's own.
std::vector<ensemble::Uncertain> uncertain_in(const std::vector<dataset::UncertainFigure>& figures,
                                              const std::vector<policy::UncertainOption>& options);

}  // namespace lodestone::insight
