"""Times scikit-learn and PyTorch on one thread; prints `piece<TAB>peer<TAB>nanoseconds of CPU an image`.

usage: peers.py FOLDER, which holds images.f32 (n x 784) and codes.f32 (n x 32)
"""

import statistics
import sys
import time
import warnings

import numpy

WARM_UP = 5
BLOCKS = 15

warnings.filterwarnings("ignore")


def measure(piece, peer, images, block):
    """The median over blocks of the CPU time of this thread."""
    for _ in range(WARM_UP):
        block()
    times = []
    for _ in range(BLOCKS):
        start = time.thread_time_ns()
        block()
        times.append((time.thread_time_ns() - start) / images)
    print(f"{piece}\t{peer}\t{statistics.median(times):.1f}", flush=True)


def scikit_learn(images, codes):
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.mixture import GaussianMixture

    for k in (10, 256):
        kmeans = MiniBatchKMeans(k, batch_size=1024, n_init=1, random_state=0).fit(images[:2048])
        for batch in (64, 1024):
            rows = images[:batch]
            measure(f"k-means step, K={k}, batch {batch}", "scikit-learn", batch, lambda: kmeans.partial_fit(rows))
        rows = images[:1024]
        measure(f"k-means assign, K={k}, 1024 images", "scikit-learn", 1024, lambda: kmeans.predict(rows))
        one = images[:1]
        measure(f"k-means assign, K={k}, one image", "scikit-learn", 1, lambda: kmeans.predict(one))
    mixture = GaussianMixture(10, max_iter=1, random_state=0).fit(codes)

    def em():
        _, responsibilities = mixture._e_step(codes)
        mixture._m_step(codes, responsibilities)

    measure("mixture step, K=10, 32 values", "scikit-learn", len(codes), em)
    measure("mixture assign, K=10, 32 values", "scikit-learn", len(codes), lambda: mixture.predict(codes))


def pytorch(images):
    import torch

    torch.set_num_threads(1)
    rows = torch.from_numpy(images)
    encoder = torch.nn.Sequential(torch.nn.Linear(784, 32), torch.nn.ReLU())
    net = torch.nn.Sequential(encoder, torch.nn.Linear(32, 784))
    adam = torch.optim.Adam(net.parameters(), lr=2e-3)
    loss = torch.nn.BCEWithLogitsLoss()
    for batch in (64, 256):
        x = rows[:batch]

        def step():
            for _ in range(10):
                adam.zero_grad()
                loss(net(x), x).backward()
                adam.step()

        measure(f"autoencoder step 784-32, batch {batch}", "PyTorch", 10 * batch, step)
    with torch.no_grad():
        measure("encode, 1024 images", "PyTorch", 1024, lambda: encoder(rows[:1024]))
        measure("encode, one image", "PyTorch", 1, lambda: encoder(rows[:1]))


def main():
    folder = sys.argv[1]
    images = numpy.fromfile(folder + "/images.f32", dtype="<f4").reshape(-1, 784)
    codes = numpy.fromfile(folder + "/codes.f32", dtype="<f4").reshape(-1, 32).astype(numpy.float64)
    try:
        scikit_learn(images, codes)
    except ImportError as missing:
        print(f"left out: scikit-learn ({missing})", file=sys.stderr)
    try:
        pytorch(images)
    except ImportError as missing:
        print(f"left out: PyTorch ({missing})", file=sys.stderr)


main()
