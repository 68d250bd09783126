// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace embedscope::formats {

/// The SHA-256 of bytes that come piece by piece, as sha256sum prints it. OpenSSL computes it.
/// Source: FIPS 180-4.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);

  /// 64 hexadecimal digits. Call once, last.
  std::string hexadecimal();

 private:
  struct Context;

  std::unique_ptr<Context> m_context;
};

}  // namespace embedscope::formats
