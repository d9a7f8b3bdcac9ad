package dev.tutti.worker.grpc;

/** A batch was meant for another bank than the one served. */
final class WrongBankException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongBankException(String asked, String served) {
    super("the batch is meant for bank '%s'; this worker serves %s".formatted(asked, served));
  }
}
