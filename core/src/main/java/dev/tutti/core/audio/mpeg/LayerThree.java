package dev.tutti.core.audio.mpeg;

/**
 * Reads frames of layer III. A granule whose main data are not all there, as in the first frames
 * behind a cut, is silent. Channels are mixed to their mean as subbands, which is the same as
 * mixing them later.
 */
final class LayerThree {
  private static final int TIMES = 18;

  private final MainData mainData = new MainData();
  private final Spectrum spectrum = new Spectrum();
  private final ScaleFactors[] scaleFactors = {new ScaleFactors(), new ScaleFactors()};
  private final HybridFilter[] filters = {new HybridFilter(), new HybridFilter()};
  private final float[][] lines = new float[2][ScaleFactorBands.LINES];
  private int channels;

  /**
   * Adds a frame's samples to those in {@code slots}.
   *
   * @param slots of zeros, [time][subband]
   */
  void read(MpegHeader header, byte[] frame, float[][] slots) throws DamagedFrameException {
    changeChannels(header.channels());
    BitInput in = new BitInput(frame, header.bodyStart(), frame.length);
    SideInformation side = SideInformation.read(in, header);
    mainData.add(frame, header.bodyStart() + header.sideInformation());
    BitInput bits = mainData.bits();
    int start = mainData.start(side.backstep());
    for (int time = 0; time < side.granules().length; time++) {
      Granule[] granules = side.granules()[time];
      if (start < 0) {
        for (int channel = 0; channel < channels; channel++) {
          start += granules[channel].bits;
          filters[channel].silence(slots, time * TIMES, 1f / channels);
        }
      } else {
        bits.seek(start);
        start = readGranule(header, granules, bits);
        for (int channel = 0; channel < channels; channel++) {
          filters[channel].filter(
              granules[channel], lines[channel], slots, time * TIMES, 1f / channels);
        }
      }
    }
    mainData.use(start);
  }

  /** Reads the lines of all channels; returns where the next granule's data begin. */
  private int readGranule(MpegHeader header, Granule[] granules, BitInput bits)
      throws DamagedFrameException {
    for (int channel = 0; channel < channels; channel++) {
      Granule granule = granules[channel];
      int end = bits.position() + granule.bits;
      boolean areDirections = header.intensity() && channel == 1;
      scaleFactors[channel].read(bits, header, granule, areDirections);
      float[] gains = scaleFactors[channel].gains(header, granule, areDirections);
      spectrum.read(bits, end, granule, gains, lines[channel]);
    }
    if (channels == 2) {
      new JointStereo(header, lines[0], lines[1]).apply(granules[1], scaleFactors[1]);
    }
    return bits.position();
  }

  /** A signal goes on as the same in both channels, or as both channels' mean. */
  private void changeChannels(int wanted) {
    if (channels == 1 && wanted == 2) {
      filters[1].copy(filters[0]);
    } else if (channels == 2 && wanted == 1) {
      filters[0].merge(filters[1]);
    }
    channels = wanted;
  }
}
