// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/formats/byte_reader.h"
#include "core/formats/pickle_value.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace embedscope::formats {

/// What a class or function would have been called with. Nothing is ever called.
struct PickleObject {
  PickleValue callable;            ///< normally a Global; None for a Persistent
  PickleValue args;                ///< a Tuple; of a Persistent: its description
  PickleValue state;               ///< what BUILD hands over; None when there is none
  std::vector<PickleValue> items;  ///< what was put into it, as in a list or a dict
  bool isMapping = false;          ///< items are key, value, key, value, …
};

/// The values of a pickle, all held in one place: they may share each other and even contain
/// themselves, and freeing them needs no recursion.
class Pickle {
 public:
  PickleValue root() const { return m_root; }

  /// How many bytes of text may be copied out of it as labels: a small pickle can name a long text
  /// any number of times.
  std::uint64_t textBudget() const { return m_textBudget; }

  /// Where in the bytes the pickle ends.
  std::size_t end() const { return m_end; }

  /// Of List, Tuple, Set and Dict; of an Object what was put into it; otherwise nothing.
  std::span<const PickleValue> items(PickleValue value) const;

  /// Of Object and Persistent.
  const PickleObject& object(PickleValue value) const {
    return m_objects[static_cast<std::size_t>(value.integer())];
  }

  const std::vector<PickleObject>& objects() const { return m_objects; }

  /// Of a list, tuple or set, also where a class such as torch.Size or set stands around it.
  std::span<const PickleValue> sequence(PickleValue value) const;

  /// "torch._utils._rebuild_tensor_v2"; empty when the value is no Global.
  std::string_view globalName(PickleValue value) const;

  /// The name of what an Object would have been made by; empty when it is no Object, or was made by
  /// something that has no name.
  std::string_view classOf(PickleValue value) const;

  /// A dict, or an object that entries were put into.
  bool isMapping(PickleValue value) const;

  /// The last value under a text key of a mapping; nothing when there is none. Cost: its length.
  std::optional<PickleValue> find(PickleValue mapping, std::string_view key) const;

  /// Called with a path such as "model.embedding.weight" and what stands there.
  /// @return true to go on into it.
  using Visit = std::function<bool(const std::string& path, PickleValue value)>;

  /// Visits containers once, and objects each time they occur, depth first and in order, starting
  /// with the root; none is entered twice. Of an object its items come first, then its state, then
  /// its arguments. The names under which modules of PyTorch keep their parts (_parameters,
  /// _buffers, _modules) do not enter paths, as in a state_dict.
  ///
  /// @return a sentence when it had to end: nested too deeply, or names too long.
  std::optional<std::string> walk(const Visit& visit) const;

 private:
  friend class PickleMachine;
  class Walker;

  PickleValue m_root;
  std::size_t m_end = 0;
  std::uint64_t m_textBudget = 0;
  std::vector<std::vector<PickleValue>> m_containers;
  std::vector<PickleObject> m_objects;
  std::vector<std::string> m_globals;
};

/// Bytes that hold a pickle.
struct PickleInput {
  std::string_view bytes;       ///< kept alive as long as the pickle's values are used
  std::size_t begin = 0;        ///< where in them it begins
  PlaceOfByte placeOf;          ///< for errors
  std::uint64_t fileBytes = 0;  ///< of the file they come from, by which memory is bounded
};

/// Reads a Python pickle as data. Nothing in it is called, imported or looked up: classes and
/// functions are names, and what would have been made by them are inert objects. Only what files of
/// tensors and vectors need is known; every other opcode, and names that no such file needs and
/// that could do harm elsewhere (os.system, builtins.eval, …), are refused.
///
/// Works through the opcodes one after the other, without recursion; the memo is no larger than
/// what was put into it. Memory is at most 64 MB + 64 bytes for each byte of the file, for real
/// files three to ten bytes for each byte that is no array.
///
/// @return nothing when stopped.
/// @throws Error BadData with the byte: cut off, malformed, refused by name.
/// Sources: CPython 3.11 Lib/pickletools.py; the allowed names: see formats.
std::optional<Pickle> readPickle(const PickleInput& input, const base::TaskContext& context = {});

}  // namespace embedscope::formats
