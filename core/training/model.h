// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/batch.h"
#include "core/training/dropout.h"
#include "core/training/embedding_layer.h"
#include "core/training/linear_layer.h"
#include "core/training/loss.h"
#include "core/training/one_hot_layer.h"

#include <optional>
#include <string>
#include <vector>

namespace embedscope::training {

/// The sizes of a model.
struct ModelShape {
  struct Feature {
    std::string name;
    Eigen::Index categories = 1;
    Eigen::Index dimension = 1;  ///< not used for one-hot
    bool oneHot = false;
    bool frozen = false;
    LookupOptions lookup = {};  ///< not used for one-hot
    bool denseOneHot = false;   ///< one-hot only: as a product with the b × n matrix
  };

  std::vector<Feature> features;
  Eigen::Index numericColumns = 0;
  std::vector<Eigen::Index> hidden;
  Eigen::Index outputs = 1;
  LossKind loss = LossKind::SquaredError;
  double huberDelta = 1;  ///< Huber only: where it becomes linear
};

/// What one batch leaves behind on its way through a model, and what the way back needs. Each
/// thread that uses a model brings its own.
template <typename Scalar>
struct Activations {
  Matrix<Scalar> input;                   ///< capacity × dense inputs
  Matrix<Scalar> inputGradient;           ///< capacity × embedding columns
  std::vector<Matrix<Scalar>> outputs;    ///< of each linear layer, after ReLU where it has one
  std::vector<Matrix<Scalar>> gradients;  ///< at the same places
  Scalar hiddenScale = 1;                 ///< of the dropout that the last forward pass applied
  /// Of each feature: capacity × n for a dense one-hot, empty for others and for judging.
  std::vector<Matrix<Scalar>> oneHots;
};

/// Embeddings → concatenation with numeric columns → hidden ReLU layers → output.
///
/// The dense input is every embedding in the order of the features, then the numeric columns;
/// one-hot features add to the first linear layer directly.
template <typename Scalar>
class Model {
 public:
  /// All parameters zero.
  explicit Model(const ModelShape& shape);

  const ModelShape& shape() const { return m_shape; }

  /// Numbers that enter the first linear layer, one-hot columns included.
  Eigen::Index inputWidth() const;

  enum class Use {
    Training,
    Judging,  ///< `forward` and `loss` only
  };

  /// Buffers for batches of up to `capacity` examples. For judging they have no one-hot matrices:
  /// `forward` then picks the rows of dense one-hots too, which gives the same outputs.
  Activations<Scalar> makeActivations(Eigen::Index capacity, Use use = Use::Training) const;

  /// Whether a table has a `maxNorm`, so that `applyMaxNorm` does something.
  bool hasMaxNorm() const;

  /// Shortens, in place, the rows that the batch looks up in tables with a `maxNorm`, as PyTorch's
  /// embeddings do at the start of their forward pass. Call it before `forward` for every batch,
  /// those that only judge included; `forward` itself changes nothing, so that threads can share
  /// it. Only `batch.codes` is read. Not while another thread uses the model.
  void applyMaxNorm(const Batch<Scalar>& batch);

  /// The b × outputs numbers before any softmax, in `activations.outputs.back()`. Concurrent calls
  /// with different activations are safe.
  void forward(const Batch<Scalar>& batch, Activations<Scalar>& activations) const;

  /// The same as a training step does it: with dropout after each hidden layer. `backward` then
  /// differentiates with the same units left out. Same bits as `forward` when the share is 0.
  void forwardTraining(const Batch<Scalar>& batch, Activations<Scalar>& activations,
                       const Dropout& dropout) const;

  /// The mean loss of the batch that `forward` has seen; leaves its gradient at the outputs.
  double loss(const Batch<Scalar>& batch, Activations<Scalar>& activations) const;

  /// Sets the gradient of every trainable parameter, after `forward` and `loss`.
  ///
  /// @param activations  made for Use::Training.
  void backward(const Batch<Scalar>& batch, Activations<Scalar>& activations);

  /// In a fixed order: tables and one-hot weights by feature, then the linear layers.
  std::vector<Parameter<Scalar>*> trainableParameters();

  Eigen::Index parameterCount() const;

  /// True when no parameter is NaN or infinite.
  bool isFinite() const;

  /// Feature `feature` as an embedding or as a one-hot; the other is empty.
  std::optional<EmbeddingLayer<Scalar>>& embedding(std::size_t feature);
  const std::optional<EmbeddingLayer<Scalar>>& embedding(std::size_t feature) const;
  std::optional<OneHotLayer<Scalar>>& oneHot(std::size_t feature);
  const std::optional<OneHotLayer<Scalar>>& oneHot(std::size_t feature) const;

  /// Hidden layers, then the output layer.
  std::vector<LinearLayer<Scalar>>& linearLayers() { return m_linear; }

  const std::vector<LinearLayer<Scalar>>& linearLayers() const { return m_linear; }

 private:
  struct Feature {
    std::optional<EmbeddingLayer<Scalar>> embedding;
    std::optional<OneHotLayer<Scalar>> oneHot;
    Eigen::Index column = 0;  ///< where the embedding begins in the dense input
  };

  void forwardLayers(const Batch<Scalar>& batch, Activations<Scalar>& activations,
                     const Dropout& dropout) const;
  void addOneHots(const Batch<Scalar>& batch, Activations<Scalar>& activations) const;
  void gatherInput(const Batch<Scalar>& batch, Activations<Scalar>& activations) const;
  void backwardFirst(const Batch<Scalar>& batch, Activations<Scalar>& activations);
  std::vector<const Parameter<Scalar>*> allParameters() const;

  ModelShape m_shape;
  std::vector<Feature> m_features;
  Eigen::Index m_embeddingColumns = 0;
  bool m_learnsEmbeddings = false;
  std::vector<LinearLayer<Scalar>> m_linear;
};

extern template class Model<float>;
extern template class Model<double>;

}  // namespace embedscope::training
