// The queue for export licences on one route: applications wait, are approved or refused, and approvals are used or
// expire. Source: docs/levers.md, export-licence.
#pragma once

#include <vector>

namespace lodestone::policy {

struct LicenceTerms {
  int delay = 0;       // mean months from application to decision, >= 0
  int spread = 0;      // decisions are spread evenly over the months delay - spread to delay + spread, 0..delay
  int expiry = 1;      // months an approval can be used, the month of the decision included, >= 1
  double reapply = 0;  // share of what stands refused that is applied for again each month, 0..1
};

/// Quantities in t. Every month: open_month, then close_month. Nothing is lost on the way:
///   applied = waiting + refused + approved,   approved = in hand + used + expired.
class LicenceQueue {
 public:
  explicit LicenceQueue(const LicenceTerms& terms);

  /// Approves `quantity` for this month alone: goods cleared before the licence began.
  void let_pass(double quantity);
  /// `quantity` and a share of what was refused enter the queue; what has waited its time is decided, a share `rate`
  /// (0..1) of it approved.
  void open_month(double quantity, double rate);
  /// Uses approvals, oldest first, as far as they go; those in their last month expire.
  void close_month(double flow);

  [[nodiscard]] double in_hand() const;  // approvals that can be used this month
  [[nodiscard]] double waiting() const;  // applications not decided
  [[nodiscard]] double refused() const { return refused_; }
  [[nodiscard]] double applied() const { return applied_; }
  [[nodiscard]] double approved() const { return approved_; }
  [[nodiscard]] double used() const { return used_; }
  [[nodiscard]] double expired() const { return expired_; }

 private:
  double reapply_;
  std::size_t soonest_;            // months after which the first decisions on an application fall
  std::vector<double> waiting_;    // by months still to wait: [0] is decided when the month opens
  std::vector<double> approvals_;  // by months of life after this one: [0] expires at the end of this month
  double refused_ = 0, applied_ = 0, approved_ = 0, used_ = 0, expired_ = 0;
};

}  // namespace lodestone::policy
