package dev.tutti.server.error;

/** A sample could not be classified, and the evaluation ends with it. */
public final class SampleFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sample;

  public SampleFailedException(long index, String id, Throwable cause) {
    super(cause.getMessage(), cause);
    this.sample = "sample " + index + (id.isEmpty() ? "" : " (" + ClientText.quote(id) + ")");
  }

  /** Names the sample. */
  public String sample() {
    return sample;
  }
}
