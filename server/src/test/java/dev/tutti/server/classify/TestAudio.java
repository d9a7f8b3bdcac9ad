package dev.tutti.server.classify;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.pcm.SampleFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sawtooths at the bank's rate. */
public final class TestAudio {
  private TestAudio() {}

  public static AudioClip clip(int samples) {
    float[] values = new float[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = (i % 7) / 7f - 0.5f;
    }
    return AudioClip.of(values, TestBank.STFT.sampleRate());
  }

  /** The clip as float32 PCM. */
  public static AudioInput input(int samples) {
    ByteBuffer bytes = ByteBuffer.allocate(samples * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(clip(samples).samples());
    return new AudioInput.Pcm(bytes, SampleFormat.FLOAT32, TestBank.STFT.sampleRate(), 1);
  }
}
