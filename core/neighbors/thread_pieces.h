// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <vector>

namespace embedscope::neighbors {

/// Pieces of a result that grow while blocks of work are done, as many as threads ever worked at
/// once: a block borrows one, adds to it and gives it back.
///
/// Which block met which piece depends on the threads, so what is made of all pieces together must
/// not.
template <typename Piece>
class ThreadPieces {
 public:
  /// Gives its piece back when it goes.
  class Loan {
   public:
    Loan(ThreadPieces& owner, Piece* piece) : m_owner(&owner), m_piece(piece) {}

    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    ~Loan() {
      const std::scoped_lock lock(m_owner->m_mutex);
      m_owner->m_free.push_back(m_piece);
    }

    Piece& operator*() const { return *m_piece; }

    Piece* operator->() const { return m_piece; }

   private:
    ThreadPieces* m_owner;
    Piece* m_piece;
  };

  /// A piece that nobody else holds; made by `make()` where all are lent.
  template <typename Make>
  Loan borrow(const Make& make) {
    const std::scoped_lock lock(m_mutex);
    if (m_free.empty()) {
      m_free.reserve(m_all.size() + 1);
      m_all.push_back(std::make_unique<Piece>(make()));
      return Loan(*this, m_all.back().get());
    }
    Piece* piece = m_free.back();
    m_free.pop_back();
    return Loan(*this, piece);
  }

  /// All pieces, when none is lent any more.
  const std::vector<std::unique_ptr<Piece>>& all() const { return m_all; }

 private:
  std::mutex m_mutex;
  std::vector<std::unique_ptr<Piece>> m_all;
  std::vector<Piece*> m_free;
};

}  // namespace embedscope::neighbors
