// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/sha256.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <new>
#include <span>

namespace embedscope::formats {

struct Sha256::Context {
  EVP_MD_CTX* digest = EVP_MD_CTX_new();

  Context() {
    if (digest == nullptr || EVP_DigestInit_ex(digest, EVP_sha256(), nullptr) != 1) {
      throw std::bad_alloc();
    }
  }

  ~Context() { EVP_MD_CTX_free(digest); }

  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
};

Sha256::Sha256() : m_context(std::make_unique<Context>()) {}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  EVP_DigestUpdate(m_context->digest, bytes.data(), bytes.size());
}

std::string Sha256::hexadecimal() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(m_context->digest, bytes.data(), &size);
  return fmt::format("{:02x}", fmt::join(std::span(bytes.data(), size), ""));
}

}  // namespace embedscope::formats
