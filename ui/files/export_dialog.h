// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"
#include "ui/document/document.h"
#include "ui/jobs/latest_job.h"

#include <QDialog>
#include <QString>

#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace embedscope::files {

/// How to write a table: format, numbers, compression, and what else to put beside it. Says before
/// writing what the format cannot hold, and offers one that can.
class ExportDialog : public QDialog {
  Q_OBJECT

 public:
  ExportDialog(const document::TableEntry& entry, jobs::JobRunner& jobs, QWidget* parent = nullptr);
  ~ExportDialog() override;

 signals:
  /// The person has chosen; the path is yet to be asked for.
  /// @param ending  what the name has to end in: ".csv.gz".
  void chosen(embedscope::formats::FormatId format,
              const embedscope::formats::WriteOptions& options, const QString& ending);

 private:
  /// What a format would lose, and one that loses nothing where there is one.
  struct Losses {
    std::vector<std::string> sentences;
    std::optional<formats::FormatId> safe;
  };

  void addControls();
  void followFormat();
  void weigh();
  void showLosses(const Losses& losses);
  void useSafeFormat();
  void finish();
  formats::FormatId format() const;
  formats::WriteOptions options() const;

  table::TablePtr m_table;
  table::Provenance m_provenance;
  QComboBox* m_format;
  QLabel* m_summary;
  QComboBox* m_numbers;
  QCheckBox* m_compressed;
  QCheckBox* m_manifest;
  std::vector<QCheckBox*> m_snippets;  ///< in the order of formats::allFrameworks
  QLabel* m_losses;
  QPushButton* m_useSafe;
  std::optional<formats::FormatId> m_safe;
  jobs::LatestJob m_weighing;
};

}  // namespace embedscope::files
