package dev.tutti.cli.classify;

import dev.tutti.client.BankInfo;
import dev.tutti.client.ClassifyResult;
import dev.tutti.client.TuttiClient;
import dev.tutti.client.TuttiException;
import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import dev.tutti.core.file.InputPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Classifies audio files, longer ones window by window as they are read, a few windows at once.
 * Answers come in the order of the windows, each as soon as it is there.
 */
public final class FileClassifier implements AutoCloseable {
  /** Windows under way at once: enough to keep a worker busy while the next is read. */
  public static final int WINDOWS_IN_FLIGHT = 4;

  /** Where answers go. */
  @FunctionalInterface
  public interface Sink {
    void accept(FileTags tags) throws IOException;
  }

  private final TuttiClient client;
  private final BankInfo bank;
  private final ExecutorService calls;

  /** Classifies with the bank that the client is answered by. */
  public FileClassifier(TuttiClient client, BankInfo bank) {
    this.client = client;
    this.bank = bank;
    this.calls =
        new ThreadPoolExecutor(
            WINDOWS_IN_FLIGHT,
            WINDOWS_IN_FLIGHT,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WINDOWS_IN_FLIGHT),
            work -> {
              Thread thread = new Thread(work, "classify");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** A window that was sent. */
  private record Sent(Window window, Future<ClassifyResult> answer) {}

  /**
   * Classifies a file; where it turns out to be broken, what was whole before has been answered.
   *
   * @throws IOException where it cannot be read or decoded
   * @throws TuttiException where the server refuses a window
   */
  public void classify(Path file, Sink answers) throws IOException, InterruptedException {
    InputPath.checkFile(file);
    double seconds = (double) bank.windowSamples() / bank.sampleRate();
    Deque<Sent> underWay = new ArrayDeque<>();
    try (AudioReader reader = AudioDecoder.open(file)) {
      try {
        WindowReader windows = new WindowReader(reader, seconds);
        Optional<Window> window = windows.next();
        while (window.isPresent()) {
          if (underWay.size() == WINDOWS_IN_FLIGHT) {
            answers.accept(first(file, underWay, seconds));
          }
          underWay.add(send(window.get()));
          window = windows.next();
        }
      } catch (InvalidAudioException e) {
        drain(file, underWay, seconds, answers);
        throw new IOException(e.getMessage(), e);
      }
      drain(file, underWay, seconds, answers);
    } catch (InvalidAudioException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      underWay.forEach(sent -> sent.answer.cancel(true));
    }
  }

  private Sent send(Window window) {
    return new Sent(window, calls.submit(() -> client.classify(window.clip())));
  }

  private void drain(Path file, Deque<Sent> underWay, double seconds, Sink answers)
      throws IOException, InterruptedException {
    while (!underWay.isEmpty()) {
      answers.accept(first(file, underWay, seconds));
    }
  }

  private static FileTags first(Path file, Deque<Sent> underWay, double seconds)
      throws InterruptedException {
    Sent sent = underWay.remove();
    try {
      return new FileTags(file, sent.window, seconds, sent.answer.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    calls.shutdownNow();
  }
}
