// One run's folder: everything needed to read it, and to run it again.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lodestone::store {

/// out/runs/<id>/ with results.nc, scenario.toml, data/, overlays/ (when there are any) and lock.
class RunFolder {
 public:
  RunFolder(const std::filesystem::path& out, const std::string& id);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path results() const { return path_ / "results.nc"; }
  [[nodiscard]] std::filesystem::path scenario() const { return path_ / "scenario.toml"; }
  [[nodiscard]] std::filesystem::path data() const { return path_ / "data"; }
  [[nodiscard]] std::vector<std::filesystem::path> overlays() const;  // folders, from below
  // Of an ensemble: its results, what it was asked to be, and the futures finished by each process.
  [[nodiscard]] std::filesystem::path ensemble() const { return path_ / "ensemble.nc"; }
  [[nodiscard]] std::filesystem::path ensemble_request() const { return path_ / "ensemble.json"; }
  [[nodiscard]] std::filesystem::path member_request() const { return path_ / "member.json"; }  // of one future alone
  [[nodiscard]] std::filesystem::path propositions() const { return path_ / "propositions.toml"; }
  [[nodiscard]] std::filesystem::path members(int process) const;
  [[nodiscard]] std::vector<std::filesystem::path> members() const;  // all that there are
  [[nodiscard]] std::filesystem::path lock() const { return path_ / "lock"; }

  /// Makes the folder with the scenario's text and a copy of the files (.csv and .toml) of the dataset and its
  /// overlays.
  void create(const std::string& scenario_text, const std::filesystem::path& dataset,
              const std::vector<std::filesystem::path>& overlays = {}) const;
  [[nodiscard]] std::string scenario_text() const;  // throws base::InputError when it is missing

 private:
  std::filesystem::path path_;
};

/// Held by the process that works on a run; the kernel lets go of it however that process ends.
class RunLock {
 public:
  RunLock() = default;
  explicit RunLock(const std::filesystem::path& file);
  ~RunLock();
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&& other) noexcept;

  /// True while some process holds the lock.
  static bool held(const std::filesystem::path& file);

 private:
  int descriptor_ = -1;
};

}  // namespace lodestone::store
