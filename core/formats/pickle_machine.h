// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/pickle.h"

#include <array>
#include <cstring>
#include <map>
#include <unordered_map>

namespace embedscope::formats {

/// The stack machine that a pickle is a program for, with values instead of objects. One run each.
class PickleMachine {
 public:
  explicit PickleMachine(const PickleInput& input);

  /// See readPickle.
  std::optional<Pickle> run(const base::TaskContext& context);

 private:
  /// What is done for a byte; nothing is done where it is no opcode that files of tensors need.
  struct Opcode {
    const char* name = nullptr;  ///< as pickletools calls it; null: no opcode at all
    void (*run)(PickleMachine& machine) = nullptr;
  };

  using Opcodes = std::array<Opcode, 256>;

  // pickle_opcodes.cpp: the opcodes
  static Opcodes allOpcodes();
  static void defineNumbers(Opcodes& all);
  static void defineTexts(Opcodes& all);
  static void defineContainers(Opcodes& all);
  static void defineMemo(Opcodes& all);
  static void defineObjects(Opcodes& all);
  static void nameRefused(Opcodes& all);
  void execute(std::uint8_t byte);

  // pickle_machine.cpp: bytes, stack, memory
  std::string_view take(std::uint64_t count, std::string_view what);
  std::string_view takeLine(std::string_view what);

  template <typename Number>
  Number read(std::string_view what) {
    const std::string_view bytes = take(sizeof(Number), what);
    Number value;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }

  void push(PickleValue value);
  PickleValue& top();
  PickleValue pop();
  void popMarkOrValue();
  void mark();
  std::vector<PickleValue> popToMark();
  std::vector<PickleValue> popMany(std::size_t count);
  PickleValue addContainer(PickleKind kind, std::vector<PickleValue> items);
  PickleValue addObject(PickleKind kind, PickleObject object);
  PickleValue addGlobal(std::string_view module, std::string_view name);
  std::vector<PickleValue>& itemsOf(PickleValue target, PickleKind kind, bool isMapping);
  void addItems(PickleKind kind, bool isMapping, std::span<const PickleValue> items);
  void build(PickleValue state);
  void store(std::uint64_t index, PickleValue value);
  void recall(std::uint64_t index);
  void charge(std::size_t bytes);
  [[noreturn]] void fail(const std::string& sentence) const;

  const PickleInput& m_input;
  Pickle m_out;
  std::size_t m_at;  ///< in the bytes
  bool m_hasEnded = false;
  std::vector<PickleValue> m_stack;
  std::vector<std::size_t> m_marks;  ///< heights of the stack
  std::vector<PickleValue> m_memo;   ///< numbered one after the other, as is usual
  std::unordered_map<std::uint64_t, PickleValue> m_sparseMemo;  ///< the others
  std::map<std::string, std::int64_t, std::less<>> m_globalNumbers;
  std::size_t m_highest = 0;  ///< the stack was
  std::uint64_t m_charged = 0;
  std::uint64_t m_budget;
};

}  // namespace embedscope::formats
