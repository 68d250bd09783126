// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

namespace embedscope::base {

namespace {

std::atomic<int> g_threadCount{0};
thread_local bool t_insideBlock = false;

/// What the threads of one call share: the next block to take and the first failure.
class BlockQueue {
 public:
  BlockQueue(std::int64_t count, const std::function<void(std::int64_t)>& body)
      : m_count(count), m_body(body) {}

  void work() {
    const bool outer = t_insideBlock;
    t_insideBlock = true;
    for (;;) {
      const std::int64_t block = m_next.fetch_add(1, std::memory_order_relaxed);
      if (block >= m_count || m_failed.load(std::memory_order_relaxed)) {
        break;
      }
      try {
        m_body(block);
      } catch (...) {
        keepFailure(block, std::current_exception());
      }
    }
    t_insideBlock = outer;
  }

  void rethrow() const {
    if (m_failure) {
      std::rethrow_exception(m_failure);
    }
  }

 private:
  void keepFailure(std::int64_t block, std::exception_ptr failure) {
    const std::scoped_lock lock(m_mutex);
    if (block < m_failedBlock) {
      m_failedBlock = block;
      m_failure = std::move(failure);
    }
    m_failed.store(true, std::memory_order_relaxed);
  }

  std::int64_t m_count;
  const std::function<void(std::int64_t)>& m_body;
  std::atomic<std::int64_t> m_next{0};
  std::atomic<bool> m_failed{false};
  std::mutex m_mutex;
  std::exception_ptr m_failure;
  std::int64_t m_failedBlock = std::numeric_limits<std::int64_t>::max();
};

}  // namespace

int threadCount() {
  // Asking the system opens a file each time.
  static const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const int chosen = g_threadCount.load(std::memory_order_relaxed);
  return chosen > 0 ? chosen : cores;
}

void setThreadCount(int count) {
  g_threadCount.store(std::max(count, 0));
}

void parallelBlocks(std::int64_t blockCount, const std::function<void(std::int64_t block)>& body) {
  if (blockCount <= 0) {
    return;
  }
  BlockQueue queue(blockCount, body);
  const auto helpers = static_cast<std::size_t>(
      t_insideBlock ? 0 : std::min<std::int64_t>(threadCount(), blockCount) - 1);
  {
    std::vector<std::jthread> threads;
    threads.reserve(helpers);
    for (std::size_t i = 0; i < helpers; ++i) {
      threads.emplace_back([&queue] { queue.work(); });
    }
    queue.work();
  }
  queue.rethrow();
}

}  // namespace embedscope::base
