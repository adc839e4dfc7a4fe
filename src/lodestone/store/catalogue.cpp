#include "lodestone/store/catalogue.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>
#include <stdexcept>
#include <utility>

#include "lodestone/base/diagnostics.hpp"
#include "lodestone/store/run_folder.hpp"

namespace lodestone::store {
namespace fs = std::filesystem;
namespace {

constexpr int kSchema = 2;
constexpr int kApplication = 0x4C6F6465;  // "Lode", so that a foreign SQLite file is recognised
constexpr int kPatience = 30'000;         // ms to wait for another process

constexpr std::array kStatuses{std::pair{Status::running, "running"}, std::pair{Status::complete, "complete"},
                               std::pair{Status::failed, "failed"}, std::pair{Status::interrupted, "interrupted"},
                               std::pair{Status::incomplete, "incomplete"}};

Status status_of(const std::string& text) {
  for (const auto& [status, name] : kStatuses)
    if (text == name) return status;
  return Status::failed;
}

std::string plain_id(const std::string& scenario) {
  std::string id;
  for (const char c : scenario) {
    const auto u = static_cast<unsigned char>(c);
    if (std::isalnum(u))
      id += static_cast<char>(std::tolower(u));
    else if (!id.empty() && id.back() != '-')
      id += '-';
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id.empty() ? "run" : id;
}

constexpr const char* kColumns =
    "id, created, scenario, title, question, dataset, dataset_hash, version, seed, start, months, months_done, status, "
    "message, as_of, overlays";

}  // namespace

std::string to_string(Status status) {
  for (const auto& [value, name] : kStatuses)
    if (value == status) return name;
  return {};
}

/// One prepared statement; parameters are bound in order, columns read in order.
class Catalogue::Statement {
 public:
  Statement(sqlite3* db, const std::string& sql) : db_(db) {
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &handle_, nullptr) != SQLITE_OK) fail();
  }
  ~Statement() { sqlite3_finalize(handle_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(const std::string& text) {
    sqlite3_bind_text(handle_, ++bound_, text.c_str(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Statement& bind(std::int64_t number) {
    sqlite3_bind_int64(handle_, ++bound_, number);
    return *this;
  }
  bool step() {
    const int result = sqlite3_step(handle_);
    if (result != SQLITE_ROW && result != SQLITE_DONE) fail();
    column_ = 0;
    return result == SQLITE_ROW;
  }
  std::string text() {
    const auto* value = sqlite3_column_text(handle_, column_++);
    return value == nullptr ? std::string() : reinterpret_cast<const char*>(value);
  }
  std::int64_t integer() { return sqlite3_column_int64(handle_, column_++); }

 private:
  [[noreturn]] void fail() const { throw std::runtime_error(fmt::format("catalogue: {}", sqlite3_errmsg(db_))); }
  sqlite3* db_;
  sqlite3_stmt* handle_ = nullptr;
  int bound_ = 0;
  int column_ = 0;
};

void Catalogue::execute(const char* sql) const {
  char* message = nullptr;
  if (sqlite3_exec(db_, sql, nullptr, nullptr, &message) == SQLITE_OK) return;
  const std::string text = message == nullptr ? "unknown error" : message;
  sqlite3_free(message);
  throw std::runtime_error(fmt::format("catalogue: {}", text));
}

Catalogue::Catalogue(fs::path out) : out_(std::move(out)) {
  std::error_code problem;
  fs::create_directories(out_, problem);
  const auto file = out_ / "catalogue.sqlite";
  if (problem || sqlite3_open(file.c_str(), &db_) != SQLITE_OK) {
    sqlite3_close(db_);
    throw base::InputError(
        fmt::format("{}: cannot be opened or made; choose another folder with --out", file.string()));
  }
  sqlite3_busy_timeout(db_, kPatience);
  try {
    // The rollback journal (SQLite's default) with full syncs: it works on every file system, and a process killed at
    // any point leaves a journal that the next one rolls back.
    execute("PRAGMA synchronous = FULL");
    execute("BEGIN IMMEDIATE");
    int schema = 0, application = 0, tables = 0;
    {
      Statement query(db_, "PRAGMA user_version");
      query.step();
      schema = static_cast<int>(query.integer());
    }
    {
      Statement query(db_, "PRAGMA application_id");
      query.step();
      application = static_cast<int>(query.integer());
    }
    {
      Statement query(db_, "SELECT count(*) FROM sqlite_master");
      query.step();
      tables = static_cast<int>(query.integer());
    }
    if (tables == 0) {
      execute(
          "CREATE TABLE runs (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, created TEXT NOT NULL,"
          " scenario TEXT NOT NULL, title TEXT NOT NULL, question TEXT NOT NULL, dataset TEXT NOT NULL,"
          " dataset_hash TEXT NOT NULL, version TEXT NOT NULL, seed INTEGER NOT NULL, start TEXT NOT NULL,"
          " months INTEGER NOT NULL, months_done INTEGER NOT NULL, status TEXT NOT NULL, message TEXT NOT NULL,"
          " as_of TEXT NOT NULL, overlays TEXT NOT NULL)");
      execute(fmt::format("PRAGMA application_id = {}", kApplication).c_str());
      execute(fmt::format("PRAGMA user_version = {}", kSchema).c_str());
    } else if (application != kApplication) {
      throw base::InputError(fmt::format("{}: a SQLite file of another program", file.string()));
    } else if (schema == 1) {
      for (const char* column : {"as_of", "overlays"})
        execute(fmt::format("ALTER TABLE runs ADD COLUMN {} TEXT NOT NULL DEFAULT ''", column).c_str());
      execute(fmt::format("PRAGMA user_version = {}", kSchema).c_str());
    } else if (schema != kSchema) {
      throw base::InputError(fmt::format(
          "{}: found schema version {}, expected {}; it was written by another version of lodestone, choose "
          "another folder with --out",
          file.string(), schema, kSchema));
    }
    execute("COMMIT");
  } catch (const base::InputError&) {
    sqlite3_close(db_);
    throw;
  } catch (const std::exception& error) {
    const bool foreign = sqlite3_errcode(db_) == SQLITE_NOTADB || sqlite3_errcode(db_) == SQLITE_CORRUPT;
    sqlite3_close(db_);
    if (foreign) throw base::InputError(fmt::format("{}: not a catalogue of runs ({})", file.string(), error.what()));
    throw;
  }
}

Catalogue::~Catalogue() {
  sqlite3_close(db_);
}

std::string Catalogue::add(RunRow row, const std::function<void(const std::string&)>& prepare) {
  execute("BEGIN IMMEDIATE");
  try {
    std::int64_t number = 1;
    {
      Statement last(db_, "SELECT coalesce(max(number), 0) FROM runs");
      if (last.step()) number = last.integer() + 1;
    }
    // A folder without a row belongs to a run that was killed before its row was written: leave it alone.
    const auto name = [&] { return fmt::format("r{:04}-{}", number, plain_id(row.scenario)); };
    while (fs::exists(RunFolder(out_, name()).path())) ++number;
    row.id = name();
    row.created = fmt::format("{:%FT%TZ}", fmt::gmtime(std::time(nullptr)));
    prepare(row.id);
    Statement insert(db_,
                     fmt::format("INSERT INTO runs (number, {}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", kColumns));
    insert.bind(number).bind(row.id).bind(row.created).bind(row.scenario).bind(row.title).bind(row.question);
    insert.bind(row.dataset).bind(row.dataset_hash).bind(row.version).bind(static_cast<std::int64_t>(row.seed));
    insert.bind(row.start.text()).bind(std::int64_t{row.months}).bind(std::int64_t{0});
    insert.bind(to_string(Status::running)).bind(std::string()).bind(row.as_of).bind(row.overlays);
    insert.step();
  } catch (...) {
    execute("ROLLBACK");
    throw;
  }
  execute("COMMIT");
  return row.id;
}

void Catalogue::progress(const std::string& id, int months_done) {
  Statement(db_, "UPDATE runs SET months_done = ? WHERE id = ?").bind(std::int64_t{months_done}).bind(id).step();
}

void Catalogue::finish(const std::string& id, Status status, const std::string& message, int months_done) {
  Statement update(db_, "UPDATE runs SET status = ?, message = ?, months_done = ? WHERE id = ?");
  update.bind(to_string(status)).bind(message).bind(std::int64_t{months_done}).bind(id).step();
}

std::vector<RunRow> Catalogue::runs() const {
  std::vector<RunRow> rows;
  Statement query(db_, fmt::format("SELECT {} FROM runs ORDER BY number DESC", kColumns));
  while (query.step()) {
    RunRow row;
    for (std::string* field : {&row.id, &row.created, &row.scenario, &row.title, &row.question, &row.dataset,
                               &row.dataset_hash, &row.version})
      *field = query.text();
    row.seed = static_cast<std::uint64_t>(query.integer());
    row.start = base::parse_month(query.text()).value_or(base::Month{});
    row.months = static_cast<int>(query.integer());
    row.months_done = static_cast<int>(query.integer());
    row.status = status_of(query.text());
    row.message = query.text();
    row.as_of = query.text();
    row.overlays = query.text();
    if (row.status == Status::running && !RunLock::held(RunFolder(out_, row.id).lock())) {
      row.status = Status::incomplete;
      row.message = "its process ended without finishing it";
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

RunRow Catalogue::find(const std::string& name) const {
  const auto rows = runs();
  if (rows.empty())
    throw base::InputError(fmt::format("no runs in {}; make one with 'lodestone run SCENARIO'", out_.string()));
  if (name == "latest") {
    const auto finished = std::find_if(rows.begin(), rows.end(), [](const RunRow& row) {
      return row.status != Status::running && row.status != Status::incomplete;
    });
    return finished == rows.end() ? rows.front() : *finished;
  }
  std::vector<const RunRow*> matches;
  for (const auto& row : rows) {
    if (row.id == name) return row;
    if (row.id.starts_with(name)) matches.push_back(&row);
  }
  if (matches.size() == 1 && !name.empty()) return *matches.front();
  for (const auto& row : rows)
    if (row.scenario == name && row.status == Status::complete) return row;
  std::vector<std::string> names;
  if (!matches.empty()) {
    for (const auto* match : matches) names.push_back(match->id);
    throw base::InputError(fmt::format("run '{}': several begin so: {}", name, fmt::join(names, ", ")));
  }
  for (const auto& row : rows) {
    names.push_back(row.id);
    names.push_back(row.scenario);
  }
  base::Diagnostics diagnostics;
  diagnostics.error({}, fmt::format("run '{}'", name),
                    "the id of a run, the beginning of one, the id of a scenario that has been run, or 'latest'",
                    base::nearest_name(name, names));
  throw base::InputError(std::move(diagnostics));
}

}  // namespace lodestone::store
