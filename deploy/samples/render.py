#!/usr/bin/python3
"""Renders the sample notes: real instrument sounds of a General MIDI sound font as 16 kHz FLAC files.

The same packages and the same options give the same bytes. Programs, pitches and velocities are drawn from a seed so
that each family's notes spread over its programs, its pitch range and all velocities (a Latin hypercube).
"""

import argparse
import csv
import ctypes
import ctypes.util
import pathlib
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass

try:
    import numpy as np
except ImportError:
    np = None
try:
    from scipy.signal import resample_poly
except ImportError:
    resample_poly = None

# family -> (General MIDI programs from 0, lowest pitch, highest pitch). Programs which could stand for two families
# (harmonica, harp, orchestra hit ...) are left out.
PROGRAMS = {
    "bass": [(range(32, 38), 24, 60), ((38, 39), 24, 64)],
    "brass": [((56,), 52, 86), ((57,), 34, 74), ((58,), 26, 62), ((59,), 54, 84), ((60,), 36, 78), ((61,), 36, 84),
              ((62, 63), 36, 90)],
    "flute": [((72,), 74, 108), ((73,), 59, 97), ((74,), 60, 98), ((75,), 55, 94), ((76, 77), 55, 90), ((78,), 62, 100),
              ((79,), 60, 92)],
    "guitar": [((24, 25), 38, 84), ((26, 27, 29, 30), 38, 86), ((28,), 38, 80)],
    "keyboard": [((0, 1), 21, 108), (range(2, 6), 28, 100), ((6,), 29, 89), ((7,), 36, 96)],
    "mallet": [((8,), 60, 108), ((9,), 72, 108), ((10,), 60, 100), ((11,), 48, 89), ((12,), 45, 96), ((13,), 60, 108),
               ((14,), 55, 84), ((108, 114), 48, 84)],
    "organ": [(range(16, 19), 33, 100), ((19,), 24, 108), ((20,), 36, 96)],
    "reed": [((64,), 54, 88), ((65,), 49, 82), ((66,), 42, 76), ((67,), 36, 70), ((68,), 58, 92), ((69,), 52, 82),
             ((70,), 34, 74), ((71,), 50, 93)],
    "string": [((40,), 55, 100), ((41,), 48, 88), ((42,), 36, 77), ((43,), 26, 60), ((44, 45), 36, 91), ((48,), 31, 96),
               (range(49, 52), 36, 96), ((110,), 55, 96)],
    "synth_lead": [((80, 81), 36, 96), ((82, 83), 40, 96), ((84, 86, 87), 36, 92)],
    "vocal": [((52, 53, 91), 41, 84), ((54,), 43, 84)],
}
VELOCITIES = (25, 50, 75, 100, 127)
EFFECTS = {False: "none", True: "reverb+chorus"}

DEFAULT_FONT = pathlib.Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
SYNTH_HZ, SAMPLE_HZ = 48_000, 16_000
ON_SECONDS, RELEASE_SECONDS = 3, 1
QUIETEST_DBFS = -66.0  # root mean square over the four seconds
SEVENTH_ORDER, ALL_CHANNELS = 7, -1
REVERB_SEND, CHORUS_SEND = 91, 93  # MIDI controllers


class RenderError(Exception):
    """What went wrong, in words for the user."""


@dataclass(frozen=True)
class Note:
    family: str
    program: int
    pitch: int
    velocity: int
    effects: bool

    @property
    def path(self):
        return f"{self.family}/{self.family}_p{self.program:03}-{self.pitch:03}-{self.velocity:03}.flac"


class Synth:
    """The few calls of libfluidsynth that a single note needs."""

    def __init__(self, font, gain):
        self.lib = ctypes.CDLL(ctypes.util.find_library("fluidsynth"))
        for create in ("new_fluid_settings", "new_fluid_synth"):
            getattr(self.lib, create).restype = ctypes.c_void_p
        self.font, self.gain = str(font).encode(), ctypes.c_double(gain)

    def render(self, note):
        """Returns the note as float32 [2, frames] at SYNTH_HZ. Each gets a new synthesizer: no tail of the last."""
        settings = ctypes.c_void_p(self.lib.new_fluid_settings())
        self.lib.fluid_settings_setnum(settings, b"synth.sample-rate", ctypes.c_double(SYNTH_HZ))
        self.lib.fluid_settings_setnum(settings, b"synth.gain", self.gain)
        self.lib.fluid_settings_setint(settings, b"synth.dynamic-sample-loading", 1)
        for effect in (b"synth.reverb.active", b"synth.chorus.active"):
            self.lib.fluid_settings_setint(settings, effect, int(note.effects))
        synth = ctypes.c_void_p(self.lib.new_fluid_synth(settings))
        try:
            return self._play(synth, note)
        finally:
            self.lib.delete_fluid_synth(synth)
            self.lib.delete_fluid_settings(settings)

    def _play(self, synth, note):
        lib, channel, bank = self.lib, 0, 0
        font_id = lib.fluid_synth_sfload(synth, self.font, 1)
        if font_id < 0:
            raise RenderError(f"{self.font.decode()}: not a sound font that fluidsynth can load")
        if lib.fluid_synth_program_select(synth, channel, font_id, bank, note.program) != 0:
            raise RenderError(f"{self.font.decode()}: has no program {note.program}")
        lib.fluid_synth_set_interp_method(synth, ALL_CHANNELS, SEVENTH_ORDER)
        for controller in (REVERB_SEND, CHORUS_SEND):
            lib.fluid_synth_cc(synth, channel, controller, 64 if note.effects else 0)
        lib.fluid_synth_noteon(synth, channel, note.pitch, note.velocity)
        held = self._write(synth, ON_SECONDS)
        lib.fluid_synth_noteoff(synth, channel, note.pitch)
        return np.concatenate((held, self._write(synth, RELEASE_SECONDS)), axis=1)

    def _write(self, synth, seconds):
        out = np.zeros((2, seconds * SYNTH_HZ), np.float32)
        left, right = (row.ctypes.data_as(ctypes.c_void_p) for row in out)
        self.lib.fluid_synth_write_float(synth, out.shape[1], left, 0, 1, right, 0, 1)
        return out


def pcm16(stereo):
    """Mixes down by the mean, filters to SAMPLE_HZ and rounds to 16 bits; None where the note is too quiet."""
    mono = resample_poly(stereo.mean(axis=0, dtype=np.float64), 1, SYNTH_HZ // SAMPLE_HZ)
    samples = np.rint(mono * 32768)
    if np.abs(samples).max() > 32767:
        raise RenderError("a note clips: choose a lower --gain")
    audible = samples.std() / 32768  # the deviation, since a constant offset (some synth programs) is not heard
    return samples.astype("<i2") if audible >= 10 ** (QUIETEST_DBFS / 20) else None


def write_flac(path, samples):
    path.parent.mkdir(parents=True, exist_ok=True)
    command = ["flac", "-8", "--silent", "--force", "--no-padding", "--no-seektable", "--force-raw-format",
               "--endian=little", "--sign=signed", "--channels=1", "--bps=16", f"--sample-rate={SAMPLE_HZ}",
               f"--input-size={samples.nbytes}", f"--output-name={path}", "-"]
    subprocess.run(command, input=samples.tobytes(), check=True)


def render_family(synth, family, count, seed):
    """Yields (note, samples), count times. A note too quiet, or drawn before, is drawn again at another pitch."""
    rng = random.Random(f"{seed}/{family}")
    programs = [(program, low, high) for group, low, high in PROGRAMS[family] for program in group]
    programs = spread(programs, count, rng)
    velocities = spread(VELOCITIES, count, rng)
    effects = spread((True, False, False, False), count, rng)
    heights = spread([(i + rng.random()) / count for i in range(count)], count, rng)
    seen = set()
    for (program, low, high), velocity, effect, height in zip(programs, velocities, effects, heights):
        for _ in range(100):
            note = Note(family, program, low + int(height * (high - low + 1)), velocity, effect)
            samples = None if note.path in seen else pcm16(synth.render(note))
            if samples is not None:
                break
            height = rng.random()
        else:
            raise RenderError(f"{family}: program {program} is below {QUIETEST_DBFS} dBFS wherever it was tried")
        seen.add(note.path)
        yield note, samples


def spread(values, count, rng):
    """Each value as often as the next (give or take one), in random order."""
    repeated = [values[i % len(values)] for i in range(count)]
    rng.shuffle(repeated)
    return repeated


def render_all(options):
    synth = Synth(options.font, options.gain)
    with open(prepared(options.out) / "manifest.csv", "w", newline="") as file:
        manifest = csv.writer(file, lineterminator="\n")
        manifest.writerow(("path", "family", "pitch", "velocity", "program", "effects"))
        for family in PROGRAMS:
            for note, samples in sorted(render_family(synth, family, options.count, options.seed),
                                        key=lambda pair: pair[0].path):
                write_flac(options.out / note.path, samples)
                manifest.writerow((note.path, family, note.pitch, note.velocity, note.program, EFFECTS[note.effects]))
            print(f"{family}: {options.count} notes", file=sys.stderr)
    sizes = [path.stat().st_size for path in options.out.glob("*/*.flac")]
    print(f"{len(sizes)} notes, {sum(sizes) / 1e6:.2f} MB in {options.out}", file=sys.stderr)


def prepared(folder):
    """The folder, without the notes of an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    for family in PROGRAMS:
        for old in folder.glob(f"{family}/{family}_p*.flac"):
            old.unlink()
    return folder


def missing_packages(font):
    """The Debian packages to install before this script can run."""
    present = {
        "python3-numpy": np is not None,
        "python3-scipy": resample_poly is not None,
        "fluidsynth": ctypes.util.find_library("fluidsynth") is not None,
        "flac": shutil.which("flac") is not None,
        "fluid-soundfont-gm": font != DEFAULT_FONT or font.exists(),
    }
    return [package for package, is_there in present.items() if not is_there]


def parse(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Debian packages: fluidsynth fluid-soundfont-gm flac python3-numpy python3-scipy\n"
               "Exit status: 0 ok, 1 failed, 2 wrong usage.")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent, metavar="DIR",
                        help="where FAMILY/*.flac and manifest.csv go; notes of an earlier run there are removed "
                             "(default: this script's folder)")
    parser.add_argument("--count", type=int, default=20, metavar="N", help="notes a family (default: %(default)s)")
    parser.add_argument("--seed", default="1", help="any text; another seed draws other notes (default: %(default)s)")
    parser.add_argument("--font", type=pathlib.Path, default=DEFAULT_FONT, metavar="FILE",
                        help="a General MIDI sound font (default: %(default)s)")
    parser.add_argument("--gain", type=float, default=0.8, help="fluidsynth's master gain (default: %(default)s)")
    options = parser.parse_args(arguments)
    if not 1 <= options.count <= 1000:
        parser.error("--count must be 1 to 1000")
    if options.gain <= 0:
        parser.error("--gain must be above 0")
    return options


def main(arguments):
    options = parse(arguments)
    missing = missing_packages(options.font)
    if missing:
        raise RenderError(f"missing packages; on Debian or Ubuntu: apt-get install {' '.join(missing)}\n"
                          f"(their Python modules are for /usr/bin/python3; this is {sys.executable})")
    if not options.font.is_file():
        raise RenderError(f"{options.font}: no such file")
    render_all(options)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (RenderError, OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"render.py: {error}")
