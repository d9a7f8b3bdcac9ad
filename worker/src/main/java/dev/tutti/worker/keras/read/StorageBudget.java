package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;

/**
 * What a file's weights may take altogether: its length. Names that share one data set cannot ask
 * for more than the file holds.
 */
public final class StorageBudget {
  private long left;

  public StorageBudget(long fileLength) {
    this.left = fileLength;
  }

  public void spend(long bytes, Place weight) throws ModelFileException {
    left -= bytes;
    if (left < 0) {
      throw weight.broken("with the weights before it takes more bytes than the file has");
    }
  }
}
