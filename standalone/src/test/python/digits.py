"""Writes scikit-learn's 1,797 images of digits, 8 x 8, as pictures: python3 digits.py FOLDER"""
import pathlib, struct, sys, zlib
from sklearn.datasets import load_digits


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(pixels):
    height, width = pixels.shape
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row.tobytes() for row in pixels))) + chunk(b"IEND", b""))


folder = pathlib.Path(sys.argv[1])
names = "zero one two three four five six seven eight nine".split()
digits = load_digits()
# Values are 0 to 16.
images = (digits.images * (255 / 16)).round().astype("uint8")
for i, (image, digit) in enumerate(zip(images, digits.target)):
    target = folder / "train" / names[digit] / f"{i:04}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(png(image))
(folder / "classes.txt").write_text("\n".join(names) + "\n")
