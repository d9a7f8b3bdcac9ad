package dev.tutti.core.audio.mpeg;

/** What stands between the header and the main data of a frame of layer III. */
final class SideInformation {
  private static final int KEPT_BITS = 4;

  private final int backstep;
  private final Granule[][] granules;

  private SideInformation(int backstep, Granule[][] granules) {
    this.backstep = backstep;
    this.granules = granules;
  }

  /** By how many bytes this frame's main data begin before the frame's own. */
  int backstep() {
    return backstep;
  }

  /** By time and channel. */
  Granule[][] granules() {
    return granules;
  }

  static SideInformation read(BitInput in, MpegHeader header) throws DamagedFrameException {
    int channels = header.channels();
    int backstep = in.read(header.mpeg1() ? 9 : 8);
    // Private bits.
    in.read(header.mpeg1() ? (channels == 1 ? 5 : 3) : channels);
    int[] kept = new int[channels];
    for (int channel = 0; channel < channels && header.mpeg1(); channel++) {
      kept[channel] = in.read(KEPT_BITS);
    }
    Granule[][] granules = new Granule[header.mpeg1() ? 2 : 1][channels];
    for (int time = 0; time < granules.length; time++) {
      for (int channel = 0; channel < channels; channel++) {
        granules[time][channel] = new Granule(in, header, time == 0 ? 0 : kept[channel]);
      }
    }
    return new SideInformation(backstep, granules);
  }
}
