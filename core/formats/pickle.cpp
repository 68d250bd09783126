// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

constexpr std::size_t kDeepest = 100;
constexpr std::size_t kLongestPath = 512;
constexpr std::array<std::string_view, 3> kModuleParts = {"_parameters", "_buffers", "_modules"};

bool holdsOthers(PickleKind kind) {
  return kind == PickleKind::List || kind == PickleKind::Tuple || kind == PickleKind::Set ||
         kind == PickleKind::Dict || kind == PickleKind::Object;
}

}  // namespace

std::span<const PickleValue> Pickle::items(PickleValue value) const {
  switch (value.kind()) {
    case PickleKind::List:
    case PickleKind::Tuple:
    case PickleKind::Set:
    case PickleKind::Dict:
      return m_containers[static_cast<std::size_t>(value.integer())];
    case PickleKind::Object:
      return object(value).items;
    default:
      return {};
  }
}

std::span<const PickleValue> Pickle::sequence(PickleValue value) const {
  const std::string_view name = classOf(value);
  const bool isWrapper =
      name == "torch.Size" || name.starts_with("builtins.") || name.starts_with("__builtin__.");
  if (isWrapper) {
    const std::span<const PickleValue> args = items(object(value).args);
    value = args.size() == 1 ? args.front() : PickleValue();
  }
  const bool isSequence =
      value.is(PickleKind::List) || value.is(PickleKind::Tuple) || value.is(PickleKind::Set);
  return isSequence ? items(value) : std::span<const PickleValue>();
}

std::string_view Pickle::globalName(PickleValue value) const {
  return value.is(PickleKind::Global) ? m_globals[static_cast<std::size_t>(value.integer())]
                                      : std::string_view();
}

std::string_view Pickle::classOf(PickleValue value) const {
  return value.is(PickleKind::Object) ? globalName(object(value).callable) : std::string_view();
}

bool Pickle::isMapping(PickleValue value) const {
  return value.is(PickleKind::Dict) || (value.is(PickleKind::Object) && object(value).isMapping);
}

std::optional<PickleValue> Pickle::find(PickleValue mapping, std::string_view key) const {
  if (!isMapping(mapping)) {
    return {};
  }
  const std::span<const PickleValue> entries = items(mapping);
  for (std::size_t i = entries.size(); i >= 2; i -= 2) {
    if (entries[i - 2].isText(key)) {
      return entries[i - 1];
    }
  }
  return {};
}

/// Goes through a pickle with a stack of its own.
class Pickle::Walker {
 public:
  Walker(const Pickle& pickle, const Visit& visit)
      : m_pickle(pickle),
        m_visit(visit),
        m_seenContainers(pickle.m_containers.size()),
        m_seenObjects(pickle.m_objects.size()) {}

  std::optional<std::string> walk() {
    enter(m_pickle.root());
    while (!m_stack.empty() && m_problem.empty()) {
      Level& level = m_stack.back();
      m_path.resize(level.pathSize);
      if (level.next < level.items.size()) {
        step(level);
      } else if (level.part < 2 && level.object != nullptr) {
        const PickleValue part = level.part == 0 ? level.object->state : level.object->args;
        ++level.part;
        enter(part);
      } else {
        m_stack.pop_back();
      }
    }
    return m_problem.empty() ? std::nullopt : std::optional(m_problem);
  }

 private:
  struct Level {
    std::span<const PickleValue> items;
    const PickleObject* object = nullptr;  ///< whose state and arguments come after the items
    std::size_t next = 0;
    int part = 0;
    bool isMapping = false;
    std::size_t pathSize = 0;
  };

  void step(Level& level) {
    const std::size_t at = level.next;
    level.next += level.isMapping ? 2 : 1;
    if (level.next > level.items.size()) {
      return;
    }
    const PickleValue value = level.items[level.next - 1];
    if (!holdsOthers(value.kind())) {
      return;
    }
    appendName(level.isMapping
                   ? level.items[at]
                   : PickleValue::ofInteger(PickleKind::Int, static_cast<std::int64_t>(at)));
    enter(value);
  }

  void appendName(PickleValue key) {
    std::string name;
    if (key.isText()) {
      if (std::ranges::find(kModuleParts, key.text()) != kModuleParts.end()) {
        return;
      }
      name = key.text().substr(0, kLongestPath + 1);
    } else {
      name = key.is(PickleKind::Int) ? std::to_string(key.integer()) : "?";
    }
    m_path += (m_path.empty() ? "" : ".") + name;
    if (m_path.size() > kLongestPath) {
      m_problem = fmt::format("the name of something in it is longer than {} bytes", kLongestPath);
    }
  }

  void enter(PickleValue value) {
    if (!m_problem.empty() || !holdsOthers(value.kind())) {
      return;
    }
    const bool isObject = value.is(PickleKind::Object);
    std::vector<bool>& seen = isObject ? m_seenObjects : m_seenContainers;
    const auto number = static_cast<std::size_t>(value.integer());
    const bool isKnown = seen[number];
    if ((isKnown && !isObject) || !m_visit(m_path, value) || isKnown) {
      return;
    }
    seen[number] = true;
    if (m_stack.size() >= kDeepest) {
      m_problem = fmt::format("nested too deeply: more than {} levels", kDeepest);
      return;
    }
    m_stack.push_back({m_pickle.items(value), isObject ? &m_pickle.object(value) : nullptr, 0, 0,
                       m_pickle.isMapping(value), m_path.size()});
  }

  const Pickle& m_pickle;
  const Visit& m_visit;
  std::vector<bool> m_seenContainers;
  std::vector<bool> m_seenObjects;
  std::vector<Level> m_stack;
  std::string m_path;
  std::string m_problem;
};

std::optional<std::string> Pickle::walk(const Visit& visit) const {
  return Walker(*this, visit).walk();
}

}  // namespace embedscope::formats
