// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/term.h"

#include <QCoreApplication>

namespace embedscope::product {

namespace {

const char* words(Term term) {
  switch (term) {
    case Term::OneHot:
      return QT_TRANSLATE_NOOP("Product",
                               "One-hot: a row of n numbers, 1 at the place of the category and 0 "
                               "everywhere else. A batch has one such row for each example.");
    case Term::MultiHot:
      return QT_TRANSLATE_NOOP("Product",
                               "Multi-hot: a row of n numbers with a weight at the place of every "
                               "category of the bag, and 0 everywhere else.");
    case Term::Table:
      return QT_TRANSLATE_NOOP(
          "Product",
          "The table, or embedding matrix, W: n rows, one for each category, of "
          "d numbers. Row i is the vector of category i; rows and columns are "
          "counted from 0.");
    case Term::Result:
      return QT_TRANSLATE_NOOP("Product",
                               "What the product gives: a row of d numbers for each "
                               "example.");
    case Term::Bag:
      return QT_TRANSLATE_NOOP("Product",
                               "A bag: several categories that together become one vector, as in "
                               "nn.EmbeddingBag.");
    case Term::Input:
      return QT_TRANSLATE_NOOP(
          "Product", "x: the looked-up rows, which enter the layer behind the embedding.");
    case Term::Head:
      return QT_TRANSLATE_NOOP("Product",
                               "w: the weights of the head, a linear layer with a single output.");
    case Term::Output:
      return QT_TRANSLATE_NOOP("Product", "y: what the model answers for each example.");
    case Term::Target:
      return QT_TRANSLATE_NOOP("Product", "What the answers should have been.");
    case Term::Error:
      return QT_TRANSLATE_NOOP("Product", "Output minus target, for each example.");
    case Term::OutputGradient:
      return QT_TRANSLATE_NOOP("Product", "∂L/∂y: how fast the loss L grows when an output grows.");
    case Term::InputGradient:
      return QT_TRANSLATE_NOOP("Product",
                               "∂L/∂x: how fast the loss L grows when a number of a looked-up row "
                               "grows.");
    case Term::OneHotTransposed:
      return QT_TRANSLATE_NOOP("Product",
                               "The one-hot rows laid on their sides: a column for each example.");
    case Term::TableGradient:
      return QT_TRANSLATE_NOOP("Product",
                               "∂L/∂W: how fast the loss L grows when a number of the table grows. "
                               "Rows that no example looks up get zeros.");
    case Term::SparseRows:
      return QT_TRANSLATE_NOOP("Product", "The rows that have a gradient, by number from 0.");
    case Term::SparseValues:
      return QT_TRANSLATE_NOOP("Product", "Their gradients, d numbers each.");
    case Term::Before:
      return QT_TRANSLATE_NOOP("Product", "The table before the update.");
    case Term::Change:
      return QT_TRANSLATE_NOOP("Product", "What the optimizer adds to each row.");
    case Term::After:
      return QT_TRANSLATE_NOOP("Product", "The table after the update.");
    case Term::Entering:
      return QT_TRANSLATE_NOOP("Product",
                               "What this approach hands to the layer behind it for the category.");
  }
  return "";
}

}  // namespace

QString explanation(Term term) {
  return QCoreApplication::translate("Product", words(term));
}

}  // namespace embedscope::product
