package dev.tutti.worker.keras;

/**
 * What a file's weights may take altogether: its length. Names that share one data set cannot ask
 * for more than the file holds.
 */
final class StorageBudget {
  private long left;

  StorageBudget(long fileLength) {
    this.left = fileLength;
  }

  void spend(long bytes, Place weight) throws ModelFileException {
    left -= bytes;
    if (left < 0) {
      throw weight.broken("with the weights before it takes more bytes than the file has");
    }
  }
}
