package dev.tutti.core.audio.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.golden.GoldenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that are nearly audio are read or refused with the one exception, in the memory of a block.
 * A decoder that hangs ends the build by its limit of time.
 *
 * <p>The long run: {@code mvn -Psoak -pl core -Dtest=AudioFuzzTest -Dtest.heap=128m test}, ten
 * minutes a format, or so many seconds as {@code -Dfuzz.seconds=} says. Where ffmpeg is installed,
 * everything that was read is compared with what ffmpeg reads (see {@link FfmpegJudge}), and a file
 * that it rightly takes for something else fails the test; it is kept in {@code target/audio-fuzz}.
 */
class AudioFuzzTest {
  private static final int MUTANTS = 1_500;

  /** More than any seed has; a mutant that claims more is read no further. */
  private static final int MOST = 1 << 22;

  /** Many files wait for ffmpeg at once. */
  private static final int MOST_JUDGED = 1 << 16;

  @ParameterizedTest
  @ValueSource(strings = {"wav", "aiff", "flac", "ogg", "mp3"})
  void mutantsAreReadOrRefused(String format) {
    List<byte[]> seeds = seeds(format);
    int read = 0;
    for (int i = 0; i < MUTANTS; i++) {
      read += samples(new AudioMutator(seeds, i).next(), format + " " + i) > 0 ? 1 : 0;
    }
    assertTrue(read > 0 && read < MUTANTS, read + " of " + MUTANTS + " were read");
  }

  @Tag("soak")
  @ParameterizedTest
  @ValueSource(strings = {"wav", "aiff", "flac", "ogg", "mp3"})
  void mutantsAreReadOrRefusedForLong(String format) throws IOException {
    List<byte[]> seeds = seeds(format);
    Instant end = Instant.now().plus(Duration.ofSeconds(Long.getLong("fuzz.seconds", 600)));
    boolean judged = Ffmpeg.isInstalled();
    FfmpegJudge judge = new FfmpegJudge(Path.of("target", "audio-fuzz"), format, seeds);
    int read = 0;
    long longest = 0;
    int i = MUTANTS;
    for (; Instant.now().isBefore(end); i++) {
      byte[] mutant = new AudioMutator(seeds, i).next();
      long start = System.nanoTime();
      long samples = samples(mutant, format + " " + i);
      longest = Math.max(longest, System.nanoTime() - start);
      read += samples > 0 ? 1 : 0;
      if (samples > 0 && samples <= MOST_JUDGED && judged) {
        judge.judge(mutant, AudioDecoder.decode(mutant));
      }
    }
    judge.finish();
    System.out.printf(
        "%s: %,d mutants, %,d read, the longest in %d ms; heap of at most %,d MB, peak %,d MB; %s%n",
        format,
        i - MUTANTS,
        read,
        longest / 1_000_000,
        Runtime.getRuntime().maxMemory() >> 20,
        peakHeap() >> 20,
        judged ? judge : "SKIPPED: ffmpeg is not installed");
    assertTrue(read > 0);
    assertEquals(List.of(), judge.faults());
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static List<byte[]> seeds(String format) {
    return Stream.of("dialects", "audio", "flac", "wav", "mpeg")
        .flatMap(AudioFuzzTest::files)
        .filter(f -> f.toString().matches(".*\\." + extensions(format)))
        .sorted()
        .map(AudioFuzzTest::content)
        .toList();
  }

  private static String extensions(String format) {
    return switch (format) {
      case "aiff" -> "aif[fc]";
      case "mp3" -> "mp[123]";
      default -> format;
    };
  }

  private static Stream<Path> files(String folder) {
    try (Stream<Path> files = Files.list(GoldenFiles.path(folder))) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many samples a file has; 0 where it is refused, in the one way that is right. */
  private static long samples(byte[] file, String name) {
    Random random = new Random(file.length);
    float[] block = new float[4096];
    long samples = 0;
    try (AudioReader reader = AudioDecoder.open(ByteBuffer.wrap(file))) {
      int count = 0;
      while (count >= 0 && samples < MOST) {
        samples += count;
        count = reader.read(block, 0, 1 + random.nextInt(block.length));
      }
      return samples;
    } catch (InvalidAudioException e) {
      assertTrue(e.getMessage().length() > 10, name + ": " + e.getMessage());
      return 0;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(name + ": " + e, e);
    }
  }
}
