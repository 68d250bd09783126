// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/model.h"

#include "core/training/relu.h"

#include <algorithm>
#include <span>

namespace embedscope::training {

namespace {

template <typename Scalar>
std::span<const std::int32_t> codesOf(const Batch<Scalar>& batch, std::size_t feature) {
  return std::span(batch.codes[feature]).first(static_cast<std::size_t>(batch.size));
}

}  // namespace

template <typename Scalar>
Model<Scalar>::Model(const ModelShape& shape) : m_shape(shape) {
  const Eigen::Index firstWidth = shape.hidden.empty() ? shape.outputs : shape.hidden.front();
  m_features.resize(shape.features.size());
  for (std::size_t f = 0; f < shape.features.size(); ++f) {
    const ModelShape::Feature& feature = shape.features[f];
    if (feature.oneHot) {
      m_features[f].oneHot.emplace(feature.name, feature.categories, firstWidth,
                                   feature.denseOneHot ? OneHotLayer<Scalar>::Path::DenseProduct
                                                       : OneHotLayer<Scalar>::Path::PickRows);
    } else {
      m_features[f].embedding.emplace(feature.name, feature.categories, feature.dimension,
                                      !feature.frozen, feature.lookup);
      m_features[f].column = m_embeddingColumns;
      m_embeddingColumns += feature.dimension;
      m_learnsEmbeddings = m_learnsEmbeddings || !feature.frozen;
    }
  }
  Eigen::Index inputs = m_embeddingColumns + shape.numericColumns;
  for (std::size_t layer = 0; layer < shape.hidden.size(); ++layer) {
    m_linear.emplace_back("hidden" + std::to_string(layer), inputs, shape.hidden[layer]);
    inputs = shape.hidden[layer];
  }
  m_linear.emplace_back("output", inputs, shape.outputs);
}

template <typename Scalar>
Eigen::Index Model<Scalar>::inputWidth() const {
  Eigen::Index width = m_linear.front().inputs();
  for (const Feature& feature : m_features) {
    width += feature.oneHot ? feature.oneHot->categories() : 0;
  }
  return width;
}

template <typename Scalar>
Activations<Scalar> Model<Scalar>::makeActivations(Eigen::Index capacity, Use use) const {
  Activations<Scalar> activations;
  activations.input.setZero(capacity, m_linear.front().inputs());
  activations.inputGradient.setZero(capacity, m_learnsEmbeddings ? m_embeddingColumns : 0);
  for (const LinearLayer<Scalar>& layer : m_linear) {
    activations.outputs.push_back(Matrix<Scalar>::Zero(capacity, layer.outputs()));
    activations.gradients.push_back(Matrix<Scalar>::Zero(capacity, layer.outputs()));
  }
  activations.oneHots.resize(m_features.size());
  for (std::size_t f = 0; f < m_features.size(); ++f) {
    const auto& oneHot = m_features[f].oneHot;
    if (use == Use::Training && oneHot &&
        oneHot->path() == OneHotLayer<Scalar>::Path::DenseProduct) {
      activations.oneHots[f].setZero(capacity, oneHot->categories());
    }
  }
  return activations;
}

template <typename Scalar>
bool Model<Scalar>::hasMaxNorm() const {
  return std::ranges::any_of(m_features, [](const Feature& feature) {
    return feature.embedding && feature.embedding->options().maxNorm;
  });
}

template <typename Scalar>
void Model<Scalar>::applyMaxNorm(const Batch<Scalar>& batch) {
  for (std::size_t f = 0; f < m_features.size(); ++f) {
    if (auto& embedding = m_features[f].embedding) {
      embedding->applyMaxNorm(codesOf(batch, f));
    }
  }
}

template <typename Scalar>
void Model<Scalar>::addOneHots(const Batch<Scalar>& batch, Activations<Scalar>& activations) const {
  auto output = activations.outputs.front().topRows(batch.size);
  for (std::size_t f = 0; f < m_features.size(); ++f) {
    const auto& oneHot = m_features[f].oneHot;
    if (!oneHot) {
      continue;
    }
    if (activations.oneHots[f].size() == 0) {
      oneHot->addForward(codesOf(batch, f), output);
      continue;
    }
    auto matrix = activations.oneHots[f].topRows(batch.size);
    oneHot->encode(codesOf(batch, f), matrix);
    oneHot->addForwardDense(matrix, output);
  }
}

template <typename Scalar>
void Model<Scalar>::gatherInput(const Batch<Scalar>& batch,
                                Activations<Scalar>& activations) const {
  auto input = activations.input.topRows(batch.size);
  for (std::size_t f = 0; f < m_features.size(); ++f) {
    if (const auto& embedding = m_features[f].embedding) {
      embedding->forward(codesOf(batch, f),
                         input.middleCols(m_features[f].column, embedding->dimension()));
    }
  }
  input.rightCols(m_shape.numericColumns) = batch.numeric.topRows(batch.size);
}

template <typename Scalar>
void Model<Scalar>::forward(const Batch<Scalar>& batch, Activations<Scalar>& activations) const {
  forwardLayers(batch, activations, {});
}

template <typename Scalar>
void Model<Scalar>::forwardTraining(const Batch<Scalar>& batch, Activations<Scalar>& activations,
                                    const Dropout& dropout) const {
  forwardLayers(batch, activations, dropout);
}

template <typename Scalar>
void Model<Scalar>::forwardLayers(const Batch<Scalar>& batch, Activations<Scalar>& activations,
                                  const Dropout& dropout) const {
  gatherInput(batch, activations);
  activations.hiddenScale = static_cast<Scalar>(dropout.scale());
  for (std::size_t layer = 0; layer < m_linear.size(); ++layer) {
    auto output = activations.outputs[layer].topRows(batch.size);
    m_linear[layer].startForward(output);
    if (layer == 0) {
      addOneHots(batch, activations);
      m_linear[layer].addForward(activations.input.topRows(batch.size), output);
    } else {
      m_linear[layer].addForward(activations.outputs[layer - 1].topRows(batch.size), output);
    }
    if (layer + 1 < m_linear.size()) {
      applyRelu<Scalar>(output);
      if (dropout.share > 0) {
        applyDropout<Scalar>(dropout, layer, output);
      }
    }
  }
}

template <typename Scalar>
double Model<Scalar>::loss(const Batch<Scalar>& batch, Activations<Scalar>& activations) const {
  const auto outputs = activations.outputs.back().topRows(batch.size);
  auto gradient = activations.gradients.back().topRows(batch.size);
  const auto size = static_cast<std::size_t>(batch.size);
  const auto values = [&] { return std::span(batch.values).first(size); };
  const auto classes = [&] { return std::span(batch.classes).first(size); };
  switch (m_shape.loss) {
    case LossKind::SquaredError:
      return squaredError<Scalar>(outputs, values(), gradient);
    case LossKind::Huber:
      return huber<Scalar>(outputs, values(), m_shape.huberDelta, gradient);
    case LossKind::BinaryCrossEntropy:
      return binaryCrossEntropy<Scalar>(outputs, classes(), gradient);
    case LossKind::CrossEntropy:
      break;
  }
  return crossEntropy<Scalar>(outputs, classes(), gradient);
}

template <typename Scalar>
void Model<Scalar>::backward(const Batch<Scalar>& batch, Activations<Scalar>& activations) {
  for (std::size_t layer = m_linear.size() - 1; layer > 0; --layer) {
    const auto input = activations.outputs[layer - 1].topRows(batch.size);
    const auto gradient = activations.gradients[layer].topRows(batch.size);
    auto inputGradient = activations.gradients[layer - 1].topRows(batch.size);
    m_linear[layer].backward(input, gradient);
    m_linear[layer].inputGradient(gradient, inputGradient);
    maskReluGradient<Scalar>(input, inputGradient);
    if (activations.hiddenScale != 1) {  // in a pass of its own: one loop for both has branches
      inputGradient *= activations.hiddenScale;
    }
  }
  backwardFirst(batch, activations);
}

template <typename Scalar>
void Model<Scalar>::backwardFirst(const Batch<Scalar>& batch, Activations<Scalar>& activations) {
  const auto gradient = activations.gradients.front().topRows(batch.size);
  m_linear.front().backward(activations.input.topRows(batch.size), gradient);
  auto inputGradient = activations.inputGradient.topRows(batch.size);
  if (m_learnsEmbeddings) {
    m_linear.front().inputGradient(gradient, inputGradient);
  }
  for (std::size_t f = 0; f < m_features.size(); ++f) {
    Feature& feature = m_features[f];
    if (feature.oneHot && feature.oneHot->path() == OneHotLayer<Scalar>::Path::DenseProduct) {
      feature.oneHot->backwardDense(activations.oneHots[f].topRows(batch.size), gradient);
    } else if (feature.oneHot) {
      feature.oneHot->backward(codesOf(batch, f), gradient);
    } else if (feature.embedding->isTrainable()) {
      feature.embedding->backward(
          codesOf(batch, f),
          inputGradient.middleCols(feature.column, feature.embedding->dimension()));
    }
  }
}

template <typename Scalar>
std::vector<Parameter<Scalar>*> Model<Scalar>::trainableParameters() {
  std::vector<Parameter<Scalar>*> parameters;
  const auto add = [&](Parameter<Scalar>& parameter) {
    if (parameter.isTrainable()) {
      parameters.push_back(&parameter);
    }
  };
  for (Feature& feature : m_features) {
    add(feature.oneHot ? feature.oneHot->weights() : feature.embedding->table());
  }
  for (LinearLayer<Scalar>& layer : m_linear) {
    add(layer.weights());
    add(layer.bias());
  }
  return parameters;
}

template <typename Scalar>
std::vector<const Parameter<Scalar>*> Model<Scalar>::allParameters() const {
  std::vector<const Parameter<Scalar>*> parameters;
  for (const Feature& feature : m_features) {
    parameters.push_back(feature.oneHot ? &feature.oneHot->weights() : &feature.embedding->table());
  }
  for (const LinearLayer<Scalar>& layer : m_linear) {
    parameters.push_back(&layer.weights());
    parameters.push_back(&layer.bias());
  }
  return parameters;
}

template <typename Scalar>
Eigen::Index Model<Scalar>::parameterCount() const {
  Eigen::Index count = 0;
  for (const Parameter<Scalar>* parameter : allParameters()) {
    count += parameter->isTrainable() ? parameter->value().size() : 0;
  }
  return count;
}

template <typename Scalar>
bool Model<Scalar>::isFinite() const {
  for (const Parameter<Scalar>* parameter : allParameters()) {
    if (!parameter->value().allFinite()) {
      return false;
    }
  }
  return true;
}

template <typename Scalar>
std::optional<EmbeddingLayer<Scalar>>& Model<Scalar>::embedding(std::size_t feature) {
  return m_features.at(feature).embedding;
}

template <typename Scalar>
const std::optional<EmbeddingLayer<Scalar>>& Model<Scalar>::embedding(std::size_t feature) const {
  return m_features.at(feature).embedding;
}

template <typename Scalar>
std::optional<OneHotLayer<Scalar>>& Model<Scalar>::oneHot(std::size_t feature) {
  return m_features.at(feature).oneHot;
}

template <typename Scalar>
const std::optional<OneHotLayer<Scalar>>& Model<Scalar>::oneHot(std::size_t feature) const {
  return m_features.at(feature).oneHot;
}

template class Model<float>;
template class Model<double>;

}  // namespace embedscope::training
