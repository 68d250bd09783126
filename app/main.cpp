// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/appearance.h"
#include "ui/window/file_opener.h"
#include "ui/window/gallery.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace {

namespace window = embedscope::window;

constexpr int kFailed = 1;
constexpr int kUsage = 2;

void say(std::FILE* stream, const QString& line) {
  std::fputs((line + QLatin1Char('\n')).toUtf8().constData(), stream);
}

/// "1280x800" as a size; an invalid one when the text is something else.
QSize parsedSize(const QString& text) {
  const QStringList parts = text.split(QLatin1Char('x'));
  bool widthOk = false;
  bool heightOk = false;
  const QSize size(parts.value(0).toInt(&widthOk), parts.value(1).toInt(&heightOk));
  return widthOk && heightOk && parts.size() == 2 && size.width() >= 640 && size.height() >= 480
             ? size
             : QSize();
}

/// Pictures of every page; leaves the user's settings alone.
int runGallery(const QString& folder, QSize size) {
  const QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  window::Appearance appearance;
  window::MainWindow main(appearance);
  window::Gallery gallery(main, appearance, folder, size);
  int code = 0;
  QObject::connect(&gallery, &window::Gallery::finished, qApp,
                   [&code](const QStringList& files, const QString& problem) {
                     for (const QString& file : files) {
                       say(stdout, file);
                     }
                     if (!problem.isEmpty()) {
                       say(stderr, QStringLiteral("embedscope: ") + problem);
                       code = kFailed;
                     }
                     QApplication::exit(code);
                   });
  QTimer::singleShot(0, &gallery, &window::Gallery::start);
  return QApplication::exec();
}

int runWindow(const QStringList& files) {
  window::Appearance appearance;
  window::MainWindow main(appearance);
  main.show();
  if (!files.isEmpty()) {
    main.opener().open(files);
  }
  return QApplication::exec();
}

bool hasDisplay() {
  return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
         qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

/// Pictures, help and version need no screen.
bool canDoWithoutDisplay(int argc, char** argv) {
  return std::any_of(argv + 1, argv + argc, [](const char* argument) {
    const std::string_view text(argument);
    return text.starts_with("--gallery") || text == "--help" || text == "-h" ||
           text == "--version" || text == "-v";
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (!hasDisplay()) {
    if (!canDoWithoutDisplay(argc, argv)) {
      say(stderr, QStringLiteral("embedscope: there is no display to open a window on (neither "
                                 "DISPLAY nor WAYLAND_DISPLAY is set). embedscope-cli does the "
                                 "same work without one, and --gallery DIR draws the pages."));
      return kFailed;
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
  }
  QApplication app(argc, argv);
  QApplication::setOrganizationName(QStringLiteral("Embedscope"));
  QApplication::setApplicationName(QStringLiteral("embedscope"));
  QApplication::setApplicationDisplayName(QStringLiteral("Embedscope"));
  QApplication::setApplicationVersion(QStringLiteral(EMBEDSCOPE_VERSION));
  QApplication::setWindowIcon(QIcon(QStringLiteral(":/embedscope.svg")));
  QGuiApplication::setDesktopFileName(QStringLiteral("app.embedscope.Embedscope"));

  QCommandLineParser parser;
  parser.setApplicationDescription(
      QApplication::translate("main", "Define, train, see and take away embeddings."));
  parser.addHelpOption();
  parser.addVersionOption();
  const QCommandLineOption gallery(
      QStringLiteral("gallery"),
      QApplication::translate("main", "Write a PNG picture of every page to DIR and exit."),
      QStringLiteral("DIR"));
  const QCommandLineOption size(
      QStringLiteral("size"),
      QApplication::translate("main", "Size of the window in the gallery, such as 1920x1080."),
      QStringLiteral("WxH"), QStringLiteral("1280x800"));
  parser.addOption(gallery);
  parser.addOption(size);
  parser.addPositionalArgument(QStringLiteral("FILE"),
                               QApplication::translate("main", "Vectors or data to open."),
                               QStringLiteral("[FILE…]"));
  parser.process(app);

  if (parser.isSet(gallery)) {
    const QSize chosen = parsedSize(parser.value(size));
    if (!chosen.isValid()) {
      say(stderr, QStringLiteral("embedscope: --size needs WIDTHxHEIGHT, at least 640x480"));
      return kUsage;
    }
    return runGallery(parser.value(gallery), chosen);
  }
  return runWindow(parser.positionalArguments());
}
