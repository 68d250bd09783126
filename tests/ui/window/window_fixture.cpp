// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/window_fixture.h"

#include "ui/controls/message_bar.h"
#include "ui/window/file_opener.h"

#include <QLabel>
#include <QSettings>
#include <QTest>

namespace embedscope::tests {

namespace {

constexpr int kPatienceMs = 10'000;

}  // namespace

WindowFixture::WindowFixture() {
  QCoreApplication::setOrganizationName(QStringLiteral("Embedscope"));
  QCoreApplication::setApplicationName(QStringLiteral("embedscope-test"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                     QString::fromStdString(m_folder.path().string()));
  restart();
}

WindowFixture::~WindowFixture() = default;

void WindowFixture::restart() {
  if (m_window) {
    m_window->close();
  }
  m_window.reset();
  m_appearance = std::make_unique<window::Appearance>();
  m_window = std::make_unique<window::MainWindow>(*m_appearance);
  m_window->show();
  m_window->activateWindow();  // shortcuts work in the active window only
  EXPECT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
}

void WindowFixture::click(const char* name) {
  if (auto* widget = shown<QWidget>(name)) {
    ASSERT_TRUE(widget->isEnabled()) << name << " is disabled";
    QTest::mouseClick(widget, Qt::LeftButton);
  }
}

bool WindowFixture::wait(const std::function<bool()>& condition) {
  return QTest::qWaitFor(condition, kPatienceMs);
}

bool WindowFixture::waitUntilIdle() {
  return wait([this] { return m_window->jobs().jobs().empty(); });
}

QString WindowFixture::message() {
  const auto* bar = m_window->findChild<controls::MessageBar*>(QStringLiteral("windowMessages"));
  return bar != nullptr && bar->isVisible() ? bar->text() : QString();
}

void WindowFixture::open(const std::filesystem::path& path) {
  m_window->opener().open({QString::fromStdString(path.string())});
}

}  // namespace embedscope::tests
