#include "lodestone/store/run_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::store {
namespace fs = std::filesystem;

namespace {

constexpr const char* kOverlays = "overlays";

void copy_files(const fs::path& from, const fs::path& to) {
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const auto extension = entry.path().extension();
    if (!entry.is_regular_file() || (extension != ".csv" && extension != ".toml")) continue;
    const auto target = to / fs::relative(entry.path(), from);
    fs::create_directories(target.parent_path());
    fs::copy_file(entry.path(), target, fs::copy_options::overwrite_existing);
  }
}

}  // namespace

RunFolder::RunFolder(const fs::path& out, const std::string& id) : path_(out / "runs" / id) {}

void RunFolder::create(const std::string& scenario_text, const fs::path& dataset,
                       const std::vector<fs::path>& overlays) const {
  fs::create_directories(data());
  std::ofstream file(scenario(), std::ios::binary);
  file << scenario_text;
  file.close();
  if (!file) throw std::runtime_error(fmt::format("cannot write {}", scenario().string()));
  copy_files(dataset, data());
  for (std::size_t i = 0; i < overlays.size(); ++i)
    copy_files(overlays[i], path_ / kOverlays / fmt::format("{:03}", i));
}

std::vector<fs::path> RunFolder::overlays() const {
  std::vector<fs::path> folders;
  if (fs::is_directory(path_ / kOverlays))
    for (const auto& entry : fs::directory_iterator(path_ / kOverlays)) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

fs::path RunFolder::members(int process) const {
  return path_ / fmt::format("members-{:04}.log", process);
}

std::vector<fs::path> RunFolder::members() const {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path_))
    if (const auto name = entry.path().filename().string(); name.starts_with("members-") && name.ends_with(".log"))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string RunFolder::scenario_text() const {
  std::ifstream file(scenario(), std::ios::binary);
  if (!file) throw base::InputError(fmt::format("{}: the run's scenario is missing", scenario().string()));
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

RunLock::RunLock(const fs::path& file) : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), file.string());
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
    ::close(std::exchange(descriptor_, -1));
    throw std::system_error(reason, std::generic_category(), file.string());
  }
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

bool RunLock::held(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  // Shared, so that two lists made at the same moment do not take each other for the run.
  const bool taken = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(descriptor);
  return taken;
}

}  // namespace lodestone::store
