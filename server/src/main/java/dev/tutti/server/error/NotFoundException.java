package dev.tutti.server.error;

import java.util.Collection;

/** The request names something that does not exist here. */
public final class NotFoundException extends ServingException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String name;

  /**
   * @param kind what was looked for, such as {@code data set}
   * @param name the name that was given
   * @param known the names that would have been found
   */
  public NotFoundException(String kind, String name, Collection<String> known) {
    this(
        kind,
        name,
        "There is no "
            + kind
            + " named "
            + ClientText.quote(name)
            + "; there "
            + (known.size() == 1 ? "is " : "are ")
            + (known.isEmpty() ? "none" : String.join(", ", known))
            + ".");
  }

  /**
   * @param message says so in full
   */
  public NotFoundException(String kind, String name, String message) {
    super(message, null);
    this.kind = kind;
    this.name = ClientText.printable(name, ClientText.MAX_NAME);
  }

  /** What was looked for. */
  public String kind() {
    return kind;
  }

  /** The name that was given, printable and cut where it is long. */
  public String name() {
    return name;
  }
}
