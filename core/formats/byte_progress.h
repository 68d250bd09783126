// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"

#include <atomic>
#include <cstddef>

namespace embedscope::formats {

/// Adds up the bytes that several threads have dealt with, and reports their share of the whole.
class ByteProgress {
 public:
  ByteProgress(base::TaskContext context, std::size_t total)
      : m_context(std::move(context)), m_total(total) {}

  void add(std::size_t bytes) {
    const std::size_t done = m_done.fetch_add(bytes, std::memory_order_relaxed) + bytes;
    m_context.report(m_total == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(m_total));
  }

  bool stopRequested() const { return m_context.stopRequested(); }

 private:
  base::TaskContext m_context;
  std::size_t m_total;
  std::atomic<std::size_t> m_done{0};
};

}  // namespace embedscope::formats
