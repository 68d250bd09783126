// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/live_session.h"

#include <QMetaObject>
#include <QPointer>

namespace embedscope::jobs {

namespace {

constexpr double kNanosecond = 1e-9;

}  // namespace

LiveSession::LiveSession(QObject* parent) : QObject(parent) {
  connect(&m_wakeUp, &WakeUp::woken, this, [this] { wake(); });
}

std::optional<double> LiveSession::secondsLeft() const {
  return m_active ? m_timeLeft.secondsLeft(m_fraction) : std::nullopt;
}

void LiveSession::setTitle(const QString& title) {
  if (title != m_title) {
    m_title = title;
    emit titleChanged();
  }
}

void LiveSession::cancel() {
  if (m_active && !m_cancelling) {
    m_cancelling = true;
    stopWork();
    emit updated();
  }
}

std::function<void()> LiveSession::waker() {
  return
      [receiver = &m_wakeUp] { QMetaObject::invokeMethod(receiver, "wake", Qt::QueuedConnection); };
}

RunId LiveSession::begin(const QString& title) {
  ++m_lastRun.value;
  m_title = title;
  m_active = true;
  m_cancelling = false;
  m_fraction = 0;
  m_timeLeft = {};
  m_sinceProgress.start();
  return m_lastRun;
}

void LiveSession::progressed(double fraction) {
  if (fraction > m_fraction) {
    m_timeLeft.add(fraction - m_fraction,
                   static_cast<double>(m_sinceProgress.nsecsElapsed()) * kNanosecond);
    m_sinceProgress.restart();
    m_fraction = fraction;
  }
}

void LiveSession::tell(bool ended) {
  const RunId run = m_lastRun;
  const QPointer<LiveSession> self(this);
  const auto isCurrent = [&] { return self && m_lastRun == run; };
  if (ended) {
    m_active = false;
    m_cancelling = false;
    emit activeChanged(false);
  }
  if (isCurrent()) {
    emit updated();
  }
  if (ended && isCurrent()) {
    emit finished();
  }
}

}  // namespace embedscope::jobs
