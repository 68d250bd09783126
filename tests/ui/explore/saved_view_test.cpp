// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/saved_view.h"

#include "core/base/error.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <string>

namespace embedscope::explore {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::int64_t kRows = 3;
constexpr std::int64_t kDimension = 5;

std::vector<SavedView> readAgain(const SavedView& view) {
  return viewsFromJson(viewsJson({view}, kRows), kRows, kDimension);
}

std::string complaint(const QByteArray& json) {
  try {
    viewsFromJson(json, kRows, kDimension);
  } catch (const base::Error& error) {
    return error.sentence();
  }
  return {};
}

TEST(SavedView, ReadsBackWhatItWrote) {
  SavedView view;
  view.name = QStringLiteral("good “and” bad");
  view.axes.kind = Axes::Kind::Labels;
  view.axes.labels[0] = {QStringLiteral("bad"), QStringLiteral("good, \"a, b\"")};
  view.axes.preparation = {.centre = true, .removedComponents = 2, .unitRows = true};
  view.colorColumn = QStringLiteral("\u0001length");
  view.selection = {0, 2};
  view.currentRow = 1;
  view.plane = QRectF(-1.5, 0.25, 3, 0.1);
  const std::vector<SavedView> views = readAgain(view);
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].name, view.name);
  EXPECT_EQ(views[0].axes, view.axes);
  EXPECT_EQ(views[0].colorColumn, view.colorColumn);
  EXPECT_EQ(views[0].selection, view.selection);
  EXPECT_EQ(views[0].currentRow, view.currentRow);
  EXPECT_EQ(views[0].plane, view.plane);
  EXPECT_EQ(views[0].points, nullptr);
}

TEST(SavedView, KeepsTheCameraOfSpace) {
  SavedView view;
  view.axes.dims = 3;
  view.axes.z = 4;
  view.camera.emplace();
  view.camera->turn(0.4, -0.2);
  view.camera->setPerspective(true);
  const SavedView again = readAgain(view).at(0);
  EXPECT_EQ(again.axes, view.axes);
  ASSERT_TRUE(again.camera);
  EXPECT_TRUE(again.camera->perspective());
  EXPECT_TRUE(again.camera->orientation().isApprox(view.camera->orientation(), 1e-12));
}

TEST(SavedView, KeepsTheBitsOfCoordinates) {
  base::RowMatrix points(kRows, 2);
  points << 0.1F, -0.0F, 1e-42F, std::numeric_limits<float>::infinity(), 3, 4;
  SavedView view;
  view.axes.kind = Axes::Kind::Tsne;
  view.points = std::make_shared<const base::RowMatrix>(points);
  view.recipe = QStringLiteral("t-SNE, seed 1");
  const SavedView again = readAgain(view).at(0);
  EXPECT_EQ(again.axes.kind, Axes::Kind::Tsne);
  ASSERT_TRUE(again.points);
  EXPECT_EQ(*again.points, points);
  EXPECT_EQ(again.recipe, view.recipe);
}

TEST(SavedView, KeepsImportedCoordinatesWithRowsThatHaveNone) {
  base::RowMatrix points(kRows, 3);
  points << 1, 2, 3, std::numeric_limits<float>::quiet_NaN(), 0, 0, 4, 5, 6;
  SavedView view;
  view.axes.kind = Axes::Kind::Imported;
  view.axes.dims = 3;
  view.points = std::make_shared<const base::RowMatrix>(points);
  view.recipe = QStringLiteral("3 rows · coordinates from places.csv, matched by label");
  const SavedView again = readAgain(view).at(0);
  EXPECT_EQ(again.axes, view.axes);
  EXPECT_EQ(again.recipe, view.recipe);
  ASSERT_TRUE(again.points);
  EXPECT_TRUE(std::isnan((*again.points)(1, 0)));
  EXPECT_EQ(again.points->row(2), points.row(2));
  view.points.reset();
  EXPECT_FALSE(readAgain(view).at(0).points);
}

TEST(SavedView, ReadsBookmarksOfTheEmbeddingProjector) {
  const QByteArray json = R"([
    {"label":"Politics","selectedProjection":"custom","selectedPoints":[2],
     "customXLeftText":"^bad$","customXLeftRegex":true,"customXRightText":"good",
     "customXRightRegex":false,"customYUpText":"","customYUpRegex":false,"projections":[]},
    {"label":"far","selectedProjection":"pca","pcaComponentDimensions":[2,9,1]},
    {"label":"map","selectedProjection":"umap","projections":[
      {"umap-0":1,"umap-1":2},{"umap-0":3,"umap-1":4},{"umap-0":5,"umap-1":6}]}])";
  const std::vector<SavedView> views = viewsFromJson(json, kRows, kDimension);
  ASSERT_EQ(views.size(), 3U);
  EXPECT_EQ(views[0].name, "Politics");
  EXPECT_EQ(views[0].axes.kind, Axes::Kind::Labels);
  EXPECT_EQ(views[0].axes.labels[0], (LabelAxis{QStringLiteral("bad"), QStringLiteral("good")}));
  EXPECT_THAT(views[0].selection, ElementsAre(2));
  EXPECT_EQ(views[1].axes.kind, Axes::Kind::Components);
  EXPECT_EQ(views[1].axes.x, 2);
  EXPECT_EQ(views[1].axes.y, kDimension - 1) << "no such component";
  ASSERT_TRUE(views[2].points);
  EXPECT_EQ((*views[2].points)(2, 1), 6);
  EXPECT_EQ(views[2].axes.kind, Axes::Kind::Umap);
}

TEST(SavedView, SaysWhatIsWrongWithAFile) {
  EXPECT_THAT(complaint("{"), HasSubstr("JSON"));
  EXPECT_THAT(complaint("{}"), HasSubstr("neither"));
  EXPECT_THAT(complaint("[1]"), HasSubstr("bookmarks"));
  EXPECT_THAT(complaint(viewsJson({}, kRows + 1)), HasSubstr("4 rows; this one has 3"));
  const auto views = [](const char* view) {
    return QByteArray(R"({"format":"embedscope views","rows":3,"views":[)") + view + "]}";
  };
  EXPECT_THAT(complaint(views(R"({"axes":{"kind":"psychic"}})")), HasSubstr("psychic"));
  EXPECT_THAT(complaint(views(R"({"axes":{"kind":"umap"},"selection":[3]})")), HasSubstr("rows"));
  EXPECT_THAT(complaint(views(R"({"axes":{"kind":"umap"},"row":3})")), HasSubstr("rows"));
  EXPECT_THAT(
      complaint(views(R"({"axes":{"kind":"umap"},"points":{"columns":2,"float32":"AAAA"}})")),
      HasSubstr("damaged"));
}

}  // namespace
}  // namespace embedscope::explore
