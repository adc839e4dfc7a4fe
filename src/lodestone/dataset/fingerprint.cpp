#include "lodestone/dataset/fingerprint.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace lodestone::dataset {

struct Fingerprint::Context {
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
  Context() = default;
  ~Context() { EVP_MD_CTX_free(digest); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
};

Fingerprint::Fingerprint() : context_(std::make_unique<Context>()) {
  if (EVP_DigestInit_ex(context_->digest, EVP_sha256(), nullptr) != 1) throw std::runtime_error("no SHA-256");
}

Fingerprint::~Fingerprint() = default;

void Fingerprint::add(std::string_view name, std::string_view content) {
  // Lengths first, so that no two lists of files give the same bytes.
  const std::string head = fmt::format("{} {} {}\n", name.size(), content.size(), name);
  EVP_DigestUpdate(context_->digest, head.data(), head.size());
  EVP_DigestUpdate(context_->digest, content.data(), content.size());
}

std::string Fingerprint::text() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  EVP_DigestFinal_ex(context_->digest, bytes.data(), &size);
  std::string out;
  for (unsigned i = 0; i < size; ++i) out += fmt::format("{:02x}", bytes[i]);
  return out;
}

}  // namespace lodestone::dataset
