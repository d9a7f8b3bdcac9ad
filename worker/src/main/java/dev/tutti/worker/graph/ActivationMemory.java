package dev.tutti.worker.graph;

import dev.tutti.worker.graph.SharedNodes.Computation;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Estimates what the values of a {@link FusedGraph} take while it runs. Models run one after
 * another, so it is the largest sum of values alive at a time in one model, with those of earlier
 * models that later ones read. A value lives from its node to the last one that reads it; beside
 * the result of a node lies another of its size, for its bias, its activation, or the layout that
 * the kernel wants.
 */
public final class ActivationMemory {
  private final SharedNodes computations = new SharedNodes();
  private final Set<Computation> known = new HashSet<>();
  private final Map<Computation, Long> kept = new HashMap<>();
  private long largest;

  private ActivationMemory() {}

  /**
   * Bytes a sample, in float32; fewer in bfloat16.
   *
   * @throws ModelFileException if a weight cannot be read that decides whether models share it
   */
  public static long bytesPerSample(Collection<WeightedModel> models) throws ModelFileException {
    ActivationMemory memory = new ActivationMemory();
    for (WeightedModel model : models) {
      memory.add(model);
    }
    return memory.largest + memory.kept.values().stream().mapToLong(Long::longValue).sum();
  }

  private void add(WeightedModel model) throws ModelFileException {
    Map<String, Computation> own = new HashMap<>();
    List<KerasNode> computed = new ArrayList<>();
    for (KerasNode node : model.model().nodes()) {
      List<Computation> inputs = node.inputs().stream().map(own::get).toList();
      Computation computation = computations.of(node.layer(), model.reader(), inputs);
      own.put(node.name(), computation);
      if (!known.contains(computation)) {
        computed.add(node);
      }
    }
    Set<String> fresh = new HashSet<>();
    computed.forEach(node -> fresh.add(node.name()));
    for (KerasNode node : model.model().nodes()) {
      if (!fresh.contains(node.name()) && isRead(node, computed)) {
        kept.put(own.get(node.name()), bytes(node));
      }
    }
    largest = Math.max(largest, peak(computed));
    known.addAll(own.values());
  }

  /** The largest sum of values alive at a time; each is computed in this order. */
  private static long peak(List<KerasNode> nodes) {
    long peak = 0;
    for (int at = 0; at < nodes.size(); at++) {
      long alive = 2 * bytes(nodes.get(at));
      for (KerasNode before : nodes.subList(0, at)) {
        if (isRead(before, nodes.subList(at, nodes.size()))) {
          alive += bytes(before);
        }
      }
      peak = Math.max(peak, alive);
    }
    return peak;
  }

  private static boolean isRead(KerasNode node, List<KerasNode> later) {
    return later.stream().anyMatch(reader -> reader.inputs().contains(node.name()));
  }

  private static long bytes(KerasNode node) {
    return node.output().elements() * Float.BYTES;
  }
}
