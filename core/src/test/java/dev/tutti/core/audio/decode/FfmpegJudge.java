package dev.tutti.core.audio.decode;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.container.AudioTags;
import dev.tutti.core.audio.mp3.MpegFiles;
import dev.tutti.core.audio.mp3.SoundFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what we read, length and samples, with what ffmpeg makes of the same files. Where the
 * two differ, ffmpeg is asked once more about the file without the tags that we pass over, as it
 * knows fewer and loses frames beside others; then the difference must be a {@link
 * KnownDifference}, or libvorbis agree with us.
 */
final class FfmpegJudge {
  /** Files a process at most; fewer while there are many that make it fail. */
  private static final int MOST = 32;

  private final Ffmpeg ffmpeg;
  private final Libvorbis libvorbis;
  private final Path folder;
  private final String format;
  private final SoundFrames sound;
  private final List<Difference> waiting = new ArrayList<>();
  private final Map<KnownDifference, Integer> known = new EnumMap<>(KnownDifference.class);
  private final List<String> unknown = new ArrayList<>();
  private int batch = MOST;
  private int judged;
  private int agreed;
  private int agreedWithoutTags;
  private int agreedWithLibvorbis;

  /**
   * @param folder for files that the two read differently
   * @param seeds the good files that those are made of
   */
  FfmpegJudge(Path folder, String format, List<byte[]> seeds) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.ffmpeg = new Ffmpeg(folder.resolve(format));
    this.libvorbis = new Libvorbis(folder.resolve(format));
    this.format = format;
    this.sound = new SoundFrames(format.equals("mp3") ? seeds : List.of());
  }

  /** Judges a file now or with later ones. */
  void judge(byte[] file, AudioClip ours) throws IOException {
    waiting.add(new Difference(ByteBuffer.wrap(file), format, ours, Optional.empty()));
    if (waiting.size() >= batch) {
      finish();
    }
  }

  /** Judges those that wait. */
  void finish() throws IOException {
    List<byte[]> files = waiting.stream().map(waits -> waits.file().array()).toList();
    List<Ffmpeg.Decoded> decoded = files.isEmpty() ? List.of() : ffmpeg.decode(files, format);
    batch = decoded.isEmpty() ? Math.max(1, batch / 2) : Math.min(MOST, batch + 1);
    for (int i = 0; i < files.size(); i++) {
      Difference alone = waiting.get(i);
      boolean same = !decoded.isEmpty() && with(alone, Optional.of(decoded.get(i))).isNone();
      judged++;
      if (same) {
        agreed++;
      } else {
        judgeAlone(alone);
      }
    }
    waiting.clear();
  }

  /** How the files differ that differ as none should. */
  List<String> faults() {
    return unknown;
  }

  private void judgeAlone(Difference file) throws IOException {
    Difference whole = with(file, decode(file.file().array()));
    if (whole.isNone()) {
      agreed++;
      return;
    }
    Difference bare = with(file, decode(bare(file.file().array())));
    if (bare.isNone()) {
      agreedWithoutTags++;
      return;
    }
    Difference shown = bare.theirs().isPresent() ? bare : whole;
    Optional<KnownDifference> reason = KnownDifference.of(shown, sound);
    if (reason.isPresent()) {
      known.merge(reason.get(), 1, Integer::sum);
    } else if (format.equals("ogg") && with(file, libvorbis.decode(file.file().array())).isNone()) {
      agreedWithLibvorbis++;
    } else {
      Path kept = folder.resolve("%d.%s".formatted(judged, format));
      Files.write(kept, file.file().array());
      unknown.add(kept + ": " + shown);
    }
  }

  private Optional<Ffmpeg.Decoded> decode(byte[] file) throws IOException {
    return ffmpeg.decode(List.of(file), format).stream().findFirst();
  }

  private static Difference with(Difference file, Optional<Ffmpeg.Decoded> theirs) {
    return new Difference(file.file(), file.format(), file.ours(), theirs);
  }

  /** A file without what stands in front; of MPEG audio, all frames and nothing else. */
  private byte[] bare(byte[] file) {
    ByteBuffer all = ByteBuffer.wrap(file);
    ByteBuffer audio = all.position(AudioTags.start(all)).slice();
    return format.equals("mp3")
        ? MpegFiles.withoutRest(audio.limit(AudioTags.end(audio, 0)))
        : Arrays.copyOfRange(file, all.position(), file.length);
  }

  @Override
  public String toString() {
    return ("%,d judged by ffmpeg: %,d agree, %,d without their tags, %,d with libvorbis against"
            + " ffmpeg, known differences %s, %d faults")
        .formatted(judged, agreed, agreedWithoutTags, agreedWithLibvorbis, known, unknown.size());
  }
}
