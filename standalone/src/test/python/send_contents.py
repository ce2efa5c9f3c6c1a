"""Sends images of every content type beside bad ones: python3 send_contents.py BOOTSTRAP FOLDER-OF-PICTURES"""
import json, pathlib, sys
from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": sys.argv[1]})
folder = pathlib.Path(sys.argv[2])
raw = bytes(i % 256 for i in range(784))
png = (folder / "image.png").read_bytes()
jpeg = (folder / "image.jpg").read_bytes()

for key, content_type, value in [
    ("good-raw", None, raw),
    ("good-octets", "application/octet-stream", raw),
    ("good-png", "image/png", png),
    ("good-jpeg", "image/jpeg", jpeg),
    ("good-json", "application/json", json.dumps(list(raw))),
    ("bad-short", None, raw[:783]),
    ("bad-png", "image/png", png[: len(png) // 2]),
    ("bad-jpeg", "image/jpeg", png),
    ("bad-json", "application/json", json.dumps([0.5] * 784)),
    ("bad-type", "image/webp", png),
]:
    producer.produce("weft.images", value, key=key, headers={"content-type": content_type} if content_type else None)
if producer.flush(60) > 0:
    sys.exit("not all were sent")
