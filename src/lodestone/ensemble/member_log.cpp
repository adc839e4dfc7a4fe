#include "lodestone/ensemble/member_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "lodestone/base/diagnostics.hpp"

namespace lodestone::ensemble {
namespace {

namespace fs = std::filesystem;

// "LODEENS1", then length and CRC of the identity, and the identity; then records.
constexpr std::string_view kMagic = "LODEENS1";

struct Head {  // of a record, before its payload
  std::uint32_t number = 0, failure_bytes = 0, values = 0;
  std::uint32_t head_crc = 0;  // over the three above: a wrong length is not followed
};

static_assert(sizeof(Head) + sizeof(std::uint32_t) == kRecordBytes);

std::uint32_t crc_of(const void* data, std::size_t bytes, std::uint32_t start = 0) {
  return static_cast<std::uint32_t>(::crc32(start, static_cast<const Bytef*>(data), static_cast<uInt>(bytes)));
}

std::uint32_t crc_of(const Head& head) {
  return crc_of(&head, offsetof(Head, head_crc));
}

void append(std::string& out, const void* data, std::size_t bytes) {
  out.append(static_cast<const char*>(data), bytes);
}

std::string preamble(const std::string& identity) {
  std::string out(kMagic);
  const auto length = static_cast<std::uint32_t>(identity.size());
  const std::uint32_t crc = crc_of(identity.data(), identity.size());
  append(out, &length, sizeof length);
  append(out, &crc, sizeof crc);
  return out + identity;
}

std::string bytes_of(const Member& member) {
  Head head{member.number, static_cast<std::uint32_t>(member.failure.size()),
            static_cast<std::uint32_t>(member.values.size()), 0};
  head.head_crc = crc_of(head);
  std::string out;
  append(out, &head, sizeof head);
  out += member.failure;
  append(out, member.values.data(), member.values.size() * sizeof(double));
  const std::uint32_t crc = crc_of(out.data() + sizeof head, out.size() - sizeof head, head.head_crc);
  append(out, &crc, sizeof crc);
  return out;
}

std::size_t payload_bytes(const Head& head) {
  return head.failure_bytes + std::size_t{head.values} * sizeof(double);
}

[[noreturn]] void damaged(const fs::path& file, std::size_t record, std::size_t at) {
  throw base::InputError(
      fmt::format("{}: record {} (byte {}) does not match its checksum: the file was altered or the disk is failing; "
                  "expected it as "
                  "written. Delete the file to compute its futures again",
                  file.string(), record + 1, at));
}

// Reads a file from its start, piece by piece, so that one larger than the memory can be walked through.
class Pieces {
 public:
  explicit Pieces(const fs::path& file) : file_(file), in_(file, std::ios::binary), size_(fs::file_size(file)) {
    if (!in_) throw base::InputError(fmt::format("{}: cannot be read", file.string()));
  }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::size_t left() const { return size_ - at_; }
  // Fewer bytes than asked for at the end of the file.
  std::string take(std::size_t bytes) {
    std::string out(std::min(bytes, left()), '\0');
    in_.read(out.data(), static_cast<std::streamsize>(out.size()));
    if (!in_) throw base::InputError(fmt::format("{}: cannot be read at byte {}", file_.string(), at_));
    at_ += out.size();
    return out;
  }

 private:
  const fs::path& file_;
  std::ifstream in_;
  std::size_t size_, at_ = 0;
};

void check_preamble(Pieces& pieces, const fs::path& file, const std::string& identity) {
  const std::string expected = preamble(identity);
  const std::string found = pieces.take(expected.size());
  if (found.compare(0, kMagic.size(), kMagic) != 0)
    throw base::InputError(
        fmt::format("{}: no log of futures of this version; expected one that begins with {}", file.string(), kMagic));
  if (found != expected)
    throw base::InputError(fmt::format(
        "{}: holds futures of another ensemble (other data, scenario, seed, design or program); expected this one's",
        file.string()));
}

using Each = std::function<void(const Head& head, const std::string& payload, std::size_t at)>;

// Walks through the whole records (`at`: where a payload begins); returns where the last of them ends.
std::size_t walk(const fs::path& file, const std::string& identity, const Each& each) {
  Pieces pieces(file);
  check_preamble(pieces, file, identity);
  std::size_t end = pieces.at();
  for (std::size_t record = 0; pieces.left() >= sizeof(Head); ++record) {
    Head head;
    std::memcpy(&head, pieces.take(sizeof head).data(), sizeof head);
    if (crc_of(head) != head.head_crc) damaged(file, record, end);
    if (pieces.left() < payload_bytes(head) + sizeof(std::uint32_t)) break;  // torn
    const std::size_t at = pieces.at();
    const std::string payload = pieces.take(payload_bytes(head));
    std::uint32_t crc = 0;
    std::memcpy(&crc, pieces.take(sizeof crc).data(), sizeof crc);
    if (crc != crc_of(payload.data(), payload.size(), head.head_crc)) damaged(file, record, end);
    each(head, payload, at);
    end = pieces.at();
  }
  return end;
}

bool holds_nothing_yet(const fs::path& file, const std::string& identity) {
  if (!fs::exists(file)) return true;
  const std::string start = preamble(identity);
  if (fs::file_size(file) >= start.size()) return false;
  Pieces pieces(file);
  return start.starts_with(pieces.take(start.size()));  // killed before its first bytes were all written
}

void write_all(int descriptor, const std::string& bytes, const fs::path& file) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t now = ::write(descriptor, bytes.data() + done, bytes.size() - done);
    if (now < 0 && errno == EINTR) continue;
    if (now <= 0)
      throw std::runtime_error(fmt::format("{}: cannot be written: {}; {} more bytes are needed", file.string(),
                                           std::strerror(now < 0 ? errno : ENOSPC), bytes.size() - done));
    done += static_cast<std::size_t>(now);
  }
}

}  // namespace

MemberLog::MemberLog(fs::path file, const std::string& identity) : file_(std::move(file)) {
  try {
    lock_ = store::RunLock(file_);
  } catch (const std::system_error& error) {
    throw base::InputError(
        error.code() == std::errc::resource_unavailable_try_again
            ? fmt::format("{}: another process adds futures to it; expected to be the only one", file_.string())
            : error.what());
  }
  if (!holds_nothing_yet(file_, identity))
    end_ = static_cast<std::int64_t>(walk(
        file_, identity, [&](const Head& head, const std::string&, std::size_t) { present_.push_back(head.number); }));
  descriptor_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) throw base::InputError(fmt::format("{}: {}", file_.string(), std::strerror(errno)));
  if (::ftruncate(descriptor_, end_) != 0 || ::lseek(descriptor_, end_, SEEK_SET) < 0)
    throw std::runtime_error(fmt::format("{}: {}", file_.string(), std::strerror(errno)));
  if (end_ == 0) {
    const std::string start = preamble(identity);
    write_all(descriptor_, start, file_);
    end_ = static_cast<std::int64_t>(start.size());
  }
}

MemberLog::~MemberLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void MemberLog::add(const Member& member) {
  const std::string bytes = bytes_of(member);
  try {
    write_all(descriptor_, bytes, file_);
  } catch (...) {
    // What was written of it would be cut off at the next opening anyway; without it others can use the room.
    if (::ftruncate(descriptor_, end_) == 0) ::lseek(descriptor_, end_, SEEK_SET);
    throw;
  }
  end_ += static_cast<std::int64_t>(bytes.size());
  present_.push_back(member.number);
}

void MemberLog::sync() {
  if (::fsync(descriptor_) != 0) throw std::runtime_error(fmt::format("{}: {}", file_.string(), std::strerror(errno)));
}

MemberReader::MemberReader(std::vector<fs::path> files, const std::string& identity) : files_(std::move(files)) {
  for (std::size_t f = 0; f < files_.size(); ++f) {
    streams_.emplace_back(files_[f], std::ios::binary);
    if (holds_nothing_yet(files_[f], identity)) continue;
    walk(files_[f], identity, [&](const Head& head, const std::string& payload, std::size_t at) {
      const Entry entry{f, at + head.failure_bytes, head.values, payload.substr(0, head.failure_bytes)};
      entries_.emplace(head.number, entry);  // made twice (a rank that was killed and resumed): the same bits
    });
  }
}

std::vector<std::uint32_t> MemberReader::present() const {
  std::vector<std::uint32_t> out;
  for (const auto& [number, entry] : entries_) out.push_back(number);
  return out;
}

const std::string& MemberReader::failure(std::uint32_t number) const {
  return entries_.at(number).failure;
}

void MemberReader::read(std::uint32_t number, std::size_t first, std::span<double> out) {
  const Entry& entry = entries_.at(number);
  if (first + out.size() > entry.values)
    throw base::InputError(fmt::format("{}: future {} has {} values; expected {}", files_[entry.file].string(), number,
                                       entry.values, first + out.size()));
  auto& in = streams_[entry.file];
  in.seekg(static_cast<std::streamoff>(entry.at + first * sizeof(double)));
  in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(out.size_bytes()));
  if (!in) throw base::InputError(fmt::format("{}: future {} cannot be read", files_[entry.file].string(), number));
}

}  // namespace lodestone::ensemble
