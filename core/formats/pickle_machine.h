// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/pickle.h"

#include <unordered_map>

namespace embedscope::formats {

/// The stack machine that a pickle is a program for. See Pickle for what it refuses.
/// Source: CPython, Lib/pickletools.py.
class PickleMachine {
 public:
  PickleMachine(std::string_view bytes, const PlaceOfByte& placeOf, std::size_t begin,
                Pickle& result);

  /// Runs up to STOP.
  void run();

 private:
  using Kind = PickleValue::Kind;

  bool runScalar(unsigned char op);
  bool runText(unsigned char op);
  bool runContainer(unsigned char op);
  bool runMemo(unsigned char op);
  bool runObject(unsigned char op);

  PickleRef add(PickleValue value);

  void push(PickleValue value) { m_stack.push_back(add(std::move(value))); }

  void pushInteger(std::int64_t value);
  void pushText(std::uint64_t length, Kind kind);
  PickleRef pop();
  PickleRef top() const;
  std::vector<PickleRef> popMark();
  void pushSequence(std::vector<PickleRef> parts);
  void addItems(PickleRef to, const std::vector<PickleRef>& keysAndValues);
  void addElements(PickleRef to, const std::vector<PickleRef>& elements);
  void pushLong();
  void pushLine();
  void pushGlobal(std::string_view module, std::string_view name);
  void remember(std::uint64_t index);
  void recall(std::uint64_t index);
  void reduce();
  void build();
  void pushCodecs(PickleRef arguments);
  std::string_view keep(std::string text);
  [[noreturn]] void malformed(std::string_view why) const;

  ByteReader m_reader;
  std::size_t m_bytes;
  Pickle& m_result;
  std::vector<PickleRef> m_stack;
  std::vector<std::size_t> m_marks;
  std::unordered_map<std::uint64_t, PickleRef> m_memo;
};

}  // namespace embedscope::formats
