#include "lodestone/ensemble/shared_work.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

namespace lodestone::ensemble {
namespace {

constexpr auto kPause = std::chrono::milliseconds(1);
constexpr std::size_t kLargestBlock = 16;  // what is begun is finished when another process stops all
constexpr std::size_t kRounds = 8;         // blocks that each process gets of what is left, at least

// From a follower: how many futures it finished since its last letter, then 'n' (give me the next block) or 'e' (I have
// ended) with what went wrong. To a follower: the numbers of a block; nothing: there are no more.
std::string report(std::uint32_t finished, char what, const std::string& words = "") {
  std::string out(sizeof finished, '\0');
  std::memcpy(out.data(), &finished, sizeof finished);
  return out + what + words;
}

std::string block_text(const std::vector<std::uint32_t>& numbers) {
  std::string out(numbers.size() * sizeof(std::uint32_t), '\0');
  std::memcpy(out.data(), numbers.data(), out.size());
  return out;
}

std::vector<std::uint32_t> block_of(const std::string& text) {
  std::vector<std::uint32_t> out(text.size() / sizeof(std::uint32_t));
  std::memcpy(out.data(), text.data(), out.size() * sizeof(std::uint32_t));
  return out;
}

// Numbers of futures that nobody has taken yet.
class Store {
 public:
  explicit Store(const std::vector<std::uint32_t>& missing) : missing_(missing) {}

  bool take(std::uint32_t& number) {
    const std::scoped_lock lock(mutex_);
    if (next_ == missing_.size()) return false;
    number = missing_[next_++];
    return true;
  }
  std::vector<std::uint32_t> block(int processes) {
    const std::scoped_lock lock(mutex_);
    const std::size_t size = block_size(missing_.size() - next_, processes);
    const auto first = missing_.begin() + static_cast<std::ptrdiff_t>(next_);
    next_ += size;
    return {first, first + static_cast<std::ptrdiff_t>(size)};
  }
  void close() {
    const std::scoped_lock lock(mutex_);
    next_ = missing_.size();
  }

 private:
  const std::vector<std::uint32_t>& missing_;
  std::mutex mutex_;
  std::size_t next_ = 0;
};

}  // namespace

std::size_t block_size(std::size_t left, int processes) {
  const auto share = left / (kRounds * static_cast<std::size_t>(processes));
  return std::min(left, std::clamp(share, std::size_t{1}, kLargestBlock));
}

void lead(const Ranks& ranks, const Labour& labour, const std::vector<std::uint32_t>& missing,
          const std::function<void(std::size_t finished)>& progress) {
  Store store(missing);
  std::atomic<std::size_t> finished{0};
  std::atomic<bool> own_ended{false};
  std::exception_ptr failure;
  std::thread own([&] {
    try {
      run({labour.make, [&](std::uint32_t& number) { return store.take(number); }, labour.threads,
           [&](const Member& member) {
             ++finished;
             if (labour.finished(member)) return true;
             store.close();
             return false;
           }});
      labour.ended();
    } catch (...) {
      failure = std::current_exception();
      store.close();
    }
    own_ended = true;
  });
  std::string wrong;  // the first that another process reports
  std::size_t shown = 0;
  for (int at_work = ranks.count() - 1; at_work > 0 || !own_ended;) {
    if (const auto now = finished.load(); now != shown) progress(shown = now);
    const auto letter = ranks.receive();
    if (!letter) {
      std::this_thread::sleep_for(kPause);
      continue;
    }
    std::uint32_t more = 0;
    std::memcpy(&more, letter->text.data(), sizeof more);
    finished += more;
    if (letter->text[sizeof more] == 'n') {
      ranks.send(letter->from, block_text(store.block(ranks.count())));
      continue;
    }
    --at_work;
    if (const auto words = letter->text.substr(sizeof more + 1); !words.empty()) {
      store.close();
      if (wrong.empty()) wrong = words;
    }
  }
  own.join();
  if (const auto now = finished.load(); now != shown) progress(now);
  if (failure) std::rethrow_exception(failure);
  if (!wrong.empty()) throw std::runtime_error(wrong);
}

void follow(const Ranks& ranks, const Labour& labour, const std::string& name) {
  std::uint32_t finished = 0;  // since the last letter; guarded as claim and finished are: one thread at a time
  std::vector<std::uint32_t> block;
  std::size_t next = 0;
  bool closed = false;
  std::string wrong;
  try {
    run({labour.make,
         [&](std::uint32_t& number) {
           if (next == block.size() && !closed) {
             ranks.send(0, report(std::exchange(finished, 0), 'n'));
             block = block_of(ranks.wait().text);
             next = 0;
             closed = block.empty();
           }
           if (closed) return false;
           number = block[next++];
           return true;
         },
         labour.threads,
         [&](const Member& member) {
           ++finished;
           return labour.finished(member);
         }});
    labour.ended();
  } catch (const std::exception& error) {
    wrong = name + ": " + error.what();
  }
  ranks.send(0, report(finished, 'e', wrong));
}

void give_up(const Ranks& ranks, const std::string& why) {
  ranks.send(0, report(0, 'e', why));
}

}  // namespace lodestone::ensemble
