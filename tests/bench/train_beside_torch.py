#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains Embedscope and PyTorch on the same splits with the same recipes, and compares.

    train_beside_torch.py --cli build/release/app/cli/embedscope-cli --tables DIR [--only NAME]
    train_beside_torch.py --cli … --tables DIR --speed 7

DIR holds diamonds.csv, titanic.csv, taxis.csv and adult-train.csv; the table of ratings is generated
by the program itself. For every seed Embedscope trains first and writes its split; PyTorch then
trains on that split. Initial numbers and the order of rows are each program's own. Printed are the
validation metrics after the last epoch, mean ± standard error over the seeds, and the paired
difference. Ends with 1 unless every difference of means is within one standard error (that of the
difference, √(SE² + SE²)). With --speed N only diamonds are trained, N times each in turns, on one
thread, and seconds of training per epoch are compared: on the clock, and of the processor, which other
work on the machine disturbs less. Embedscope's processor time is that of the whole program, with reading,
validation and writing, divided by the epochs; PyTorch's is of its training loop alone.

Needs python3-torch.
"""
import argparse
import csv
import json
import math
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # read when torch is loaded
    os.environ[variable] = "1"

import torch
from torch import nn

MISSING = {"", "?", "NA", "N/A", "nan", "NaN", "NULL", "null", "None"}

# Arguments of `train` beside data, target and seed. What is not said here is read from run.json.
EXPERIMENTS = {
    "diamonds": dict(target="log price", arguments=[
        "--categorical", "cut,color,clarity", "--numeric", "carat,depth,table,x,y,z", "--dim", "4",
        "--hidden", "64,64", "--epochs", "10"]),
    "titanic": dict(target="alive", arguments=[
        "--categorical", "sex,class,embarked,deck,alone", "--numeric", "age,fare,sibsp,parch",
        "--hidden", "16", "--batch", "32", "--epochs", "30"]),
    "taxis": dict(target="fare", arguments=[
        "--categorical", "payment,color,pickup_zone,dropoff_zone", "--numeric",
        "distance,passengers", "--dim", "2,pickup_zone=8,dropoff_zone=8", "--initialization",
        "uniform", "--loss", "huber", "--batch", "64", "--epochs", "20"]),
    "adult-train": dict(target="15", arguments=[
        "--loss", "binary-cross-entropy", "--dropout", "0.1", "--epochs", "10"]),
    "ratings": dict(target="rating", arguments=[
        "--categorical", "user,item", "--dim", "8", "--initialization", "truncated-normal",
        "--optimizer", "adamw", "--weight-decay", "0.01", "--hidden", "64,32", "--epochs", "10"]),
}


def prepare(name, options, folder):
    """The file to train on, with the columns that the experiment needs."""
    if name == "ratings":
        path = folder / "ratings.csv"
        subprocess.run([options.cli, "generate", "ratings", "-o", path], check=True,
                       stdout=subprocess.DEVNULL)
        return path
    source = options.tables / f"{name}.csv"
    if name != "diamonds":
        return source
    path = folder / "diamonds.csv"
    with open(source, newline="") as rows, open(path, "w", newline="") as out:
        writer = csv.writer(out)
        for number, row in enumerate(csv.reader(rows)):
            price = row[6]
            writer.writerow(row + ["log price" if number == 0 else math.log(float(price))])
    return path


def read_rows(path):
    """Columns by name, as text; a file without a header has columns "1", "2", …"""
    with open(path, newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file, skipinitialspace=True)
                if row]
    has_header = not any(cell.replace(".", "").isdigit() for cell in rows[0])
    header = rows.pop(0) if has_header else [str(i + 1) for i in range(len(rows[0]))]
    return {name: [row[i] for row in rows] for i, name in enumerate(header)}


def encode(texts):
    places = {}
    return [places.setdefault("(missing)" if text in MISSING else text, len(places))
            for text in texts], len(places)


class Data:
    """What Embedscope trained on, as tensors; `run` and the split are what it wrote."""

    def __init__(self, path, folder, run):
        recipe = run["recipe"]
        columns = read_rows(path)
        with open(folder / "split.csv", newline="") as file:
            split = list(csv.DictReader(file))
        rows = [int(line["row"]) - 1 for line in split]
        judges = torch.tensor([line["part"] == "validation" for line in split])
        self.training, self.validation = (~judges).nonzero()[:, 0], judges.nonzero()[:, 0]
        assert len(self.training) == recipe["trainRows"]

        def texts(name):
            return [columns[name][row] for row in rows]

        def standardized(name):
            values = torch.tensor([float(text) for text in texts(name)], dtype=torch.float64)
            train = values[self.training]
            deviation = train.std(unbiased=False)
            return ((values - train.mean()) / deviation).float(), deviation.item()

        coded = [encode(texts(feature["name"])) for feature in recipe["features"]]
        for (_, count), feature in zip(coded, recipe["features"]):
            assert count == feature["categories"], feature
        self.codes = [torch.tensor(codes) for codes, _ in coded]
        numbers = [standardized(name)[0] for name in recipe["numeric"]]
        self.numeric = torch.stack(numbers, 1) if numbers else torch.zeros(len(rows), 0)
        self.deviation = 1.0
        if recipe["task"] == "regression":
            self.target, self.deviation = standardized(recipe["target"])
            self.classes = 1
        else:
            codes, self.classes = encode(texts(recipe["target"]))
            self.target = torch.tensor(codes)


def start(weight, feature):
    dimension = feature["dimension"]
    kind = feature["initialization"]
    if kind == "uniform":
        nn.init.uniform_(weight, -0.5 / dimension, 0.5 / dimension)
    elif kind == "truncated-normal":
        nn.init.trunc_normal_(weight, std=0.01, a=-0.02, b=0.02)
    else:
        assert kind == "normal", kind  # that of nn.Embedding


class Model(nn.Module):
    def __init__(self, data, recipe):
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(feature["categories"], feature["dimension"])
                                    for feature in recipe["features"])
        for table, feature in zip(self.tables, recipe["features"]):
            assert feature["approach"] == "random"
            start(table.weight.data, feature)
        width = data.numeric.shape[1] + sum(f["dimension"] for f in recipe["features"])
        layers = []
        for hidden in recipe["hidden"]:
            layers += [nn.Linear(width, hidden), nn.ReLU()]
            if recipe["dropout"] > 0:
                layers.append(nn.Dropout(recipe["dropout"]))
            width = hidden
        outputs = data.classes if recipe["loss"] == "cross-entropy" else 1
        self.head = nn.Sequential(*layers, nn.Linear(width, outputs))

    def forward(self, data, rows):
        parts = [table(codes[rows]) for table, codes in zip(self.tables, data.codes)]
        return self.head(torch.cat(parts + [data.numeric[rows]], 1))


def loss_of(recipe):
    name = recipe["loss"]
    if name == "cross-entropy":
        return nn.functional.cross_entropy
    one_output = {"squared-error": nn.MSELoss(),
                  "huber": nn.HuberLoss(delta=recipe["huberDelta"] or 1.0),
                  "binary-cross-entropy": nn.BCEWithLogitsLoss()}[name]
    return lambda outputs, target: one_output(outputs[:, 0], target.float())


def optimizer_of(recipe, parameters):
    rate, decay = recipe["learningRate"], recipe["weightDecay"]
    kinds = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "adagrad": torch.optim.Adagrad}
    assert recipe["schedule"] == "constant" and recipe["clip"] is None
    return kinds[recipe["optimizer"]](parameters, lr=rate, weight_decay=decay)


@torch.no_grad()
def metric_of(model, data, recipe):
    model.eval()
    outputs, target = model(data, data.validation), data.target[data.validation]
    model.train()
    if recipe["task"] == "regression":
        return ((outputs[:, 0] - target) ** 2).mean().sqrt().item() * data.deviation
    guess = outputs.argmax(1) if outputs.shape[1] > 1 else (outputs[:, 0] > 0).long()
    return (guess == target).double().mean().item()


def train_torch(data, recipe, seed):
    """The metric after the last epoch; of the epochs' training the median seconds on the clock and
    the mean seconds of the processor."""
    torch.manual_seed(seed)
    model, loss = Model(data, recipe), loss_of(recipe)
    optimizer = optimizer_of(recipe, model.parameters())
    seconds = []
    processor = time.process_time()
    for _ in range(recipe["epochs"]):
        begin = time.perf_counter()
        order = data.training[torch.randperm(len(data.training))]
        for rows in order.split(recipe["batch"]):
            optimizer.zero_grad()
            loss(model(data, rows), data.target[rows]).backward()
            optimizer.step()
        seconds.append(time.perf_counter() - begin)
    processor = (time.process_time() - processor) / recipe["epochs"]
    return metric_of(model, data, recipe), statistics.median(seconds), processor


def processor_time_of_programs():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def train_embedscope(options, path, experiment, seed, folder):
    processor = processor_time_of_programs()
    subprocess.run([options.cli, "--threads", "1", "--quiet", "train", path, "--target",
                    experiment["target"], "--seed", str(seed), "--write-split", "-o", folder,
                    *experiment["arguments"]], check=True, stdout=subprocess.DEVNULL)
    run = json.loads((folder / "run.json").read_text())
    seconds = statistics.median(epoch["seconds"] for epoch in run["epochs"])
    processor = (processor_time_of_programs() - processor) / len(run["epochs"])
    return run, run["epochs"][-1]["validationMetric"], seconds, processor


def mean_and_error(values):
    error = statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else math.nan
    return statistics.mean(values), error


def compare(name, options, folder):
    path = prepare(name, options, folder)
    ours, theirs = [], []
    for seed in range(1, options.seeds + 1):
        output = folder / f"{name}-{seed}"
        run, metric, _, _ = train_embedscope(options, path, EXPERIMENTS[name], seed, output)
        ours.append(metric)
        theirs.append(train_torch(Data(path, output, run), run["recipe"], seed)[0])
    mean, error = mean_and_error(ours)
    torch_mean, torch_error = mean_and_error(theirs)
    paired, paired_error = mean_and_error([a - b for a, b in zip(ours, theirs)])
    allowed = math.hypot(error, torch_error)
    agrees = abs(mean - torch_mean) <= allowed
    print(f"| {name} | {run['metricName']} | {mean:.4f} ± {error:.4f} | {torch_mean:.4f} ± "
          f"{torch_error:.4f} | {paired:+.4f} ± {paired_error:.4f} | {allowed:.4f} | "
          f"{'yes' if agrees else 'NO'} |", flush=True)
    return agrees


def print_round(name, numbers):
    texts = [f"{number:.2f}" if column in (2, 5) else f"{number:.4f}"
             for column, number in enumerate(numbers)]
    print(f"| {name} | " + " | ".join(texts) + " |", flush=True)


def race(options, folder):
    path = prepare("diamonds", options, folder)
    print("| round | Embedscope s | PyTorch s | ratio | processor: Embedscope s | PyTorch s | ratio | "
          "rmse: Embedscope | PyTorch |")
    print("|---|---|---|---|---|---|---|---|---|")
    rounds = []
    for seed in range(1, options.speed + 1):
        output = folder / f"speed-{seed}"
        run, metric, *ours = train_embedscope(options, path, EXPERIMENTS["diamonds"], seed, output)
        torch_metric, *theirs = train_torch(Data(path, output, run), run["recipe"], seed)
        rounds.append([ours[0], theirs[0], theirs[0] / ours[0], ours[1], theirs[1],
                       theirs[1] / ours[1], metric, torch_metric])
        print_round(seed, rounds[-1])
    print_round("median", [statistics.median(column) for column in zip(*rounds)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--cli", type=pathlib.Path, required=True, help="embedscope-cli to run")
    parser.add_argument("--tables", type=pathlib.Path, required=True, help="folder of CSV files")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", choices=EXPERIMENTS, help="one experiment instead of all")
    parser.add_argument("--speed", type=int, metavar="N", help="compare speed in N rounds instead")
    options = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if options.speed:
            race(options, folder)
            return
        print("| data | metric | Embedscope | PyTorch | paired difference | allowed | agrees |")
        print("|---|---|---|---|---|---|---|")
        names = [options.only] if options.only else list(EXPERIMENTS)
        if not all([compare(name, options, folder) for name in names]):
            sys.exit(1)


if __name__ == "__main__":
    main()
