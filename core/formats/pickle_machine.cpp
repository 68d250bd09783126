// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle_machine.h"

#include "core/base/text.h"
#include "core/formats/pickle_globals.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kMostMarks = 5000;
constexpr std::size_t kStepsPerStopCheck = 65536;
constexpr std::uint64_t kFreeBytes = std::uint64_t{64} << 20;
constexpr std::uint64_t kBytesPerFileByte = 64;
constexpr std::uint64_t kTextPerFileByte = 8;

}  // namespace

PickleMachine::PickleMachine(const PickleInput& input)
    : m_input(input),
      m_at(std::min(input.begin, input.bytes.size())),
      m_budget(kFreeBytes + kBytesPerFileByte * input.fileBytes) {
  m_out.m_containers.emplace_back();  // the empty tuple, which all share
}

std::optional<Pickle> PickleMachine::run(const base::TaskContext& context) {
  for (std::size_t step = 0; !m_hasEnded; ++step) {
    if (step % kStepsPerStopCheck == 0) {
      if (context.stopRequested()) {
        return {};
      }
      context.report(static_cast<double>(m_at) / static_cast<double>(m_input.bytes.size() + 1));
    }
    execute(read<std::uint8_t>("its opcodes"));
  }
  m_out.m_root = pop();
  m_out.m_end = m_at;
  m_out.m_textBudget = kFreeBytes + kTextPerFileByte * m_input.fileBytes;
  return std::move(m_out);
}

void PickleMachine::fail(const std::string& sentence) const {
  throw Error(ErrorCode::BadData, sentence, m_input.placeOf(m_at));
}

std::string_view PickleMachine::take(std::uint64_t count, std::string_view what) {
  if (count > m_input.bytes.size() - m_at) {
    fail(fmt::format("the pickle is cut off: it ends inside {}", what));
  }
  const std::string_view taken = m_input.bytes.substr(m_at, static_cast<std::size_t>(count));
  m_at += taken.size();
  return taken;
}

std::string_view PickleMachine::takeLine(std::string_view what) {
  const std::size_t end = m_input.bytes.find('\n', m_at);
  if (end == std::string_view::npos) {
    fail(fmt::format("the pickle is cut off: it ends inside {}", what));
  }
  const std::string_view line = m_input.bytes.substr(m_at, end - m_at);
  m_at = end + 1;
  return line;
}

void PickleMachine::push(PickleValue value) {
  m_stack.push_back(value);
  if (m_stack.size() > m_highest) {
    m_highest = m_stack.size();
    charge(sizeof value);
  }
}

PickleValue& PickleMachine::top() {
  if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back())) {
    fail("the pickle is malformed (stack underflow)");
  }
  return m_stack.back();
}

PickleValue PickleMachine::pop() {
  const PickleValue value = top();
  m_stack.pop_back();
  return value;
}

void PickleMachine::popMarkOrValue() {
  if (!m_marks.empty() && m_stack.size() == m_marks.back()) {
    m_marks.pop_back();
  } else {
    pop();
  }
}

void PickleMachine::mark() {
  if (m_marks.size() >= kMostMarks) {
    fail(fmt::format("nested too deeply: more than {} levels", kMostMarks));
  }
  m_marks.push_back(m_stack.size());
}

std::vector<PickleValue> PickleMachine::popToMark() {
  if (m_marks.empty()) {
    fail("the pickle is malformed (no mark)");
  }
  const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
  std::vector<PickleValue> items(begin, m_stack.end());
  m_stack.erase(begin, m_stack.end());
  m_marks.pop_back();
  return items;
}

std::vector<PickleValue> PickleMachine::popMany(std::size_t count) {
  if (m_stack.size() - (m_marks.empty() ? 0 : m_marks.back()) < count) {
    fail("the pickle is malformed (stack underflow)");
  }
  const auto begin = m_stack.end() - static_cast<std::ptrdiff_t>(count);
  std::vector<PickleValue> items(begin, m_stack.end());
  m_stack.erase(begin, m_stack.end());
  return items;
}

void PickleMachine::charge(std::size_t bytes) {
  m_charged += bytes;
  if (m_charged > m_budget) {
    fail(fmt::format("needs more than {} of memory, which a file of {} cannot justify",
                     base::byteSize(static_cast<double>(m_budget)),
                     base::byteSize(static_cast<double>(m_input.fileBytes))));
  }
}

PickleValue PickleMachine::addContainer(PickleKind kind, std::vector<PickleValue> items) {
  charge(sizeof items + items.size() * sizeof(PickleValue));
  m_out.m_containers.push_back(std::move(items));
  return PickleValue::ofInteger(kind, static_cast<std::int64_t>(m_out.m_containers.size()) - 1);
}

PickleValue PickleMachine::addObject(PickleKind kind, PickleObject object) {
  charge(sizeof object);
  m_out.m_objects.push_back(std::move(object));
  return PickleValue::ofInteger(kind, static_cast<std::int64_t>(m_out.m_objects.size()) - 1);
}

PickleValue PickleMachine::addGlobal(std::string_view module, std::string_view name) {
  std::string full = fmt::format("{}.{}", module, name);
  if (isForbiddenGlobal(module, name)) {
    fail(
        fmt::format("refuses {}: it is not allowed in a file of weights or vectors, since it could "
                    "do harm where the file is loaded with Python; nothing was run",
                    base::repairedUtf8(full)));
  }
  const auto known = m_globalNumbers.find(full);
  if (known != m_globalNumbers.end()) {
    return PickleValue::ofInteger(PickleKind::Global, known->second);
  }
  const auto number = static_cast<std::int64_t>(m_out.m_globals.size());
  charge(2 * full.size() + 128);
  m_out.m_globals.push_back(full);
  m_globalNumbers.emplace(std::move(full), number);
  return PickleValue::ofInteger(PickleKind::Global, number);
}

std::vector<PickleValue>& PickleMachine::itemsOf(PickleValue target, PickleKind kind,
                                                 bool isMapping) {
  if (target.is(kind)) {
    return m_out.m_containers[static_cast<std::size_t>(target.integer())];
  }
  if (!target.is(PickleKind::Object)) {
    fail("the pickle is malformed: something is put into what can hold nothing");
  }
  PickleObject& object = m_out.m_objects[static_cast<std::size_t>(target.integer())];
  if (!object.items.empty() && object.isMapping != isMapping) {
    fail("the pickle is malformed: something is filled as a list and as a dict");
  }
  object.isMapping = isMapping;
  return object.items;
}

void PickleMachine::addItems(PickleKind kind, bool isMapping, std::span<const PickleValue> items) {
  const PickleValue target = top();
  if (isMapping && items.size() % 2 != 0) {
    fail("the pickle is malformed: a key has no value");
  }
  std::vector<PickleValue>& into = itemsOf(target, kind, isMapping);
  charge(items.size_bytes());
  into.insert(into.end(), items.begin(), items.end());
}

void PickleMachine::build(PickleValue state) {
  const PickleValue target = top();
  if (!target.is(PickleKind::Object)) {
    fail("the pickle is malformed: a state is given to what is no object");
  }
  m_out.m_objects[static_cast<std::size_t>(target.integer())].state = state;
}

void PickleMachine::store(std::uint64_t index, PickleValue value) {
  if (index >= m_input.bytes.size()) {
    fail(fmt::format("memo index {} refused: a pickle of {} bytes cannot need it", index,
                     m_input.bytes.size()));
  }
  if (index < m_memo.size()) {
    m_memo[static_cast<std::size_t>(index)] = value;
  } else if (index == m_memo.size()) {
    charge(sizeof value);
    m_memo.push_back(value);
  } else {
    constexpr std::size_t kBytesPerEntry = 64;
    charge(kBytesPerEntry);
    m_sparseMemo[index] = value;
  }
}

void PickleMachine::recall(std::uint64_t index) {
  if (index < m_memo.size()) {
    push(m_memo[static_cast<std::size_t>(index)]);
    return;
  }
  const auto found = m_sparseMemo.find(index);
  if (found == m_sparseMemo.end()) {
    fail(fmt::format("the pickle is malformed: nothing was stored under memo index {}", index));
  }
  push(found->second);
}

}  // namespace embedscope::formats
