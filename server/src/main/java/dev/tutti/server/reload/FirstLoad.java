package dev.tutti.server.reload;

import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.config.InvalidSettingException;
import dev.tutti.server.error.UnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what is served at first: the newest version that can be, and beside it those that have a
 * label.
 */
public final class FirstLoad {
  private static final Logger log = LoggerFactory.getLogger(FirstLoad.class);

  private final ModelsConfig config;
  private final ServedBanks banks;
  private final LoadedEditions editions;
  private final List<ModelVersion> versions;
  private final CompletableFuture<Bank> serving = new CompletableFuture<>();

  /**
   * Lists the versions.
   *
   * @throws InvalidSettingException for a label of a version that is not there
   */
  public FirstLoad(ModelsConfig config, ServedBanks banks, LoadedEditions editions)
      throws IOException {
    this.config = config;
    this.banks = banks;
    this.editions = editions;
    this.versions = new VersionFolder(config.path()).scan();
    config.labels().forEach(this::requireVersion);
  }

  /** Starts the workers. */
  public void start() {
    tryVersion(0);
    serving.thenRun(this::loadLabelled);
  }

  /**
   * Completes with the bank once a worker serves it, or fails with {@link UnavailableException}
   * when no version can be served.
   */
  public CompletableFuture<Bank> serving() {
    return serving;
  }

  private void tryVersion(int index) {
    ModelVersion version = versions.get(index);
    Attempt attempt = new Attempt(index);
    attempt.loaded = editions.add(version, attempt);
    banks.serve(attempt.loaded.edition(), true);
    attempt.loaded.edition().whenKnown().thenAccept(serving::complete);
    attempt.loaded.fleet().start();
  }

  private void loadLabelled() {
    for (ModelVersion version : versions) {
      boolean served = banks.all().stream().anyMatch(bank -> bank.version() == version.number());
      if (config.labels().containsValue(version.number()) && !served) {
        LoadedEdition loaded = editions.add(version, new Quiet());
        banks.serve(loaded.edition(), false);
        loaded.fleet().start();
      }
    }
  }

  private void requireVersion(String label, int number) {
    if (versions.stream().noneMatch(version -> version.number() == number)) {
      throw new InvalidSettingException(
          "Setting 'models.label."
              + label
              + "' is '"
              + number
              + "'; it must be a version in "
              + config.path()
              + ": "
              + versions.stream().map(v -> "" + v.number()).collect(Collectors.joining(", "))
              + ".");
    }
  }

  /** For workers whose supervisor and pool say all there is to say. */
  private static class Quiet implements EditionEvents {
    @Override
    public void onFit(String worker) {}

    @Override
    public void onUnfit(String worker, String reason) {}

    @Override
    public void onSetback(String worker, String reason) {}

    @Override
    public void onHopeless(UnavailableException reason) {}
  }

  /** Goes on to the next older version when no worker can load this one. */
  private final class Attempt extends Quiet {
    private final int index;
    private LoadedEdition loaded;

    Attempt(int index) {
      this.index = index;
    }

    @Override
    public void onHopeless(UnavailableException reason) {
      if (loaded.edition().bank().isPresent()) {
        return;
      }
      if (index + 1 == versions.size()) {
        serving.completeExceptionally(reason);
        return;
      }
      log.error(
          "{} cannot be served, the next older one is tried. {}",
          versions.get(index),
          reason.getMessage());
      banks.forget(loaded.edition());
      editions.remove(loaded);
      tryVersion(index + 1);
    }
  }
}
