package dev.tutti.server.config;

/** A setting is unknown or has a value that is not accepted. */
public final class InvalidSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidSettingException(String message) {
    super(message);
  }

  public InvalidSettingException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Refuses a value.
   *
   * @throws InvalidSettingException unless {@code accepted}
   */
  public static void check(boolean accepted, String key, Object value, String rule) {
    if (!accepted) {
      throw new InvalidSettingException(
          "Setting '" + key + "' is '" + value + "'; it must be " + rule + ".");
    }
  }
}
