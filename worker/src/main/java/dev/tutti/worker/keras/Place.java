package dev.tutti.worker.keras;

import java.nio.file.Path;

/** Where in a model file the reader is; the beginning of every error message. */
public record Place(String description) {
  /** A whole file. */
  public static Place file(Path file) {
    return new Place(file.toString());
  }

  /** A layer of it. */
  public Place layer(String name) {
    return new Place(description + ": layer '" + name + "'");
  }

  /** An attribute of it. */
  public Place attribute(String name) {
    return new Place(description + ": attribute '" + name + "'");
  }

  /** A weight of it. */
  public Place weight(String name) {
    return new Place(description + ": weight '" + name + "'");
  }

  /** The file is damaged here. */
  public BrokenModelException broken(String problem) {
    return new BrokenModelException(description + ": " + problem);
  }

  /** The file is damaged here, as something else found out. */
  public BrokenModelException broken(String problem, Throwable cause) {
    return new BrokenModelException(description + ": " + problem, cause);
  }

  /** What stands here is not known. */
  public UnsupportedModelException unsupported(String problem) {
    return new UnsupportedModelException(description + ": " + problem);
  }

  /** What stands here is not known to something else. */
  public UnsupportedModelException unsupported(String problem, Throwable cause) {
    return new UnsupportedModelException(description + ": " + problem, cause);
  }
}
