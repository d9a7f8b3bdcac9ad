package dev.tutti.client.cli;

import dev.tutti.client.BankInfo;
import dev.tutti.client.ClassifyResult;
import dev.tutti.client.TuttiClient;
import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioDecoder;
import dev.tutti.core.audio.InvalidAudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Classifies audio files, longer ones window by window. */
final class FileClassifier {
  /**
   * A rest shorter than this share of a window after the last whole one is no window of its own.
   */
  private static final double SMALLEST_REST = 0.25;

  private final TuttiClient client;
  private final BankInfo bank;

  FileClassifier(TuttiClient client, BankInfo bank) {
    this.client = client;
    this.bank = bank;
  }

  List<FileTags> classify(Path file) throws IOException {
    AudioClip clip = read(file);
    double window = (double) bank.windowSamples() / bank.sampleRate();
    int windowLength = (int) Math.round(window * clip.sampleRate());
    List<FileTags> answers = new ArrayList<>();
    for (int start = 0; start < clip.length(); start += windowLength) {
      int length = Math.min(windowLength, clip.length() - start);
      if (start > 0 && length < SMALLEST_REST * windowLength) {
        break;
      }
      ClassifyResult result =
          client.classify(
              AudioClip.of(
                  Arrays.copyOfRange(clip.samples(), start, start + length), clip.sampleRate()));
      double startSeconds = (double) start / clip.sampleRate();
      answers.add(
          new FileTags(
              file,
              clip.length() > windowLength,
              startSeconds,
              startSeconds + (double) length / clip.sampleRate(),
              result));
    }
    return answers;
  }

  private static AudioClip read(Path file) throws IOException {
    try {
      return AudioDecoder.decode(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (InvalidAudioException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
