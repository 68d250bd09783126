// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/controls/message_bar.h"
#include "ui/define/define_page.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QLineEdit>
#include <QTest>

#include <functional>

namespace embedscope::define {

constexpr int kPatienceMs = 10'000;

/// A Define page on an empty document.
class DefinePageTest : public testing::Test {
 protected:
  void SetUp() override {
    m_page.resize(1016, 700);
    m_page.show();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&m_page, kPatienceMs));
  }

  template <typename Widget>
  Widget& part(const char* name) {
    auto* widget = m_page.findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  void click(const char* name) { QTest::mouseClick(&part<QAbstractButton>(name), Qt::LeftButton); }

  void addColor() {
    document::Feature feature;
    feature.name = QStringLiteral("color");
    m_document.addFeature(feature, QStringLiteral("add"));
  }

  /// A feature "color" with so many categories, c0, c1, …, of the same number of rows.
  void addColors(int categories, std::int64_t rows = 0) {
    document::Feature feature;
    feature.name = QStringLiteral("color");
    for (int i = 0; i < categories; ++i) {
      feature.categories.push_back({QStringLiteral("c%1").arg(i), {}, rows});
    }
    m_document.addFeature(feature, QStringLiteral("add"));
  }

  void type(const QString& label) {
    auto& field = part<QLineEdit>("newCategory");
    field.clear();
    QTest::keyClicks(&field, label);
    QTest::keyClick(&field, Qt::Key_Return);
  }

  document::FeaturePtr feature() const { return m_document.feature(m_document.currentFeature()); }

  QStringList labels() const {
    QStringList out;
    for (const document::Category& category : feature()->categories) {
      out += category.label;
    }
    return out;
  }

  QString message() { return part<controls::MessageBar>("messageBar").text(); }

  bool waitFor(const std::function<bool()>& done) { return QTest::qWaitFor(done, kPatienceMs); }

  document::Document m_document;
  jobs::JobRunner m_jobs;
  DefinePage m_page{m_document, m_jobs};
};

}  // namespace embedscope::define
