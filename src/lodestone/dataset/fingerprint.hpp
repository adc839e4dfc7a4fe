// The fingerprint of a dataset: which files, with which bytes.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace lodestone::dataset {

/// SHA-256 over names and contents, fed in a fixed order.
class Fingerprint {
 public:
  Fingerprint();
  ~Fingerprint();
  Fingerprint(const Fingerprint&) = delete;
  Fingerprint& operator=(const Fingerprint&) = delete;
  void add(std::string_view name, std::string_view content);
  /// Lower-case hexadecimal, 64 digits. Call once, at the end.
  [[nodiscard]] std::string text();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace lodestone::dataset
