package dev.tutti.core.audio.mpeg;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which quantisers a frame of layer I or II may choose from in each subband (ISO/IEC 11172-3,
 * tables 3-B.2a to 3-B.2d; ISO/IEC 13818-3, table B.1, for layer II of the lower sample rates).
 */
final class BitAllocation {
  private static final List<SubbandQuantizer[]> LAYER_I =
      rows(32, "2 3 4 5 6 7 8 9 10 11 12 13 14 15 -");
  private static final List<SubbandQuantizer[]> NORMAL =
      join(
          Stream.of(
              rows(3, "3/3 3 4 5 6 7 8 9 10 11 12 13 14 15 16"),
              rows(8, "3/3 5/3 3 9/3 4 5 6 7 8 9 10 11 12 13 16"),
              rows(12, "3/3 5/3 3 9/3 4 5 16"),
              rows(7, "3/3 5/3 16")));
  private static final List<SubbandQuantizer[]> FEW_BITS =
      join(
          Stream.of(
              rows(2, "3/3 5/3 9/3 4 5 6 7 8 9 10 11 12 13 14 15"),
              rows(10, "3/3 5/3 9/3 4 5 6 7")));
  private static final List<SubbandQuantizer[]> LOW_RATES =
      join(
          Stream.of(
              rows(4, "3/3 5/3 3 9/3 4 5 6 7 8 9 10 11 12 13 14"),
              rows(7, "3/3 5/3 9/3 4 5 6 7"),
              rows(19, "3/3 5/3 9/3")));

  private static final int RATE_OF_48_KHZ = 1;
  private static final int RATE_OF_32_KHZ = 2;

  /** What encoders must have had in mind where the free format does not say. */
  private static final int FREE_KBITS = 192;

  private BitAllocation() {}

  /** The choices of each subband that the frame can hold, by code. */
  static List<SubbandQuantizer[]> of(MpegHeader header) {
    if (header.layer() == 1) {
      return LAYER_I;
    }
    if (!header.mpeg1()) {
      return LOW_RATES;
    }
    int kbits = header.bitRate() == 0 ? FREE_KBITS : header.bitRate() / header.channels();
    if (kbits < 56) {
      return FEW_BITS.subList(0, header.rateIndex() == RATE_OF_32_KHZ ? 12 : 8);
    }
    boolean wide = kbits >= 96 && header.rateIndex() != RATE_OF_48_KHZ;
    return NORMAL.subList(0, wide ? 30 : 27);
  }

  /**
   * Equal subbands. Choices are bits a sample, or steps of three samples in one code ("3/3"); the
   * first, that the subband is empty, is left out, and "-" is no choice.
   */
  private static List<SubbandQuantizer[]> rows(int count, String choices) {
    Stream<SubbandQuantizer> quantizers = Arrays.stream(choices.split(" ")).map(BitAllocation::of);
    SubbandQuantizer[] row =
        Stream.concat(Stream.of(SubbandQuantizer.NONE), quantizers)
            .toArray(SubbandQuantizer[]::new);
    return Collections.nCopies(count, row);
  }

  private static SubbandQuantizer of(String choice) {
    if (choice.equals("-")) {
      return null;
    }
    return choice.endsWith("/3")
        ? SubbandQuantizer.grouped(Integer.parseInt(choice.substring(0, choice.length() - 2)))
        : SubbandQuantizer.single(Integer.parseInt(choice));
  }

  private static List<SubbandQuantizer[]> join(Stream<List<SubbandQuantizer[]>> parts) {
    return parts.flatMap(List::stream).toList();
  }
}
