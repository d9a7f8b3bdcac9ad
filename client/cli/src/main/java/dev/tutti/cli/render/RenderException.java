package dev.tutti.cli.render;

import java.io.IOException;

/** Why notes cannot be rendered, in words for the user. */
public final class RenderException extends IOException {
  private static final long serialVersionUID = 1;

  public RenderException(String message) {
    super(message);
  }

  RenderException(String message, Throwable cause) {
    super(message, cause);
  }
}
