"""Writes the case files of BadDataTest: a folder for each case with `data`, `options` where there are any, and `expected`.

Python's standard library alone:  python3 bad_data.py FOLDER
In `expected`, DIR stands for the folder of the data; a line that begins with * gives the start alone.
"""
import gzip, pathlib, shutil, struct, sys, zlib

FOLDER = pathlib.Path(sys.argv[1])


def case(name, expected, files, options=""):
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    for path, content in files.items():
        target = folder / "data" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (folder / "expected").write_text(expected + "\n")
    if options:
        (folder / "options").write_text(options + "\n")


def idx(*sizes, content=None):
    count = 1
    for size in sizes:
        count *= size
    return struct.pack(">I", 0x800 | len(sizes)) + struct.pack(f">{len(sizes)}I", *sizes) + (bytes(count) if content is None else content)


def npy(descr, shape, content, fortran=False, version=1):
    text = f"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(text)) + text + content


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, colour=0):
    row = b"\0" + bytes(width * (3 if colour == 2 else 1))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b""))


zipped = gzip.compress(idx(2, 4, 4), mtime=0)
labels = idx(2)
IMAGES, LABELS = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
html = b"<!DOCTYPE html><title>404</title>"

case("layout-none", "DIR: no images of a known layout (train-images-idx3-ubyte[.gz], train/CLASS/*.png or train.npy); found: a.csv, b.txt, more/", {"a.csv": b"1,2\n", "b.txt": b"", "more/c": b"", ".hidden": b""})
case("layout-empty", "DIR: no images of a known layout (train-images-idx3-ubyte[.gz], train/CLASS/*.png or train.npy); found: nothing", {".keep": b""})
case("layout-many-names", "DIR: no images of a known layout (train-images-idx3-ubyte[.gz], train/CLASS/*.png or train.npy); found: 0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg and 2 more", {f"{i}.jpg": b"" for i in range(7)})
case("layout-two", "DIR: images of more than one layout: train-images-idx3-ubyte, train.npy; put each data set into a folder of its own", {IMAGES: idx(2, 4, 4), "train.npy": npy("|u1", (2, 3), bytes(6))})
case("shape-for-arrays", "DIR: its arrays have a shape; --shape is for folders of pictures", {IMAGES: idx(2, 4, 4)}, "shape=4x4")
case("test-share-beside-test", "DIR: has test images of its own, so that --test-share has no use", {IMAGES: idx(2, 4, 4), "t10k-images-idx3-ubyte": idx(2, 4, 4)}, "test-share=0.5")
case("test-share-leaves-nothing", "--test-share 0.99 leaves none of the 2 images to train on", {IMAGES: idx(2, 4, 4)}, "test-share=0.99")
case("classes-twice", "DIR/classes.txt: two classes have the name 'one'", {IMAGES: idx(2, 4, 4), "classes.txt": b"one\none\n"})
case("classes-empty", "DIR/classes.txt: has no names", {IMAGES: idx(2, 4, 4), "classes.txt": b"\n\n"})
case("classes-blank-line", "DIR/classes.txt: a class's name must have 1 to 64 printable characters, not ''", {IMAGES: idx(2, 4, 4), "classes.txt": b"one\n\ntwo\n"})
case("classes-no-text", "DIR/classes.txt: is not text in UTF-8", {IMAGES: idx(2, 4, 4), "classes.txt": b"\xff\xfeo\0n\0e\0"})
case("classes-too-few", "train-labels-idx1-ubyte: label '7' (item 1) is none of the 2 classes, neither by name nor by index", {IMAGES: idx(2, 4, 4), LABELS: idx(2, content=b"\1\7"), "classes.txt": b"no\nyes\n"})

case("idx-gzip-under-a-plain-name", f"{IMAGES}: is compressed by gzip: its name must end in .gz", {IMAGES: zipped, LABELS: labels})
case("idx-plain-under-a-gzip-name", f"{IMAGES}.gz: is not compressed by gzip, as its name says: it starts with 0x00000803", {IMAGES + ".gz": idx(2, 4, 4)})
case("idx-html-under-a-gzip-name", f"{IMAGES}.gz: is not compressed by gzip, as its name says: it starts with 0x3c21444f", {IMAGES + ".gz": html})
case("idx-html", f"{IMAGES}: not an IDX file of unsigned bytes: it starts with 0x3c21444f, not 0x00000803", {IMAGES: html})
case("idx-empty", f"{IMAGES}: cut short: 12 bytes expected, 0 found", {IMAGES: b""})
case("idx-empty-gzip-name", f"{IMAGES}.gz: is not compressed by gzip, as its name says: it has 0 bytes", {IMAGES + ".gz": b""})
case("idx-cut", f"{IMAGES}: cut short: 48 bytes expected, 47 found", {IMAGES: idx(2, 4, 4)[:-1]})
case("idx-cut-gzip", f"{IMAGES}.gz: cut short: its gzip data has no end", {IMAGES + ".gz": zipped[:-4]})
case("idx-too-long", f"{IMAGES}: trailing bytes after the 48 expected", {IMAGES: idx(2, 4, 4) + b"\0"})
case("idx-of-floats", f"{IMAGES}: not an IDX file of unsigned bytes: it starts with 0x00000d03, not 0x00000803", {IMAGES: b"\0\0\x0d\3" + idx(2, 4, 4)[4:]})
case("idx-images-of-labels", f"{IMAGES}: images have 2 to 4 dimensions, not 1", {IMAGES: labels})
case("idx-labels-of-images", f"{LABELS}: labels have 1 dimension, not 3", {IMAGES: idx(2, 4, 4), LABELS: idx(2, 4, 4)})
case("idx-too-large-images", f"{IMAGES}: an image has 1 to 16384 values, not 16512", {IMAGES: idx(1, 128, 129)})
case("idx-claims-gigabytes", f"*{IMAGES}: 2147483424 bytes are more than the ", {IMAGES: idx(2739137, 28, 28, content=b"")})
case("idx-no-images", f"{IMAGES}: must have 1 to 10000000 items, not 0", {IMAGES: idx(0, 4, 4)})
case("idx-labels-too-few", f"{LABELS}: 1 labels for the 2 images of {IMAGES}", {IMAGES: idx(2, 4, 4), LABELS: idx(1)})
case("idx-labels-too-many", f"{LABELS}: 3 labels for the 2 images of {IMAGES}", {IMAGES: idx(2, 4, 4), LABELS: idx(3)})
case("idx-labels-alone", "DIR: no train-images-idx3-ubyte.gz in this folder", {LABELS: labels})
case("idx-test-alone", "DIR: no train-images-idx3-ubyte.gz in this folder", {"t10k-images-idx3-ubyte": idx(2, 4, 4)})
case("idx-two-shapes", f"t10k-images-idx3-ubyte: images of 4x5, but {IMAGES} has images of 4x4", {IMAGES: idx(2, 4, 4), "t10k-images-idx3-ubyte": idx(2, 5, 4)})
case("idx-two-data-sets", "DIR/emnist-digits-train-images-idx3-ubyte and emnist-letters-train-images-idx3-ubyte: two files for one thing; put each data set into a folder of its own", {"emnist-digits-" + IMAGES: idx(2, 4, 4), "emnist-letters-" + IMAGES: idx(2, 4, 4)})

floats = struct.pack("<6f", 0, .5, 1, 0, 0, 0)
case("npy-html", "train.npy: not an NPY file: it starts with 0x3c21444f4354", {"train.npy": html})
case("npy-gzip", "train.npy: not an NPY file: it starts with 0x1f8b08000000", {"train.npy": gzip.compress(npy("|u1", (2, 3), bytes(6)), mtime=0)})
case("npy-empty", "train.npy: not an NPY file: it is empty", {"train.npy": b""})
case("npy-header-cut", "train.npy: cut short: its header has no end", {"train.npy": npy("|u1", (2, 3), bytes(6))[:30]})
case("npy-header-claims-gigabytes", "train.npy: not an NPY file: version 2 with a header of 4294967295 bytes", {"train.npy": b"\x93NUMPY\2\0\xff\xff\xff\xff"})
case("npy-version-9", "train.npy: not an NPY file: version 9 with a header of 1 bytes", {"train.npy": b"\x93NUMPY\x09\0\1\0\0\0"})
case("npy-cut", "*train.npy: cut short: ", {"train.npy": npy("<f4", (2, 3), floats[:-1])})
case("npy-too-long", "*train.npy: trailing bytes after the ", {"train.npy": npy("<f4", (2, 3), floats + b"\0")})
case("npy-nan", "train.npy: item 1 has the value NaN, which is no finite float32", {"train.npy": npy("<f4", (2, 3), floats[:12] + struct.pack("<3f", 0, float("nan"), 0))})
case("npy-beyond-float32", "train.npy: item 0 has the value 1.0E39, which is no finite float32", {"train.npy": npy("<f8", (1, 2), struct.pack("<2d", 1e39, 0))})
case("npy-fortran", "train.npy: is in Fortran order: save numpy.ascontiguousarray of it", {"train.npy": npy("<f4", (2, 3), floats, fortran=True)})
case("npy-int64", "train.npy: values must be uint8, float32 or float64, not i8", {"train.npy": npy("<i8", (1, 2), bytes(16))})
case("npy-objects", "train.npy: values must be uint8, float32 or float64, not O8", {"train.npy": npy("|O8", (1, 2), bytes(16))})
case("npy-structured", "*train.npy: its header names no plain type: {'descr': [('a', '<f4')]", {"train.npy": npy("X", (1,), bytes(4)).replace(b"'X'", b"[('a', '<f4')]").replace(struct.pack("<H", len("{'descr': 'X', 'fortran_order': False, 'shape': (1,), }\n")), struct.pack("<H", len("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }\n")), 1)})
case("npy-one-dimension", "train.npy: must have 2 dimensions (vectors) or 3 or 4 (images), not 1", {"train.npy": npy("<f4", "(6,)", floats)})
case("npy-two-channels", "train.npy: an image has 1 or 3 channels, not 2", {"train.npy": npy("|u1", (1, 2, 2, 2), bytes(8))})
case("npy-no-items", "train.npy: has no items: its shape is [0, 3]", {"train.npy": npy("<f4", (0, 3), b"")})
case("npy-long-vectors", "train.npy: an image has 1 to 16384 values, not 16385", {"train.npy": npy("|u1", (1, 16385), bytes(16385))})
case("npy-bright-floats", "train.npy: float images have values from 0 to 1, but item 0 has 17.0: save 0 to 255 as uint8", {"train.npy": npy("<f4", (1, 2, 3), struct.pack("<6f", 0, 0, 0, 17, 0, 0))})
case("npy-claims-gigabytes", "*train.npy: cut short: ", {"train.npy": npy("<f4", (900000000, 512), floats)})
case("npy-labels-too-few", "train-labels.npy: 1 labels for the 2 images of train.npy", {"train.npy": npy("<f4", (2, 3), floats), "train-labels.npy": npy("<i8", "(1,)", bytes(8))})
case("npy-labels-of-floats", "train-labels.npy: labels must be whole numbers or texts, not f8", {"train.npy": npy("<f4", (2, 3), floats), "train-labels.npy": npy("<f8", "(2,)", bytes(16))})
case("npy-labels-in-two-dimensions", "train-labels.npy: labels have 1 dimension, not 2", {"train.npy": npy("<f4", (2, 3), floats), "train-labels.npy": npy("|u1", (2, 1), bytes(2))})
case("npy-text-labels-too-many", "train-labels.txt: 3 labels for the 2 images of train.npy", {"train.npy": npy("<f4", (2, 3), floats), "train-labels.txt": b"a\nb\nc\n"})
case("npy-text-labels-with-a-gap", "train-labels.txt: label 1 is empty", {"train.npy": npy("<f4", (2, 3), floats), "train-labels.txt": b"a\n\nc\n"})
case("npy-text-labels-endless", "DIR/train-labels.txt: has 1000 bytes, more than 196", {"train.npy": npy("<f4", (2, 3), floats), "train-labels.txt": b"a" * 1000})
case("npy-text-label-too-long", "train-labels.txt: label 1 has more than 64 bytes", {"train.npy": npy("<f4", (2, 3), floats), "train-labels.txt": b"a\n" + b"b" * 65})
case("npy-labels-twice", "DIR/train-labels.npy and train-labels.txt: two files for one thing", {"train.npy": npy("<f4", (2, 3), floats), "train-labels.npy": npy("|u1", "(2,)", bytes(2)), "train-labels.txt": b"a\nb\n"})
case("npy-test-alone", "DIR: no train.npy in this folder", {"test.npy": npy("<f4", (2, 3), floats)})
case("npy-test-labels-alone", "DIR: no test.npy for the labels in this folder", {"train.npy": npy("<f4", (2, 3), floats), "test-labels.txt": b"a\n"})
case("npy-two-shapes", "test.npy: images of 2, but train.npy has images of 3", {"train.npy": npy("<f4", (2, 3), floats), "test.npy": npy("<f4", (3, 2), floats)})

case("pictures-empty-class", "train/dog: no .png, .jpg or .jpeg in this folder; found: nothing", {"train/cat/1.png": png(4, 4), "train/dog/.keep": b""})
case("pictures-no-pictures", "train/dog: no .png, .jpg or .jpeg in this folder; found: 1.gif", {"train/cat/1.png": png(4, 4), "train/dog/1.gif": b"GIF89a"})
case("pictures-no-classes", "DIR/train: no folder for each class; found: 1.png", {"train/1.png": png(4, 4)})
case("pictures-no-train", "DIR/train: no folder for each class", {"test/cat/1.png": png(4, 4)})
case("pictures-cut", "*train/cat/2.png: not a readable PNG: ", {"train/cat/1.png": png(4, 4), "train/cat/2.png": png(4, 4)[:-25]})
case("pictures-empty-file", "train/cat/2.png: not a PNG: it starts with 0x", {"train/cat/1.png": png(4, 4), "train/cat/2.png": b""})
case("pictures-html", "train/cat/1.jpg: not a JPEG: it starts with 0x3c21444f", {"train/cat/1.jpg": html})
case("pictures-png-named-jpg", "train/cat/1.jpeg: not a JPEG: it starts with 0x89504e47", {"train/cat/1.jpeg": png(4, 4)})
case("pictures-bomb", "train/cat/2.png: 100000 x 100000 pixels are more than 16777216", {"train/cat/1.png": png(4, 4), "train/cat/2.png": png(4, 4).replace(struct.pack(">II", 4, 4), struct.pack(">II", 100000, 100000), 1)})
case("pictures-first-too-large", "train/cat/1.png: an image has 1 to 16384 values, not 40000: choose a smaller shape for all by --shape", {"train/cat/1.png": png(200, 200)})
case("pictures-shape-of-a-vector", "--shape 16 is a vector's; a picture's is WIDTHxHEIGHT or WIDTHxHEIGHTx3", {"train/cat/1.png": png(4, 4)}, "shape=16")
case("pictures-class-not-named", "train: label 'dog' (item 1) is none of the 2 classes, neither by name nor by index", {"train/cat/1.png": png(4, 4), "train/dog/1.png": png(4, 4), "classes.txt": b"cat\nfish\n"})
case("pictures-long-class", "train: label 0 has more than 64 bytes", {"train/" + "x" * 65 + "/1.png": png(4, 4)})
