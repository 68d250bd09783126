// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/pickle.h"
#include "core/formats/source.h"
#include "core/formats/tensor.h"

namespace embedscope::formats {

/// A NumPy array inside a pickle.
struct PickledArray {
  std::optional<NumberType> type;  ///< nothing: texts, objects, complex numbers, …
  bool isBigEndian = false;
  bool isFortran = false;  ///< its first axis is the one whose elements stand together
  std::vector<std::int64_t> shape;
  std::string description;  ///< "f4", "O8"
  PickleValue data;  ///< Bytes; Text whose code points are the bytes (Python 3 with protocol 2)

  /// "float32", "f4" where it is no number type.
  std::string dtype() const;
};

/// True when the value stands for an array, sound or not.
bool isPickledArray(const Pickle& pickle, PickleValue value);

/// The array that a value stands for; nothing when it stands for something else.
/// @throws Error BadData without a place: what is there is no sound array.
/// Cost: proportional to its bytes where they are text, otherwise constant.
std::optional<PickledArray> pickledArray(const Pickle& pickle, PickleValue value);

/// The array as a tensor; not readable as a table unless it has two axes of numbers. Rows stay in
/// the source's file where they lie there as a table has them.
///
/// @param owner  keeps the pickle's bytes alive where they are not those of the source's file.
Tensor arrayTensor(std::string name, const PickledArray& array, const Source& source,
                   const std::shared_ptr<const void>& owner);

/// The numbers of an array of one axis as texts: integers whole, others with as few digits as give
/// them back. Empty for other arrays.
std::vector<std::string> arrayTexts(const PickledArray& array);

/// An integer, also one that NumPy wrote; nothing when it is something else.
std::optional<std::int64_t> pickledInteger(const Pickle& pickle, PickleValue value);

}  // namespace embedscope::formats
