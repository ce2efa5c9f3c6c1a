"""Weft's three default tasks and the batch study in scikit-learn and PyTorch, on one thread and without Kafka.

usage: tasks.py FOLDER [one|ten|study]...

FOLDER holds the four files of Fashion-MNIST. *one* and *ten* are so many passes of mini-batch k-means on the pixels, of
the autoencoder (Adam, batch 64), of mini-batch k-means and a mixture on its codes, and every image assigned at the end.
*study* is what Weft grew out of: Lloyd with ten starts on the pixels, the autoencoder for 50 epochs of Adadelta (batch
256), Lloyd with ten starts and a mixture on the codes. Prints the seconds of CPU and of wall time.
"""

import gzip
import os
import pathlib
import sys
import time
import warnings

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import numpy
import torch
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
torch.set_num_threads(1)

BATCH = 1024


def images(folder, part):
    path = next(pathlib.Path(folder).glob(f"{part}-images*"))
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return numpy.frombuffer(content, numpy.uint8, offset=16).reshape(-1, 784).astype(numpy.float32) / 255


class Autoencoder:
    def __init__(self, optimiser):
        self.encoder = torch.nn.Sequential(torch.nn.Linear(784, 32), torch.nn.ReLU())
        self.net = torch.nn.Sequential(self.encoder, torch.nn.Linear(32, 784))
        self.optimiser = optimiser(self.net.parameters())
        self.loss = torch.nn.BCEWithLogitsLoss()

    def epoch(self, rows, batch):
        order = torch.randperm(len(rows))
        for i in range(0, len(rows), batch):
            x = rows[order[i : i + batch]]
            self.optimiser.zero_grad()
            self.loss(self.net(x), x).backward()
            self.optimiser.step()

    def codes(self, rows):
        with torch.no_grad():
            return self.encoder(rows).numpy()


def passes(train, test, epochs):
    rows = torch.from_numpy(train)
    pixels = MiniBatchKMeans(10, batch_size=BATCH, n_init=1, random_state=1)
    on_codes = MiniBatchKMeans(10, batch_size=BATCH, n_init=1, random_state=1)
    autoencoder = Autoencoder(lambda parameters: torch.optim.Adam(parameters, lr=2e-3))
    for _ in range(epochs):
        for i in range(0, len(train), BATCH):
            pixels.partial_fit(train[i : i + BATCH])
        autoencoder.epoch(rows, 64)
        codes = autoencoder.codes(rows)
        for i in range(0, len(train), BATCH):
            on_codes.partial_fit(codes[i : i + BATCH])
        # As many rounds of EM as passes, after a start on 10,000 codes: there is no partial_fit.
    mixture = GaussianMixture(10, max_iter=epochs, reg_covar=1e-3, random_state=1).fit(codes[:10_000])
    mixture.warm_start = True
    mixture.fit(codes)
    for split in (train, test):
        pixels.predict(split)
        codes = autoencoder.codes(torch.from_numpy(split))
        on_codes.predict(codes)
        mixture.predict(codes)


def study(train):
    rows = torch.from_numpy(train)
    KMeans(10, n_init=10, random_state=1).fit(train)
    autoencoder = Autoencoder(lambda parameters: torch.optim.Adadelta(parameters, lr=1.0))
    for _ in range(50):
        autoencoder.epoch(rows, 256)
    codes = autoencoder.codes(rows)
    KMeans(10, n_init=10, random_state=1).fit(codes)
    GaussianMixture(10, reg_covar=1e-3, random_state=1).fit(codes)


def main():
    folder, *tasks = sys.argv[1:]
    train, test = images(folder, "train"), images(folder, "t10k")
    torch.manual_seed(1)
    work = {
        "one": lambda: passes(train, test, 1),
        "ten": lambda: passes(train, test, 10),
        "study": lambda: study(train),
    }
    for task in tasks or work:
        wall, cpu = time.perf_counter(), time.process_time()
        work[task]()
        print(
            f"{task}: {time.process_time() - cpu:.1f} s of CPU, {time.perf_counter() - wall:.1f} s of wall time",
            flush=True,
        )


main()
