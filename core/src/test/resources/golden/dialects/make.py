"""Makes the files of this folder: one tone in the dialects of WAV, AIFF and FLAC (Python 3, NumPy, flac 1.4.2).

python3 make.py: writes into the current folder. The chunks are written by hand, as no library writes them so.
"""
import struct
import subprocess
import numpy as np

N, RATE = 400, 16000
t = np.arange(N) / RATE
TONE = 0.4 * np.sin(2 * np.pi * 440 * t) + 0.2 * np.sin(2 * np.pi * 1250 * t + 1)


def save(name, data):
    with open(name, "wb") as file:
        file.write(data)


def chunk(kind, data, order="<", padded=True):
    return kind + struct.pack(order + "I", len(data)) + data + b"\0" * (len(data) % 2 if padded else 0)


def pcm(bits, width, order="<", unsigned=False):
    """Left-justified integers."""
    values = np.round(TONE * (2 ** (bits - 1) - 1)).astype(np.int64) << (8 * width - bits)
    if unsigned:
        values = values + 128
    name = "little" if order == "<" else "big"
    return b"".join(int(v).to_bytes(width, name, signed=not unsigned) for v in values)


def companded(kind):
    command = ["sox", "-D", "-t", "f64", "-r", str(RATE), "-c", "1", "-", "-t", kind, "-"]
    return subprocess.run(command, input=TONE.tobytes(), capture_output=True, check=True).stdout


def fmt(tag, bits, width, order="<", valid=None):
    rest = (1, RATE, RATE * width, width, bits)
    if valid is None:
        return struct.pack(order + "HHIIHH", tag, *rest)
    guid = struct.pack(order + "I", tag) + bytes.fromhex("00001000800000AA00389B71")
    return struct.pack(order + "HHIIHHHHI", 0xFFFE, *rest, 22, valid, 4) + guid


def wav(form, data, order="<", size=None, front=b"", behind=b"", kind=b"RIFF"):
    size = len(data) if size is None else size
    body = b"WAVE" + front + chunk(b"fmt ", form, order) + b"data" + struct.pack(order + "I", size) + data + behind
    return kind + struct.pack(order + "I", len(body)) + body


def large(size, kind=b"RF64", sizes=True):
    front = chunk(b"ds64", struct.pack("<qqqI", size, size, size, 0)) if sizes else b""
    return wav(fmt(1, 16, 2), pcm(16, 2), size=0xFFFFFFFF, front=front, kind=kind)


def comm(bits, frames, kind):
    exponent = RATE.bit_length() - 1
    rate = struct.pack(">HQ", 16383 + exponent, RATE << (63 - exponent))
    return chunk(b"COMM", struct.pack(">hIh", 1, frames, bits) + rate + (kind + b"\x03abc" if kind else b""), ">")


def aiff(bits, data, kind=None, frames=N, size=None, offset=0, block=0, front=b"", between=b"", first="COMM"):
    content = struct.pack(">II", offset, block) + b"\x55" * offset + data
    sound = b"SSND" + struct.pack(">I", len(content) if size is None else size) + content + b"\0" * (len(content) % 2)
    parts = [comm(bits, frames, kind), between, sound]
    body = (b"AIFC" if kind else b"AIFF") + front + b"".join(parts if first == "COMM" else parts[::-1])
    return b"FORM" + struct.pack(">I", len(body)) + body


W16, A16, F16 = pcm(16, 2), pcm(16, 2, ">"), fmt(1, 16, 2)
for bits in (8, 10, 12, 16, 20, 24, 32):
    width = (bits + 7) // 8
    save(f"bits{bits}.wav", wav(fmt(1, bits, width), pcm(bits, width, unsigned=width == 1)))
    save(f"bits{bits}.aiff", aiff(bits, pcm(bits, width, ">")))
save("valid20in24.wav", wav(fmt(1, 24, 3, valid=20), pcm(20, 3)))
save("valid24in32.wav", wav(fmt(1, 32, 4, valid=24), pcm(24, 4)))
save("rifx.wav", wav(fmt(1, 24, 3, ">"), pcm(24, 3, ">"), ">", kind=b"RIFX"))
save("ulaw.wav", wav(fmt(7, 8, 1), companded("ul")))
save("alaw.wav", wav(fmt(6, 8, 1), companded("al")))
for size in (0, 0x7FFF0000, 0x7FFFF000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFDB, 0xFFFFFFFF):
    save(f"size{size:08x}.wav", wav(F16, W16, size=size))
for size in (-1, 0):
    save(f"rf64size{size}.wav", large(size))
save("bw64size-1.wav", large(-1, b"BW64"))
save("rf64without.wav", large(0, sizes=False))
save("odd.wav", wav(F16, W16, front=chunk(b"LIST", b"INFOa")))
save("oddUnpadded.wav", wav(F16, W16, front=chunk(b"bext", b"\1" * 33, padded=False)))
save("behind.wav", wav(F16, W16, behind=chunk(b"LIST", b"INFOab")))
save("align0.wav", wav(struct.pack("<HHIIHH", 1, 1, RATE, 0, 0, 16), W16))
save("id3front.wav", b"ID3\4\0\0\0\0\0\5title" + wav(F16, W16))
save("tags.wav", wav(F16, W16) + b"TAG" + b"\0" * 125)
save("empty.wav", wav(F16, b"", behind=chunk(b"LIST", b"INFOab")))
save("cut.wav", wav(F16, W16[:-2], size=2 * N))
save("in32.wav", wav(fmt(1, 24, 4), pcm(24, 4)))
save("adpcm.wav", wav(fmt(2, 4, 256), b"\0" * 512))
save("offset.aiff", aiff(16, A16, offset=7, block=512))
save("behindSound.aiff", aiff(16, A16, first="SSND"))
save("odd.aiff", aiff(16, A16, front=chunk(b"NAME", b"abcde", ">"), between=chunk(b"AUTH", b"x", ">")))
save("oddUnpadded.aiff", aiff(16, A16, front=chunk(b"NAME", b"abcde", ">", padded=False)))
save("pipeSox.aiff", aiff(16, A16, frames=0x3F800000, size=0x7F000008))
save("pipeZero.aiff", aiff(16, A16, frames=0, size=0))
save("fewerCounted.aiff", aiff(16, A16, frames=300))
save("blocks.aiff", aiff(16, A16 + b"\x55" * 224, block=512))
save("id3front.aiff", b"ID3\4\0\0\0\0\0\5title" + aiff(16, A16))
save("cut.aiff", aiff(16, A16)[:-20])
save("moreCounted.aiff", aiff(16, A16, frames=500))
for kind, bits, data in (
    ("NONE", 16, A16), ("twos", 16, A16), ("sowt", 16, W16), ("sowt", 24, pcm(24, 3)), ("raw ", 8, pcm(8, 1, unsigned=True)),
    ("in24", 24, pcm(24, 3, ">")), ("in32", 32, pcm(32, 4, ">")), ("42ni", 24, pcm(24, 3)), ("23ni", 32, pcm(32, 4)),
    ("fl32", 32, TONE.astype(">f4").tobytes()), ("FL32", 32, TONE.astype(">f4").tobytes()),
    ("fl64", 64, TONE.astype(">f8").tobytes()), ("FL64", 64, TONE.astype(">f8").tobytes()),
    ("ulaw", 8, companded("ul")), ("ULAW", 16, companded("ul")), ("alaw", 8, companded("al")), ("ALAW", 16, companded("al")),
    ("ima4", 16, A16),
):  # fmt: skip
    save(f"{kind.strip()}{bits}.aifc", aiff(bits, data, kind.encode()))
encoder = ["flac", "-s", "-f", "--no-padding", "-b", "192", "-o", "tone.flac", "bits16.wav"]
subprocess.run(encoder, check=True)
with open("tone.flac", "rb") as file:
    flac = bytearray(file.read())


def total(samples):
    """The file with another number of samples in its header."""
    changed = bytearray(flac)
    changed[21] &= 0xF0
    changed[22:26] = struct.pack(">I", samples)
    return bytes(changed)


ID3V1, APE = b"TAG" + b"\0" * 125, b"APETAGEX" + struct.pack("<IIIIQ", 2000, 32, 0, 0, 0)
save("total0.flac", total(0))
save("total0tags.flac", total(0) + APE + ID3V1)
save("totalLess.flac", total(300))
save("zerosBehind.flac", total(0) + b"\0" * 100)
save("junkBehind.flac", bytes(flac) + b"junk" * 20)
save("id3front.flac", b"ID3\4\0\0\0\0\0\5title" + bytes(flac))
save("totalMore.flac", total(500))
save("total0junk.flac", total(0) + b"junk" * 20)
np.save("tone.npy", TONE.astype("<f4"))
