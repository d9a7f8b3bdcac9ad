package dev.tutti.core.audio.mp3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.decode.AudioDecoder;
import dev.tutti.core.golden.GoldenFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of every version, layer and stereo mode against other decoders' samples. */
class MpegGoldenTest {
  @ParameterizedTest
  @CsvSource({
    "layer1_16k_mono.mp1, 16000",
    "layer1_44k.mp1, 44100",
    "layer2_16k_mono.mp2, 16000",
    "layer2_22k_joint.mp2, 22050",
    "layer2_48k_joint.mp2, 48000",
    "mpeg25_8k.mp3, 8000",
    "mpeg2_24k.mp3, 24000",
    "intensity_22k.mp3, 22050",
    "intensity_32k.mp3, 32000",
    "short_32k.mp3, 32000",
    "free_44k_mono.mp3, 44100",
    "vbr_48k.mp3, 48000",
    "crc_16k_mono.mp3, 16000",
    "crc_44k.mp3, 44100"
  })
  void framesAreDecodedAsByOtherDecoders(String name, int sampleRate) {
    AudioClip clip = AudioDecoder.decode(GoldenFiles.bytes("mpeg/" + name));
    assertEquals(sampleRate, clip.sampleRate());
    float[] expected = GoldenFiles.floats("mpeg/" + name + ".mean.npy");
    assertEquals(expected.length, clip.length());
    assertArrayEquals(expected, clip.samples(), 3e-6f);
  }
}
