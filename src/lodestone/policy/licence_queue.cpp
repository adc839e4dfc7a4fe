#include "lodestone/policy/licence_queue.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace lodestone::policy {
namespace {

double sum(const std::vector<double>& parts) {
  return std::accumulate(parts.begin(), parts.end(), 0.0);
}

// What stood a month ahead stands one nearer; the place furthest ahead is free.
void move_on(std::vector<double>& months) {
  std::move(months.begin() + 1, months.end(), months.begin());
  months.back() = 0;
}

}  // namespace

LicenceQueue::LicenceQueue(const LicenceTerms& terms)
    : reapply_(terms.reapply),
      soonest_(static_cast<std::size_t>(terms.delay - terms.spread)),
      waiting_(static_cast<std::size_t>(terms.delay + terms.spread) + 1, 0.0),
      approvals_(static_cast<std::size_t>(terms.expiry), 0.0) {
  assert(terms.spread >= 0 && terms.spread <= terms.delay && terms.expiry >= 1 && terms.reapply >= 0 &&
         terms.reapply <= 1);
}

void LicenceQueue::let_pass(double quantity) {
  applied_ += quantity;
  approved_ += quantity;
  approvals_.front() += quantity;
}

void LicenceQueue::open_month(double quantity, double rate) {
  const double again = reapply_ * refused_;
  applied_ += quantity;
  refused_ -= again;
  const double part = (quantity + again) / static_cast<double>(waiting_.size() - soonest_);
  for (std::size_t k = soonest_; k < waiting_.size(); ++k) waiting_[k] += part;
  const double granted = rate * waiting_.front();
  refused_ += waiting_.front() - granted;
  waiting_.front() = 0;
  approved_ += granted;
  approvals_.back() += granted;
}

void LicenceQueue::close_month(double flow) {
  double left = std::max(flow, 0.0);
  for (double& approval : approvals_) {
    const double use = std::min(approval, left);
    approval -= use;
    left -= use;
    used_ += use;
  }
  expired_ += approvals_.front();
  move_on(approvals_);
  move_on(waiting_);
}

double LicenceQueue::in_hand() const {
  return sum(approvals_);
}

double LicenceQueue::waiting() const {
  return sum(waiting_);
}

}  // namespace lodestone::policy
