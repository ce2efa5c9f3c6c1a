"""Writes the case files of ContentCasesTest: contents, and beside each what must come of it.

Python's standard library alone:  python3 content_cases.py FOLDER   (JPEGs: see PictureTest)
Names: SHAPE.CONTENT-TYPE.WHAT.bin, and the same with .expected: the values in hexadecimal, or `refused: REASON`.
"""
import pathlib, struct, sys, zlib

FOLDER = pathlib.Path(sys.argv[1])


def case(shape, content_type, what, content, expected):
    name = f"{shape}.{content_type}.{what}"
    (FOLDER / f"{name}.bin").write_bytes(content)
    (FOLDER / f"{name}.expected").write_text((expected.hex() if isinstance(expected, bytes) else f"refused: {expected}") + "\n")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, rows, before=b""):
    """Colour types: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha; rows are bytes as they are stored."""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)) + before
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows))) + chunk(b"IEND", b""))


raw = bytes([0, 1, 128, 255])
case("2x2", "none", "raw", raw, raw)
case("2x2", "octet-stream", "raw", raw, raw)
case("2x2", "octet-stream", "short", raw[:3], "an image has 4 bytes, not 3")
case("2x2x3", "none", "of-a-grey-stream", raw, "an image has 12 bytes, not 4")
case("2x2", "none", "empty", b"", "an image has 4 bytes, not 0")
case("2", "octet-stream", "floats", struct.pack("<2f", 1.5, -3e8), struct.pack("<2f", 1.5, -3e8))
case("2", "octet-stream", "nan", struct.pack("<2f", 1.5, float("nan")), "value 1 is NaN")
case("2", "octet-stream", "infinite", struct.pack("<2f", float("-inf"), 0), "value 0 is -Infinity")
case("2", "octet-stream", "doubles", struct.pack("<2d", 1.5, 2), "an image has 8 bytes, not 16")
case("2x2", "webp", "unknown-type", raw, "header content-type must be one of application/octet-stream, application/json, image/png, image/jpeg, not 'image/webp'")

grey = png(2, 2, 8, 0, [b"\x00\x80", b"\xc8\xff"])
case("2x2", "png", "grey", grey, bytes([0, 128, 200, 255]))
case("2x2x3", "png", "grey-made-rgb", grey, bytes([0, 0, 0, 128, 128, 128, 200, 200, 200, 255, 255, 255]))
case("1x1", "png", "grey-scaled-down", grey, bytes([(0 + 128 + 200 + 255 + 2) // 4]))
case("4x2", "png", "grey-scaled-up", grey, bytes([0, 0, 128, 128, 200, 200, 255, 255]))
# Thirds: the new middle pixel covers half of each old one.
case("3x1", "png", "two-to-three", png(2, 1, 8, 0, [b"\x00\x64"]), bytes([0, 50, 100]))
rgb = png(2, 1, 8, 2, [bytes([255, 0, 0, 10, 20, 30])])
case("2x1x3", "png", "rgb", rgb, bytes([255, 0, 0, 10, 20, 30]))
case("2x1", "png", "rgb-made-grey", rgb, bytes([76, (299 * 10 + 587 * 20 + 114 * 30 + 500) // 1000]))
case("2x1", "png", "grey-16-bit", png(2, 1, 16, 0, [struct.pack(">2H", 0x8000, 0xFFFF)]), bytes([128, 255]))
case("8x1", "png", "grey-1-bit", png(8, 1, 1, 0, [b"\xa5"]), bytes([255, 0, 255, 0, 0, 255, 0, 255]))
case("2x1", "png", "grey-with-alpha", png(2, 1, 8, 4, [bytes([200, 255, 200, 0])]), bytes([200, 0]))
case("2x1x3", "png", "rgb-with-alpha", png(2, 1, 8, 6, [bytes([255, 9, 9, 0, 100, 50, 2, 128])]), bytes([0, 0, 0, 50, 25, 1]))
case("2x1x3", "png", "palette", png(2, 1, 8, 3, [b"\x01\x00"], chunk(b"PLTE", bytes([1, 2, 3, 40, 50, 60]))), bytes([40, 50, 60, 1, 2, 3]))
# gAMA and an odd profile change nothing: samples are taken as they are stored.
case("2x2", "png", "grey-with-gamma", png(2, 2, 8, 0, [b"\x00\x80", b"\xc8\xff"], chunk(b"gAMA", struct.pack(">I", 100000))), bytes([0, 128, 200, 255]))
case("2x2", "png", "cut", grey[:-30], "*not a readable PNG: ")
case("2x2", "png", "header-alone", grey[:33], "*not a readable PNG: ")
case("2x2", "png", "eight-bytes", grey[:8], "*not a readable PNG: ")
case("2x2", "png", "html", b"<!DOCTYPE html>", "not a PNG: it starts with 0x3c21444f")
case("2x2", "png", "empty", b"", "not a PNG: it starts with 0x")
case("2x2", "png", "damaged-data", grey.replace(zlib.compress(b"\0\x00\x80\0\xc8\xff"), b"\x00" * len(zlib.compress(b"\0\x00\x80\0\xc8\xff"))), "*not a readable PNG: ")
bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b"")
case("2x2", "png", "bomb", bomb, "100000 x 100000 pixels are more than 16777216")
case("2x2", "png", "deep-bomb", bomb.replace(struct.pack(">IIB", 100_000, 100_000, 8), struct.pack(">IIB", 4000, 4000, 16)), "4000 x 4000 pixels of 16 bits are more than 8388608")
case("2x2", "png", "text-bomb", png(2, 2, 8, 0, [b"\x00\x80", b"\xc8\xff"], chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 50_000_000, 9))), bytes([0, 128, 200, 255]))
case("2x2", "png", "profile-bomb", png(2, 2, 8, 0, [b"\x00\x80", b"\xc8\xff"], chunk(b"iCCP", b"odd\0\0" + zlib.compress(b"\0" * 50_000_000, 9))), bytes([0, 128, 200, 255]))
case("2", "png", "in-a-stream-of-vectors", grey, "a stream of vectors of 2 values takes no image/png")
case("2x2", "jpeg", "that-is-a-png", grey, "not a JPEG: it starts with 0x89504e47")

case("2x2", "json", "whole-numbers", b" [0, 1.0, 128,2.55e2]\n", raw)
case("2", "json", "floats", b"[1.5,-3e8]", struct.pack("<2f", 1.5, -3e8))
case("2x2", "json", "short", b"[0,1,128]", "an image has 4 values, not 3")
case("2x2", "json", "long", b"[0,1,128,255,0]", "more than the 4 values of an image")
case("2x2", "json", "fraction", b"[0,0.5,0,0]", "value 1 must be a whole number from 0 to 255, not 0.5")
case("2x2", "json", "too-bright", b"[0,0,0,256]", "value 3 must be a whole number from 0 to 255, not 256.0")
case("2x2", "json", "negative", b"[-1,0,0,0]", "value 0 must be a whole number from 0 to 255, not -1.0")
case("2", "json", "nan", b"[NaN,1]", "*not JSON: Non-standard token 'NaN'")
case("2", "json", "beyond-float32", b"[1e39,1]", "value 0 is no float32: 1.0E39")
case("2x2", "json", "nested", b"[[0,1],[128,255]]", "value 0 is no number")
case("2x2", "json", "texts", b'["0",1,128,255]', "value 0 is no number")
case("2x2", "json", "object", b'{"values":[0,1,128,255]}', "JSON of an image is an array of numbers")
case("2x2", "json", "open", b"[0,1,128,255", "*not JSON: ")
case("2x2", "json", "two-arrays", b"[0,1,128,255] [0]", "something follows the array")
case("2x2", "json", "empty", b"", "JSON of an image is an array of numbers")
case("2x2", "json", "no-json", b"\xff\xd8\xff", "*not JSON: ")
case("2x2", "json", "too-many-bytes", b"[" + b" " * 1300 + b"0,1,128,255]", "JSON of an image has at most 1280 bytes, not 1313")
