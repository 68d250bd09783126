// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/lookup_table.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace embedscope::training {

/// How the rows of a bag become one.
enum class BagMode {
  Sum,   ///< each row times its weight where weights are given
  Mean,  ///< of the rows that are not padding
  Max,   ///< the largest number of each column
};

struct EmbeddingBagOptions {
  BagMode mode = BagMode::Mean;
  bool includeLastOffset = false;  ///< the offsets end with the number of codes, as in a CSR matrix
  LookupOptions lookup;            ///< no scaling by frequency with BagMode::Max

  /// @param name  of the table, for the sentence.
  /// @throws base::Error InvalidArgument: options that do not fit each other or n categories.
  void check(const std::string& name, std::int64_t categories) const;
};

/// Bags of categories, one after the other.
template <typename Scalar>
struct Bags {
  std::span<const std::int32_t> codes;    ///< of all bags, each in [0, n)
  std::span<const std::int64_t> offsets;  ///< where each bag begins, ascending from 0
  std::span<const Scalar> weights = {};   ///< one for each code, or none; BagMode::Sum only
};

/// The offsets of bags of one size, PyTorch's two-dimensional input.
///
/// @param bags  ≥ 0. @param size  ≥ 0, codes in each bag. @param includeLast  see the options.
std::vector<std::int64_t> offsetsOfEqualBags(std::int64_t bags, std::int64_t size,
                                             bool includeLast = false);

/// The lookup of several categories at once, reduced to one row. Semantics of PyTorch's
/// nn.EmbeddingBag: an empty bag and one of padding alone give zeros. Scaling by frequency divides
/// by how often the row itself is in the bags, which PyTorch documents but, on the CPU and up to
/// 2.13, does not do.
///
/// Every function that takes bags throws base::Error InvalidArgument when they do not fit the table
/// or the options, and costs O(codes·d).
template <typename Scalar>
class EmbeddingBagLayer {
 public:
  /// A table of zeros. @param categories  n ≥ 1. @param dimension  d ≥ 1.
  /// @param trainable  false: a frozen table.
  EmbeddingBagLayer(const std::string& name, Eigen::Index categories, Eigen::Index dimension,
                    bool trainable, EmbeddingBagOptions options = {});

  /// A copy of a table, n × d; see EmbeddingLayer::fromPretrained.
  static EmbeddingBagLayer fromPretrained(const std::string& name, ConstMatrixRef<Scalar> table,
                                          bool freeze = true, EmbeddingBagOptions options = {});

  Eigen::Index dimension() const { return m_table.dimension(); }

  bool isTrainable() const { return m_table.parameter().isTrainable(); }

  const EmbeddingBagOptions& options() const { return m_options; }

  /// n × d.
  Parameter<Scalar>& table() { return m_table.parameter(); }

  const Parameter<Scalar>& table() const { return m_table.parameter(); }

  Eigen::Index bagCount(const Bags<Scalar>& bags) const;

  /// Belongs before `forward`; see LookupTable::applyMaxNorm. The padding row is looked up, too.
  void applyMaxNorm(const Bags<Scalar>& bags);

  /// @param output  bags × d, overwritten.
  void forward(const Bags<Scalar>& bags, MatrixRef<Scalar> output) const;

  /// Sets the gradient of the table. With BagMode::Max each column's gradient goes to the row that
  /// had the maximum, the first of equal ones; the table must be as it was in `forward`. Does
  /// nothing when the table is frozen.
  ///
  /// @param outputGradient  bags × d.
  void backward(const Bags<Scalar>& bags, ConstMatrixRef<Scalar> outputGradient);

  /// The gradient at the weights of the codes: zero for padding.
  ///
  /// @param bags      with weights. @param outputGradient  bags × d.
  /// @param gradient  one number for each code, overwritten.
  void weightGradient(const Bags<Scalar>& bags, ConstMatrixRef<Scalar> outputGradient,
                      std::span<Scalar> gradient) const;

 private:
  /// The codes of one bag by their places in the list.
  struct Range {
    std::size_t begin;
    std::size_t end;
  };

  void check(const Bags<Scalar>& bags) const;
  void checkOffsets(const Bags<Scalar>& bags) const;
  void checkRows(const char* what, Eigen::Index rows, Eigen::Index columns,
                 const Bags<Scalar>& bags) const;
  Range rangeOf(const Bags<Scalar>& bags, Eigen::Index bag) const;
  std::size_t countReduced(const Bags<Scalar>& bags, Range range) const;
  void reduceMax(const Bags<Scalar>& bags, Range range, Scalar* output) const;
  void backwardMax(const Bags<Scalar>& bags, Range range, const Scalar* outputGradient);

  LookupTable<Scalar> m_table;
  EmbeddingBagOptions m_options;
};

extern template class EmbeddingBagLayer<float>;
extern template class EmbeddingBagLayer<double>;

}  // namespace embedscope::training
