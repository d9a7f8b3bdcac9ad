package dev.tutti.core.audio.mpeg;

/**
 * The polyphase filter that makes 32 samples of one sample of each of 32 subbands (ISO/IEC 11172-3,
 * figure A.2). The matrixing there is a cosine transform of 32 points, of which the even and the
 * odd results need half the products each.
 */
final class SynthesisFilter {
  static final int SUBBANDS = 32;

  private static final int VECTOR = 2 * SUBBANDS;
  private static final int VECTORS = 16;
  private static final int HALF = SUBBANDS / 2;

  /** The first half of the window D of table 3-B.3, times 65,536; the second half mirrors it. */
  private static final int[] WINDOW_HALF = {
    0, -1, -1, -1, -1, -1, -1, -2, -2, -2, -2, -3, -3, -4, -4, -5,
    -5, -6, -7, -7, -8, -9, -10, -11, -13, -14, -16, -17, -19, -21, -24, -26,
    -29, -31, -35, -38, -41, -45, -49, -53, -58, -63, -68, -73, -79, -85, -91, -97,
    -104, -111, -117, -125, -132, -139, -147, -154, -161, -169, -176, -183, -190, -196, -202, -208,
    213, 218, 222, 225, 227, 228, 228, 227, 224, 221, 215, 208, 200, 189, 177, 163,
    146, 127, 106, 83, 57, 29, -2, -36, -72, -111, -153, -197, -244, -294, -347, -401,
    -459, -519, -581, -645, -711, -779, -848, -919, -991, -1064, -1137, -1210, -1283, -1356, -1428,
        -1498,
    -1567, -1634, -1698, -1759, -1817, -1870, -1919, -1962, -2001, -2032, -2057, -2075, -2085,
        -2087, -2080, -2063,
    2037, 2000, 1952, 1893, 1822, 1739, 1644, 1535, 1414, 1280, 1131, 970, 794, 605, 402, 185,
    -45, -288, -545, -814, -1095, -1388, -1692, -2006, -2330, -2663, -3004, -3351, -3705, -4063,
        -4425, -4788,
    -5153, -5517, -5879, -6237, -6589, -6935, -7271, -7597, -7910, -8209, -8491, -8755, -8998,
        -9219, -9416, -9585,
    -9727, -9838, -9916, -9959, -9966, -9935, -9863, -9750, -9592, -9389, -9139, -8840, -8492,
        -8092, -7640, -7134,
    6574, 5959, 5288, 4561, 3776, 2935, 2037, 1082, 70, -998, -2122, -3300, -4533, -5818, -7154,
        -8540,
    -9975, -11455, -12980, -14548, -16155, -17799, -19478, -21189, -22929, -24694, -26482, -28289,
        -30112, -31947, -33791, -35640,
    -37489, -39336, -41176, -43006, -44821, -46617, -48390, -50137, -51853, -53534, -55178, -56778,
        -58333, -59838, -61289, -62684,
    -64019, -65290, -66494, -67629, -68692, -69679, -70590, -71420, -72169, -72835, -73415, -73908,
        -74313, -74630, -74856, -74992,
    75038, 74992, 74856, 74630, 74313, 73908, 73415, 72835, 72169, 71420, 70590, 69679, 68692,
        67629, 66494, 65290
  };

  private static final float[] WINDOW = window();
  private static final float[][] COSINES = cosines();

  /** The last vectors V, the newest at {@link #newest}. */
  private final float[] vectors = new float[VECTORS * VECTOR];

  private final float[] transformed = new float[SUBBANDS];
  private final float[] sums = new float[HALF];
  private final float[] differences = new float[HALF];
  private int newest;

  /** Full scale is -1..1 on both sides. */
  void synthesize(float[] subbands, float[] samples, int offset) {
    newest = (newest + VECTORS - 1) % VECTORS;
    transform(subbands);
    spread(newest * VECTOR);
    for (int j = 0; j < SUBBANDS; j++) {
      float sum = 0;
      for (int i = 0; i < VECTORS; i += 2) {
        int even = (newest + i) % VECTORS * VECTOR;
        int odd = (newest + i + 1) % VECTORS * VECTOR;
        sum += vectors[even + j] * WINDOW[i * SUBBANDS + j];
        sum += vectors[odd + SUBBANDS + j] * WINDOW[(i + 1) * SUBBANDS + j];
      }
      samples[offset + j] = sum;
    }
  }

  private void transform(float[] subbands) {
    for (int k = 0; k < HALF; k++) {
      sums[k] = subbands[k] + subbands[SUBBANDS - 1 - k];
      differences[k] = subbands[k] - subbands[SUBBANDS - 1 - k];
    }
    for (int j = 0; j < SUBBANDS; j++) {
      float[] half = (j & 1) == 0 ? sums : differences;
      float[] row = COSINES[j];
      float sum = 0;
      for (int k = 0; k < HALF; k++) {
        sum += half[k] * row[k];
      }
      transformed[j] = sum;
    }
  }

  /** V[i] is the transform at 16 + i, which beyond 31 repeats itself up to the sign. */
  private void spread(int start) {
    for (int i = 0; i < HALF; i++) {
      vectors[start + i] = transformed[HALF + i];
    }
    vectors[start + HALF] = 0;
    for (int i = HALF + 1; i < VECTOR; i++) {
      vectors[start + i] = -transformed[Math.abs(i - 3 * HALF)];
    }
  }

  private static float[] window() {
    float[] window = new float[VECTORS * SUBBANDS];
    for (int i = 0; i < WINDOW_HALF.length; i++) {
      float value = WINDOW_HALF[i] / 65_536f;
      window[i] = value;
      if (i > 0) {
        window[window.length - i] = i % VECTOR == 0 ? value : -value;
      }
    }
    return window;
  }

  private static float[][] cosines() {
    float[][] cosines = new float[SUBBANDS][HALF];
    for (int j = 0; j < SUBBANDS; j++) {
      for (int k = 0; k < HALF; k++) {
        cosines[j][k] = (float) Math.cos(j * (2 * k + 1) * Math.PI / VECTOR);
      }
    }
    return cosines;
  }
}
