package dev.tutti.worker.device;

/** The device that was asked for cannot be used here; the message says what is missing. */
public final class DeviceUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  public DeviceUnavailableException(String message) {
    super(message);
  }
}
