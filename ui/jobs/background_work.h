// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "ui/jobs/caught_error.h"

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace embedscope::jobs {

/// What becomes of a job; each is called at most once, and exactly one of the three, on the thread
/// of the runner. All are optional.
template <typename Result>
struct JobHandlers {
  std::function<void(Result)> done{};
  std::function<void(const base::Error&)> failed{};
  std::function<void()> cancelled{};
};

template <>
struct JobHandlers<void> {
  std::function<void()> done{};
  std::function<void(const base::Error&)> failed{};
  std::function<void()> cancelled{};
};

template <typename Work>
using JobResult = std::invoke_result_t<Work&, const base::TaskContext&>;

/// What is told of a job that has ended.
enum class JobFate {
  Told,       ///< its result or its error
  Cancelled,  ///< that it was cancelled
  Unheard,    ///< nothing: nobody is there any more
};

/// One job without its type: run on a worker, then told about on the owner's thread.
class BackgroundWork {
 public:
  virtual ~BackgroundWork() = default;

  /// On the worker. Lets no exception out.
  virtual void run(const base::TaskContext& context) = 0;

  /// On the owner's thread, when run() has returned and its thread has ended. Handlers and result
  /// die there too.
  virtual void deliver(JobFate fate) = 0;
};

template <typename Work>
class TypedWork : public BackgroundWork {
 public:
  using Result = JobResult<Work>;
  using Handlers = JobHandlers<Result>;

  TypedWork(Work work, Handlers handlers)
      : m_work(std::move(work)), m_handlers(std::move(handlers)) {}

  void run(const base::TaskContext& context) override {
    try {
      if constexpr (std::is_void_v<Result>) {
        (*m_work)(context);
        m_result.emplace();
      } else {
        m_result.emplace((*m_work)(context));
      }
    } catch (...) {
      m_error.emplace(caughtError());
    }
    m_work.reset();  // what the work holds is released here, not on the owner's thread
  }

  void deliver(JobFate fate) override {
    const Handlers handlers = std::exchange(m_handlers, Handlers{});
    std::optional<Stored> result = std::exchange(m_result, std::nullopt);
    if (fate == JobFate::Cancelled) {
      call(handlers.cancelled);
    } else if (fate == JobFate::Told && m_error) {
      call(handlers.failed, *m_error);
    } else if (fate == JobFate::Told) {
      if constexpr (std::is_void_v<Result>) {
        call(handlers.done);
      } else {
        call(handlers.done, std::move(*result));
      }
    }
  }

 private:
  using Stored = std::conditional_t<std::is_void_v<Result>, std::monostate, Result>;

  template <typename Handler, typename... Arguments>
  static void call(const Handler& handler, Arguments&&... arguments) {
    if (handler) {
      handler(std::forward<Arguments>(arguments)...);
    }
  }

  std::optional<Work> m_work;
  Handlers m_handlers;
  std::optional<Stored> m_result;
  std::optional<base::Error> m_error;
};

}  // namespace embedscope::jobs
