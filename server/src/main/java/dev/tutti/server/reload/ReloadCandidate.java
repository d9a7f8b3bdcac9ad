package dev.tutti.server.reload;

import dev.tutti.server.error.UnavailableException;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Finds what a reload would load: the newest version on disk, where there is memory for it. */
public final class ReloadCandidate {
  private final VersionFolder folder;
  private final MemoryCheck memory;
  private final Executor files;

  /**
   * @param files where slow access to files runs
   */
  public ReloadCandidate(ModelsConfig config, MemoryGauge memory, Executor files) {
    this.folder = new VersionFolder(config.path());
    this.memory = new MemoryCheck(memory, config.reloadMemory());
    this.files = files;
  }

  /**
   * Completes with the version; fails with {@link
   * dev.tutti.server.error.FailedPreconditionException} where there is not enough memory, and with
   * {@link UnavailableException} where the folder cannot be read.
   *
   * @param serving process ids of the workers that serve, beside which it has to fit
   */
  CompletableFuture<ModelVersion> find(Collection<Long> serving) {
    return CompletableFuture.supplyAsync(
        () -> {
          memory.require(serving);
          try {
            return folder.scan().get(0);
          } catch (IOException e) {
            throw new UnavailableException("The models on disk cannot be listed: " + e, e);
          }
        },
        files);
  }
}
