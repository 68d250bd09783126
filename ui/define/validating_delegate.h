// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include <functional>
#include <optional>

namespace embedscope::define {

/// An item editor that does not let go of a text that cannot be taken: Enter leaves the editor open
/// with the text in it and tells the reason; Escape gives up.
class ValidatingDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  /// Why a text cannot be taken at an index; nothing when it can.
  using Check =
      std::function<std::optional<QString>(const QModelIndex& index, const QString& text)>;

  ValidatingDelegate(Check check, QObject* parent);

  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const override;

  /// Rows with room around the text.
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 signals:
  void refused(const QString& reason);

  /// An editor was opened or its text changed: an older reason no longer holds.
  void edited();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  Check m_check;
  mutable QPersistentModelIndex m_index;  ///< of the open editor
};

}  // namespace embedscope::define
