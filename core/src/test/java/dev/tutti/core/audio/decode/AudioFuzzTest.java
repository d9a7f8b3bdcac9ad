package dev.tutti.core.audio.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.golden.GoldenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * minutes a format, or so many seconds as {@code -Dfuzz.seconds=} says. It also asks ffmpeg, where
 * that is installed, about what was read, and keeps in {@code target/audio-fuzz} what it takes for
 * something else.
 */
class AudioFuzzTest {
  private static final int MUTANTS = 1_500;
  private static final int COMPARED = 20;

  /** More than any seed has; a mutant that claims more is read no further. */
  private static final int MOST = 1 << 22;

  @ParameterizedTest
  @ValueSource(strings = {"wav", "aiff", "flac", "ogg", "mp3"})
  void mutantsAreReadOrRefused(String format) {
    List<byte[]> seeds = seeds(format);
    int read = 0;
    for (int i = 0; i < MUTANTS; i++) {
      read += isRead(new AudioMutator(seeds, i).next(), format + " " + i) ? 1 : 0;
    }
    assertTrue(read > 0 && read < MUTANTS, read + " of " + MUTANTS + " were read");
  }

  @Tag("soak")
  @ParameterizedTest
  @ValueSource(strings = {"wav", "aiff", "flac", "ogg", "mp3"})
  void mutantsAreReadOrRefusedForLong(String format) throws IOException {
    List<byte[]> seeds = seeds(format);
    Instant end = Instant.now().plus(Duration.ofSeconds(Long.getLong("fuzz.seconds", 600)));
    FfmpegJudge judge = new FfmpegJudge(Path.of("target", "audio-fuzz"));
    int read = 0;
    int i = MUTANTS;
    for (; Instant.now().isBefore(end); i++) {
      byte[] mutant = new AudioMutator(seeds, i).next();
      if (isRead(mutant, format + " " + i) && read++ % COMPARED == 0) {
        judge.compare(mutant, i + "." + format);
      }
    }
    System.out.printf("%s: %d mutants, %d read; %s%n", format, i - MUTANTS, read, judge);
    assertTrue(read > 0);
  }

  private static List<byte[]> seeds(String format) {
    return Stream.of("dialects", "audio", "flac", "wav", "mpeg")
        .flatMap(AudioFuzzTest::files)
        .filter(f -> f.toString().endsWith("." + format) || isAiffC(f, format))
        .sorted()
        .map(AudioFuzzTest::content)
        .toList();
  }

  private static boolean isAiffC(Path file, String format) {
    return format.equals("aiff") && file.toString().endsWith(".aifc");
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

  /** Whether a file is audio all through; anything but the one exception ends the test. */
  private static boolean isRead(byte[] file, String name) {
    Random random = new Random(file.length);
    float[] block = new float[4096];
    long samples = 0;
    try (AudioReader reader = AudioDecoder.open(ByteBuffer.wrap(file))) {
      int count = 0;
      while (count >= 0 && samples < MOST) {
        count = reader.read(block, 0, 1 + random.nextInt(block.length));
        samples += count;
      }
      return true;
    } catch (InvalidAudioException e) {
      assertTrue(e.getMessage().length() > 10, name + ": " + e.getMessage());
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(name + ": " + e, e);
    }
  }
}
