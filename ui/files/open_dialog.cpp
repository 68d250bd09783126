// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/open_dialog.h"

#include "ui/controls/elided_label.h"
#include "ui/controls/message_bar.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/files/bad_lines_list.h"
#include "ui/files/file_facts.h"
#include "ui/files/first_rows_view.h"
#include "ui/files/memory.h"
#include "ui/files/read_options_form.h"

#include <QAbstractButton>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace embedscope::files {

namespace {

using controls::MessageBar;
using namespace std::chrono_literals;

constexpr auto kPauseBeforeLooking = 150ms;
constexpr int kFormWidth = 330;
constexpr QSize kSize(880, 540);

/// "line 4: 2 values where 3 are expected"
QString sentence(const base::Place& place, std::string_view text) {
  base::Place inFile = place;
  inFile.path.clear();
  const QString where = document::shownText(inFile.text());
  const QString what = document::shownText(text);
  return where.isEmpty() ? what : QStringLiteral("%1: %2").arg(where, what);
}

QString warningsText(const std::vector<formats::Warning>& warnings) {
  QStringList lines;
  for (const formats::Warning& warning : warnings) {
    lines += sentence(warning.place, warning.text);
  }
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

OpenDialog::OpenDialog(const QString& path, jobs::JobRunner& jobs, QWidget* parent)
    : QDialog(parent),
      m_path(path),
      m_facts(new FileFacts(this)),
      m_firstRows(new FirstRowsView(this)),
      m_form(new ReadOptionsForm(this)),
      m_badLines(new BadLinesList(this)),
      m_message(new MessageBar(this)),
      m_looking(jobs, this),
      m_listing(jobs, this) {
  setObjectName(QStringLiteral("openDialog"));
  setWindowTitle(tr("Open %1").arg(QFileInfo(path).fileName()));
  setAttribute(Qt::WA_DeleteOnClose);
  m_facts->showPreview({}, 0);
  m_badLines->hide();

  auto* left = new QVBoxLayout;
  left->setSpacing(8);
  left->addWidget(new controls::SectionLabel(tr("What it is"), this));
  left->addWidget(m_facts);
  left->addSpacing(8);
  left->addWidget(new controls::SectionLabel(tr("First rows"), this));
  left->addWidget(m_firstRows);
  left->addWidget(m_badLines);
  left->addStretch(1);
  auto* right = new QVBoxLayout;
  right->setSpacing(8);
  right->addWidget(new controls::SectionLabel(tr("How to read it"), this));
  right->addWidget(m_form);
  right->addStretch(1);
  m_form->setFixedWidth(kFormWidth);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(24);
  columns->addLayout(left, 1);
  columns->addLayout(right);

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel, this);
  m_open = buttons->button(QDialogButtonBox::Open);
  m_open->setObjectName(QStringLiteral("openButton"));
  m_open->setEnabled(false);
  for (QAbstractButton* button : buttons->buttons()) {
    button->setIcon({});
  }
  connect(buttons, &QDialogButtonBox::accepted, this, &OpenDialog::finish);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

  auto* where = new controls::ElidedLabel(Qt::ElideMiddle, this);
  where->setFullText(path);
  where->setForegroundRole(QPalette::PlaceholderText);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 16, 20, 16);
  layout->setSpacing(12);
  layout->addWidget(where);
  layout->addWidget(m_message);
  layout->addLayout(columns, 1);
  layout->addWidget(buttons);
  resize(kSize);

  m_pause.setSingleShot(true);
  m_pause.setInterval(kPauseBeforeLooking);
  connect(&m_pause, &QTimer::timeout, this, &OpenDialog::look);
  connect(m_form, &ReadOptionsForm::changed, this, &OpenDialog::optionsChanged);
  look();
}

OpenDialog::~OpenDialog() = default;

void OpenDialog::optionsChanged() {
  m_loaded.reset();
  m_open->setEnabled(false);
  m_pause.start();
}

void OpenDialog::look() {
  const std::filesystem::path path = m_path.toStdString();
  m_looking.start(tr("Looking at %1").arg(QFileInfo(m_path).fileName()),
                  [path, options = m_form->options()](const base::TaskContext& context) {
                    return lookAt(path, options, context);
                  },
                  {.done =
                       [this](const std::optional<FileLook>& look) {
                         if (look) {
                           showLook(*look);
                         }
                       },
                   .failed = {},
                   .cancelled = {}});
}

void OpenDialog::showLook(const FileLook& look) {
  m_facts->showPreview(look.preview, availableMemoryBytes());
  m_firstRows->showRows(look.firstRows);
  if (look.preview) {
    m_form->follow(*look.preview);
  }
  m_open->setEnabled(!look.problem.has_value() && !m_listing.isRunning());
  if (look.problem) {
    m_message->show(MessageBar::Kind::Error, sentence(look.problem->place, look.problem->text));
  } else if (look.preview && !look.preview->warnings.empty()) {
    m_message->show(MessageBar::Kind::Warning, warningsText(look.preview->warnings));
  } else {
    m_message->clear();
  }
  if (m_listsBadLines && look.preview && hasLines(look.preview->format)) {
    m_listsBadLines = false;
    m_form->setSkipsBadLines(true);
    lookForBadLines();
  }
}

void OpenDialog::showProblem(const base::Error& error) {
  m_message->show(MessageBar::Kind::Error, sentence(error.place(), error.sentence()));
  m_listsBadLines = error.place().line.has_value();
}

void OpenDialog::lookForBadLines() {
  m_badLines->show();
  m_badLines->showLooking();
  m_open->setEnabled(false);
  const std::filesystem::path path = m_path.toStdString();
  m_listing.start(tr("Looking for bad lines in %1").arg(QFileInfo(m_path).fileName()),
                  [path, options = m_form->options()](const base::TaskContext& context) {
                    return formats::readTable(path, options, context);
                  },
                  {.done =
                       [this](std::optional<formats::LoadedTable> loaded) {
                         if (loaded) {
                           m_badLines->showLines(loaded->report.skipped);
                           m_loaded = std::move(loaded);
                           m_open->setEnabled(true);
                         }
                       },
                   .failed =
                       [this](const base::Error& error) {
                         m_badLines->hide();
                         m_message->show(MessageBar::Kind::Error,
                                         sentence(error.place(), error.sentence()));
                       },
                   .cancelled = [this] { m_badLines->hide(); }});
}

void OpenDialog::finish() {
  if (m_loaded) {
    emit loadedRequested(*m_loaded);
  } else {
    emit openRequested(m_form->options());
  }
  accept();
}

}  // namespace embedscope::files
