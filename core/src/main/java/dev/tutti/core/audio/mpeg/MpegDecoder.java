package dev.tutti.core.audio.mpeg;

import java.util.Arrays;

/**
 * Decodes the frames of one file of MPEG audio in their order, to mono: the mean of two channels.
 * What a frame leaves for the next is kept, also where the number of channels changes.
 */
public final class MpegDecoder {
  private static final int MAX_SLOTS = 36;

  private final SubbandLayers subbandLayers = new SubbandLayers();
  private final LayerThree layerThree = new LayerThree();
  private final SynthesisFilter synthesis = new SynthesisFilter();
  private final float[][] slots = new float[MAX_SLOTS][SynthesisFilter.SUBBANDS];

  /**
   * Decodes a frame to {@code header.samples()} samples of full scale -1..1; louder ones are not
   * clipped.
   *
   * @param frame the whole frame with its header; what is missing at its end counts as zeros
   * @param samples where the samples are put, from the start
   * @throws DamagedFrameException where the frame says what cannot be; samples are undefined then
   */
  public void decode(MpegHeader header, byte[] frame, float[] samples)
      throws DamagedFrameException {
    int count = header.samples() / SynthesisFilter.SUBBANDS;
    for (int time = 0; time < count; time++) {
      Arrays.fill(slots[time], 0);
    }
    if (header.layer() == 3) {
      layerThree.read(header, frame, slots);
    } else {
      BitInput in = new BitInput(frame, header.bodyStart(), frame.length);
      subbandLayers.read(header, in, slots);
    }
    for (int time = 0; time < count; time++) {
      synthesis.synthesize(slots[time], samples, time * SynthesisFilter.SUBBANDS);
    }
  }
}
