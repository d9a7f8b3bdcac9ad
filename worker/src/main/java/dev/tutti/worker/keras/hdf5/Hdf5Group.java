package dev.tutti.worker.keras.hdf5;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A group of an untrusted HDF5 file. Links of any kind are refused unopened. */
public final class Hdf5Group {
  private final Group group;
  private final Place place;
  private final long fileLength;

  Hdf5Group(Group group, Place place, long fileLength) {
    this.group = group;
    this.place = place;
    this.fileLength = fileLength;
  }

  /** This group, with another place in its messages. */
  public Hdf5Group at(Place better) {
    return new Hdf5Group(group, better, fileLength);
  }

  /** The group at a path below this one. */
  public Hdf5Group group(String path) throws ModelFileException {
    Optional<Hdf5Group> found = optionalGroup(path);
    if (found.isEmpty()) {
      throw place.broken("has no group '" + path + "'");
    }
    return found.get();
  }

  /** Whether something has this name. */
  public boolean has(String name) throws ModelFileException {
    return child(name).isPresent();
  }

  /**
   * The group at a path below this one, if there is one. As in HDF5 itself, a name with slashes is
   * a path, whoever gave it.
   */
  public Optional<Hdf5Group> optionalGroup(String path) throws ModelFileException {
    Optional<Node> node = node(path);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof Group found) {
      return Optional.of(new Hdf5Group(found, place, fileLength));
    }
    throw place.broken("'" + path + "' is not a group");
  }

  /** The data set at a path below this group. */
  public Hdf5Dataset dataset(String path, Place weight) throws ModelFileException {
    Optional<Node> node = at(weight).node(path);
    if (node.isEmpty()) {
      throw weight.broken("is missing");
    }
    if (node.get() instanceof Dataset dataset) {
      return new Hdf5Dataset(dataset, weight, fileLength);
    }
    throw weight.broken("is not a data set");
  }

  private Optional<Node> node(String path) throws ModelFileException {
    Optional<Node> node = Optional.of(group);
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty() && node.isPresent()) {
        node =
            node.get() instanceof Group parent
                ? new Hdf5Group(parent, place, fileLength).child(name)
                : Optional.empty();
      }
    }
    return node;
  }

  /** A text attribute; absent when the group has none of this name. */
  public Optional<String> text(String name) throws ModelFileException {
    Optional<List<String>> texts = attribute(name);
    if (texts.isPresent() && texts.get().size() != 1) {
      throw place.attribute(name).broken("is not text");
    }
    return texts.map(all -> all.get(0));
  }

  /**
   * A list of texts. Keras cuts lists over 64 KB into attributes with numbers behind the name; an
   * empty list is stored as an empty array of numbers.
   */
  public List<String> texts(String name) throws ModelFileException {
    Optional<List<String>> texts = optionalTexts(name);
    if (texts.isEmpty()) {
      throw place.attribute(name).broken("is missing");
    }
    return texts.get();
  }

  /** The same, absent when the group has none of this name. */
  public Optional<List<String>> optionalTexts(String name) throws ModelFileException {
    Optional<List<String>> whole = attribute(name);
    if (whole.isPresent()) {
      return whole;
    }
    List<String> all = new ArrayList<>();
    Optional<List<String>> chunk = attribute(name + 0);
    boolean cut = chunk.isPresent();
    for (int part = 1; chunk.isPresent(); part++) {
      all.addAll(chunk.get());
      chunk = attribute(name + part);
    }
    return cut ? Optional.of(all) : Optional.empty();
  }

  private Optional<List<String>> attribute(String name) throws ModelFileException {
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
      return Optional.of(List.of());
    }
    Hdf5Text reader = new Hdf5Text(group.getHdfFile().getHdfBackingStorage());
    Optional<List<String>> texts = Hdf5File.guarded(at, () -> reader.read(attribute));
    if (texts.isEmpty()) {
      throw at.broken("is not text");
    }
    return texts;
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
