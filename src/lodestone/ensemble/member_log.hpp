// Finished futures on the disk, one record after the other. A record is whole or it does not count: whatever kills the
// program, what was finished before is there to be resumed from, and a file that was altered says so.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "lodestone/store/run_folder.hpp"

namespace lodestone::ensemble {

/// One future: what it gave, or why it gave nothing.
struct Member {
  std::uint32_t number = 0;
  std::string failure;         // empty when all its months were cleared and certified
  std::vector<double> values;  // as the job laid them out; empty after a failure
};

/// Bytes of a future in a log beside its values.
inline constexpr std::size_t kRecordBytes = 20;

class MemberLog {
 public:
  /// `identity` says what the ensemble is made of: a log of another one is refused.
  /// Opens the file to add records, or makes it. A torn record at its end (the program was killed while it wrote) is
  /// cut off. Throws base::InputError when the file is no log, belongs to another ensemble, was damaged elsewhere, or
  /// another process has it open.
  MemberLog(std::filesystem::path file, const std::string& identity);
  ~MemberLog();
  MemberLog(const MemberLog&) = delete;
  MemberLog& operator=(const MemberLog&) = delete;

  /// Writes one record and hands it to the system. Throws std::runtime_error, naming the file and what is missing, when
  /// it cannot be written (a full disk); the file then ends as it did before.
  void add(const Member& member);
  /// Brings everything to the disk.
  void sync();

  /// Numbers of the futures in it.
  [[nodiscard]] const std::vector<std::uint32_t>& present() const { return present_; }

 private:
  std::filesystem::path file_;
  store::RunLock lock_;
  int descriptor_ = -1;
  std::int64_t end_ = 0;
  std::vector<std::uint32_t> present_;
};

/// The futures of one or several logs (one for each process that worked on the ensemble), read piece by piece.
class MemberReader {
 public:
  /// Checks every record. Throws base::InputError as MemberLog does.
  MemberReader(std::vector<std::filesystem::path> files, const std::string& identity);

  [[nodiscard]] std::vector<std::uint32_t> present() const;  // ascending
  [[nodiscard]] bool has(std::uint32_t number) const { return entries_.contains(number); }
  [[nodiscard]] const std::string& failure(std::uint32_t number) const;
  /// Values first .. first + out.size() - 1 of a future that did not fail.
  void read(std::uint32_t number, std::size_t first, std::span<double> out);

 private:
  struct Entry {
    std::size_t file, at, values;
    std::string failure;
  };
  std::vector<std::filesystem::path> files_;
  std::vector<std::ifstream> streams_;
  std::map<std::uint32_t, Entry> entries_;
};

}  // namespace lodestone::ensemble
