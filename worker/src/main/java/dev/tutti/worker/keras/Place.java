package dev.tutti.worker.keras;

import java.nio.file.Path;

/** Where in a model file the reader is; the beginning of every error message. */
record Place(String description) {
  static Place file(Path file) {
    return new Place(file.toString());
  }

  Place layer(String name) {
    return new Place(description + ": layer '" + name + "'");
  }

  Place attribute(String name) {
    return new Place(description + ": attribute '" + name + "'");
  }

  Place weight(String name) {
    return new Place(description + ": weight '" + name + "'");
  }

  BrokenModelException broken(String problem) {
    return new BrokenModelException(description + ": " + problem);
  }

  BrokenModelException broken(String problem, Throwable cause) {
    return new BrokenModelException(description + ": " + problem, cause);
  }

  UnsupportedModelException unsupported(String problem) {
    return new UnsupportedModelException(description + ": " + problem);
  }

  UnsupportedModelException unsupported(String problem, Throwable cause) {
    return new UnsupportedModelException(description + ": " + problem, cause);
  }
}
