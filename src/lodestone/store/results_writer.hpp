// Writes a run's months to a netCDF-4 file that other tools open without knowing Lodestone.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "lodestone/simulation/sink.hpp"
#include "lodestone/store/run_facts.hpp"

namespace lodestone::store {

inline constexpr int kResultsSchema = 1;

/// Months go to `file`.part; finish() closes it, brings it to the disk and gives it its name. A file that carries the
/// name is therefore always whole; a run that was killed leaves only the part.
class ResultsWriter : public simulation::Sink {
 public:
  ResultsWriter(std::filesystem::path file, RunFacts facts);
  ~ResultsWriter() override;
  void month(const simulation::MonthRecord& record) override;
  /// `status`: "complete", "failed" or "interrupted". Without a month written there is no file.
  void finish(const std::string& status, const std::string& message);
  [[nodiscard]] int months_done() const;
  /// Largest certificate and mass balance over the months written.
  [[nodiscard]] double worst_certificate() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace lodestone::store
