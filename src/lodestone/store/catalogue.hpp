// The list of all runs: one SQLite file beside the runs' folders. Whatever kills a run, the list stays intact.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lodestone/base/calendar.hpp"

struct sqlite3;

namespace lodestone::store {

/// `incomplete` is never stored: it is what a run marked `running` is when no process works on it any more.
enum class Status { running, complete, failed, interrupted, incomplete };
std::string to_string(Status status);

struct RunRow {
  std::string id;       // "r0007-licence-2025"
  std::string created;  // UTC, "2025-06-01T12:34:56Z"
  std::string scenario, title, question;
  std::string dataset, dataset_hash;
  std::string as_of, overlays;  // as in RunFacts
  std::string version;          // of the program
  std::uint64_t seed = 0;
  base::Month start;
  int months = 0;       // asked for
  int months_done = 0;  // cleared, as last noted
  Status status = Status::running;
  std::string message;  // why it failed
};

class Catalogue {
 public:
  /// Opens `out`/catalogue.sqlite and makes it when it is missing. Throws base::InputError for a foreign or newer file.
  explicit Catalogue(std::filesystem::path out);
  ~Catalogue();
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  /// Adds a run with status `running` and gives it its id. `prepare` gets the id before the row is visible to others:
  /// it makes the run's folder and takes its lock; when it throws, there is no row.
  std::string add(RunRow row, const std::function<void(const std::string& id)>& prepare);
  void progress(const std::string& id, int months_done);
  void finish(const std::string& id, Status status, const std::string& message, int months_done);

  [[nodiscard]] std::vector<RunRow> runs() const;  // newest first
  /// The run named by its id, the only id that begins so, "latest" (the newest that has ended), or a scenario's id (its
  /// newest complete run).
  /// Throws base::InputError with the nearest id.
  [[nodiscard]] RunRow find(const std::string& name) const;
  [[nodiscard]] const std::filesystem::path& folder() const { return out_; }

 private:
  class Statement;
  std::filesystem::path out_;
  sqlite3* db_ = nullptr;

  void execute(const char* sql) const;
};

}  // namespace lodestone::store
