// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/caution.h"
#include "core/training/target_leakage.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace embedscope::training {

/// The cautions about one categorical column. Keeps references to what it is given.
class ColumnCheck {
 public:
  /// @param coded  codedTarget(target).
  ColumnCheck(const data::CategoricalColumn& column, const FeatureRecipe& feature,
              const RowSplit& split, const data::Target& target, const CodedValues& coded);

  /// In the order of Caution::Kind; an identifier has that one caution. Cost O(rows + categories).
  std::vector<Caution> run();

 private:
  bool isIdentifier() const;
  void tellIdentifier();
  void tellRareCategories();

  /// What becomes of categories without a training row.
  std::string untrainedFate(bool single) const;

  void tellNotInValidation();
  void tellLeakage();
  void tellConstant();
  void tell(Caution::Kind kind, std::string text);
  std::string name() const;

  /// "12 of 195 categories of “zone”"
  std::string share(std::size_t some) const;

  const data::CategoricalColumn& m_column;
  const FeatureRecipe& m_feature;
  const data::Target& m_target;
  const CodedValues& m_coded;
  std::vector<std::int64_t> m_training;    ///< rows per category
  std::vector<std::int64_t> m_validation;  ///< rows per category
  bool m_hasValidation;
  std::vector<Caution> m_cautions;
};

}  // namespace embedscope::training
