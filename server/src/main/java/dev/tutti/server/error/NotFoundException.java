package dev.tutti.server.error;

import java.util.Collection;

/** The request names something that does not exist here. */
public final class NotFoundException extends ServingException {
  private static final long serialVersionUID = 1L;

  /**
   * @param kind what was looked for, such as {@code data set}
   * @param name the name that was given
   * @param known the names that would have been found
   */
  public NotFoundException(String kind, String name, Collection<String> known) {
    super(
        "There is no "
            + kind
            + " named '"
            + name
            + "'; there "
            + (known.size() == 1 ? "is " : "are ")
            + (known.isEmpty() ? "none" : String.join(", ", known))
            + ".",
        null);
  }

  public NotFoundException(String message) {
    super(message, null);
  }
}
