package dev.tutti.core.audio.pcm;

/** How a sample is stored in raw little-endian PCM. */
public enum SampleFormat {
  /** IEEE 754 single precision, full scale -1..1. */
  FLOAT32(PcmEncoding.FLOAT32),
  /** IEEE 754 double precision, full scale -1..1; rounded to float when decoded. */
  FLOAT64(PcmEncoding.FLOAT64),
  /** Signed 16-bit integers; decoded as value / 32,768. */
  INT16(PcmEncoding.INT16);

  private final PcmEncoding encoding;

  SampleFormat(PcmEncoding encoding) {
    this.encoding = encoding;
  }

  /** Bytes a sample. */
  public int bytes() {
    return encoding.bytes();
  }

  PcmEncoding encoding() {
    return encoding;
  }
}
