package dev.tutti.worker.keras;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A group of an untrusted HDF5 file. Links of any kind are refused unopened. */
final class Hdf5Group {
  private final Group group;
  private final Place place;
  private final long fileLength;

  Hdf5Group(Group group, Place place, long fileLength) {
    this.group = group;
    this.place = place;
    this.fileLength = fileLength;
  }

  /** This group, with another place in its messages. */
  Hdf5Group at(Place better) {
    return new Hdf5Group(group, better, fileLength);
  }

  /** The group of this name. */
  Hdf5Group group(String name) throws ModelFileException {
    Optional<Hdf5Group> found = optionalGroup(name);
    if (found.isEmpty()) {
      throw place.broken("has no group '" + name + "'");
    }
    return found.get();
  }

  /** Whether something has this name. */
  boolean has(String name) throws ModelFileException {
    return child(name).isPresent();
  }

  /** The group of this name, if there is one. */
  Optional<Hdf5Group> optionalGroup(String name) throws ModelFileException {
    Optional<Node> child = child(name);
    if (child.isEmpty()) {
      return Optional.empty();
    }
    if (child.get() instanceof Group found) {
      return Optional.of(new Hdf5Group(found, place, fileLength));
    }
    throw place.broken("'" + name + "' is no group");
  }

  /** The data set at a path below this group, parts separated by slashes. */
  Hdf5Dataset dataset(String path, Place weight) throws ModelFileException {
    Hdf5Group parent = at(weight);
    String name = path;
    int slash = path.indexOf('/');
    while (slash >= 0) {
      Optional<Node> next = parent.child(name.substring(0, slash));
      if (next.isEmpty() || !(next.get() instanceof Group found)) {
        throw weight.broken("is missing");
      }
      parent = new Hdf5Group(found, weight, fileLength);
      name = name.substring(slash + 1);
      slash = name.indexOf('/');
    }
    Optional<Node> node = parent.child(name);
    if (node.isEmpty()) {
      throw weight.broken("is missing");
    }
    if (node.get() instanceof Dataset dataset) {
      return new Hdf5Dataset(dataset, weight, fileLength);
    }
    throw weight.broken("is no data set");
  }

  /**
   * A text attribute, fixed-length or variable-length; absent when the group has none of this name.
   */
  Optional<String> text(String name) throws ModelFileException {
    Optional<Object> value = attribute(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof String text) {
      return Optional.of(text);
    }
    throw place.attribute(name).broken("is no text");
  }

  /**
   * A list of texts. Keras cuts lists over 64 KB into attributes with numbers behind the name; an
   * empty list is stored as an empty array of numbers.
   */
  List<String> texts(String name) throws ModelFileException {
    Optional<Object> whole = attribute(name);
    if (whole.isPresent()) {
      return texts(name, whole.get());
    }
    List<String> all = new ArrayList<>();
    for (int part = 0; ; part++) {
      Optional<Object> chunk = attribute(name + part);
      if (chunk.isEmpty()) {
        if (part == 0) {
          throw place.attribute(name).broken("is missing");
        }
        return all;
      }
      all.addAll(texts(name + part, chunk.get()));
    }
  }

  private List<String> texts(String name, Object value) throws ModelFileException {
    if (value instanceof String[] texts) {
      return List.of(texts);
    }
    if (value instanceof double[] numbers && numbers.length == 0) {
      return List.of();
    }
    throw place.attribute(name).broken("is no list of texts");
  }

  private Optional<Object> attribute(String name) throws ModelFileException {
    Place at = place.attribute(name);
    Optional<Attribute> found =
        Hdf5File.guarded(at, () -> Optional.ofNullable(group.getAttribute(name)));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Attribute attribute = found.get();
    long bytes = Hdf5File.guarded(at, attribute::getSizeInBytes);
    if (bytes < 0 || bytes > fileLength) {
      throw at.broken("declares " + bytes + " bytes in a file of " + fileLength);
    }
    if (Hdf5File.guarded(at, attribute::isEmpty)) {
      return Optional.of(new double[0]);
    }
    return Optional.of(Hdf5File.guarded(at, attribute::getData));
  }

  private Optional<Node> child(String name) throws ModelFileException {
    Optional<Node> child =
        Hdf5File.guarded(place, () -> Optional.ofNullable(group.getChildren().get(name)));
    if (child.isPresent() && child.get().isLink()) {
      throw place.broken("'" + name + "' is a link; links are not followed");
    }
    return child;
  }
}
