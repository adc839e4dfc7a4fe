#include "lodestone/ensemble/engine.hpp"

#include <exception>
#include <memory>
#include <mutex>
#include <thread>

namespace lodestone::ensemble {
namespace {

class Pool {
 public:
  explicit Pool(const Work& work) : work_(work) {}

  void labour() noexcept {
    try {
      std::uint32_t number = 0;
      while (next(number)) {
        const Member member = work_.make(number);
        const std::scoped_lock lock(mutex_);
        if (!stop_ && !work_.finished(member)) stop_ = true;
      }
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      stop_ = true;
    }
  }

  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  const Work& work_;
  std::mutex mutex_;
  bool stop_ = false;
  std::exception_ptr failure_;

  bool next(std::uint32_t& number) {
    const std::scoped_lock lock(mutex_);
    return !stop_ && work_.claim(number);
  }
};

}  // namespace

void run(const Work& work) {
  Pool pool(work);
  {
    std::vector<std::jthread> others;
    for (int i = 1; i < work.threads; ++i) others.emplace_back([&] { pool.labour(); });
    pool.labour();
  }
  pool.rethrow();
}

Claim all_but(std::uint32_t members, const std::vector<std::uint32_t>& present) {
  auto done = std::make_shared<std::vector<bool>>(members, false);
  for (const auto number : present)
    if (number < members) (*done)[number] = true;
  return [done, next = std::uint32_t{0}, members](std::uint32_t& number) mutable {
    while (next < members && (*done)[next]) ++next;
    if (next == members) return false;
    number = next++;
    return true;
  };
}

}  // namespace lodestone::ensemble
