package dev.tutti.core.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RadixSortTest {
  @Property(tries = 60)
  void itSortsAsTheLibraryDoes(
      @ForAll @IntRange(max = 9_000) int size, @ForAll long seed, @ForAll Kind kind) {
    Random random = new Random(seed);
    double[] values = new double[size];
    Arrays.setAll(values, i -> kind.draw(random));
    double[] expected = values.clone();
    Arrays.sort(expected);
    RadixSort.sort(values);
    assertArrayEquals(expected, values);
  }

  /** What is drawn. */
  enum Kind {
    PROBABILITIES,
    FEW,
    ONE,
    ALL_FINITE;

    double draw(Random random) {
      return switch (this) {
        case PROBABILITIES -> random.nextDouble();
        case FEW -> random.nextInt(5) / 4.0;
        case ONE -> 0.25;
        case ALL_FINITE -> {
          double any = Double.longBitsToDouble(random.nextLong());
          yield Double.isFinite(any) && any != 0 ? any : 1;
        }
      };
    }
  }
}
