package dev.tutti.server.wire;

import dev.tutti.core.spectrogram.StftParameters;

/** How a spectrogram is computed; no {@code top_db} stands for no floor. */
public final class StftMapper {
  private StftMapper() {}

  public static dev.tutti.v1.StftParameters toProto(StftParameters stft) {
    var builder =
        dev.tutti.v1.StftParameters.newBuilder()
            .setSampleRateHz(stft.sampleRate())
            .setNFft(stft.nFft())
            .setHopLength(stft.hopLength())
            .setWinLength(stft.winLength())
            .setAmin(stft.amin());
    if (!Float.isInfinite(stft.topDb())) {
      builder.setTopDb(stft.topDb());
    }
    return builder.build();
  }

  /**
   * @throws IllegalArgumentException for parameters that cannot be computed with
   */
  public static StftParameters fromProto(dev.tutti.v1.StftParameters stft) {
    return new StftParameters(
        stft.getSampleRateHz(),
        stft.getNFft(),
        stft.getHopLength(),
        stft.getWinLength(),
        stft.getAmin(),
        stft.hasTopDb() ? stft.getTopDb() : Float.POSITIVE_INFINITY);
  }
}
