"""Writes 64 principal components of Fashion-MNIST as float32: python3 pca.py FASHION-MNIST FOLDER"""
import gzip, pathlib, sys
import numpy
from sklearn.decomposition import PCA


def idx(name, header):
    return numpy.frombuffer(gzip.decompress((pathlib.Path(sys.argv[1]) / name).read_bytes()), "uint8", offset=header)


folder = pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
images = idx("train-images-idx3-ubyte.gz", 16).reshape(-1, 784) / 255
labels = idx("train-labels-idx1-ubyte.gz", 8)
numpy.save(folder / "train.npy", PCA(64, random_state=0).fit_transform(images).astype("float32"))
numpy.save(folder / "train-labels.npy", labels)
