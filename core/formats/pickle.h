// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/byte_reader.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace embedscope::formats {

/// Names a value of a pickle: its number.
using PickleRef = std::uint32_t;

/// A value of a pickle. Nothing was called to make it: objects are their parts.
struct PickleValue {
  enum class Kind {
    None,
    Boolean,
    Integer,  ///< up to 64 bits; longer ones are Bytes
    Real,
    Text,
    Bytes,
    Sequence,    ///< tuple or list
    Dictionary,  ///< also OrderedDict
    Global,      ///< a class or function, by its name in `text`: "torch._utils._rebuild_tensor_v2"
    Object,      ///< what a class or function would have made of its arguments
    Persistent,  ///< something outside the pickle: `parts[0]` tells what
  };

  Kind kind = Kind::None;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text;         ///< of Text, Bytes and Global; in the file, or kept by the pickle
  std::vector<PickleRef> parts;  ///< elements; of an Object: its class, its arguments, its state
  std::vector<std::pair<PickleRef, PickleRef>> items;  ///< of a Dictionary, or a kind of one
};

/// A Python pickle of protocol 0 to 5, read as data.
///
/// Only what a state_dict, NumPy arrays and gensim need is understood; every other operation is
/// refused by its name, and so are functions that could do harm (os, subprocess, eval, …). Any
/// other class becomes an inert Object. Nothing is ever called. Values refer to each other by
/// number, so cycles, shared parts and deep nesting cost nothing extra.
class Pickle {
 public:
  /// Reads one pickle from `begin` on; what follows it is left alone.
  ///
  /// @param bytes  kept alive by the caller.
  /// @throws Error BadData with the byte: cut off, malformed, or with something in it that is
  ///         refused. Memory grows with the bytes read, never with a count they claim.
  Pickle(std::string_view bytes, const PlaceOfByte& placeOf, std::size_t begin = 0);

  /// Where the next byte after it stands.
  std::size_t end() const { return m_end; }

  PickleRef root() const { return m_root; }

  const PickleValue& operator[](PickleRef ref) const { return m_values[ref]; }

  /// How many values there are; every reference is below.
  PickleRef size() const { return static_cast<PickleRef>(m_values.size()); }

  /// The value of a text key; nothing when there is none or it is no dictionary.
  std::optional<PickleRef> find(PickleRef dictionary, std::string_view key) const;

  /// Texts of a sequence of texts or bytes; nothing when it holds anything else.
  std::optional<std::vector<std::string_view>> texts(PickleRef sequence) const;

  /// Whole numbers of a sequence of them; nothing when it holds anything else.
  std::optional<std::vector<std::int64_t>> integers(PickleRef sequence) const;

  /// The name of the class or function that an object comes from; empty for all others.
  std::string_view className(PickleRef object) const;

 private:
  friend class PickleMachine;

  std::vector<PickleValue> m_values;
  std::deque<std::string> m_made;  ///< texts that do not stand in the file as they are
  PickleRef m_root = 0;
  std::size_t m_end = 0;
};

}  // namespace embedscope::formats
