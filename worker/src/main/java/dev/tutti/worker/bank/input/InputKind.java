package dev.tutti.worker.bank.input;

/** What the rows of a batch hold. */
public enum InputKind {
  /** A spectrogram, float32 decibels: what the models take. */
  DECIBELS_FLOAT32("float32", 4, false),

  /** A spectrogram, float16 decibels. */
  DECIBELS_FLOAT16("float16", 2, false),

  /** A spectrogram, bytes with a {@link Quantization} for each row. */
  DECIBELS_UINT8("uint8", 1, false),

  /** Audio, float32 samples. */
  AUDIO_FLOAT32("float32", 4, true),

  /** Audio, int16 samples, where full scale is 32768. */
  AUDIO_INT16("int16", 2, true);

  private final String type;
  private final int elementBytes;
  private final boolean audio;

  InputKind(String type, int elementBytes, boolean audio) {
    this.type = type;
    this.elementBytes = elementBytes;
    this.audio = audio;
  }

  /** The bytes of one number. */
  public int elementBytes() {
    return elementBytes;
  }

  /** Whether the worker has to compute the spectrogram. */
  public boolean isAudio() {
    return audio;
  }

  /** The type of the numbers in words. */
  String type() {
    return type;
  }
}
