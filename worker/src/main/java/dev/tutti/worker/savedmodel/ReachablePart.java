package dev.tutti.worker.savedmodel;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The nodes and functions that one node of a graph depends on, by name. Functions that a function
 * calls belong to it.
 */
final class ReachablePart {
  /** As many as an inlined graph may have. */
  private static final long MAX_NODES = 100_000;

  private final Map<String, NodeDef> all = new HashMap<>();
  private final Map<String, FunctionDef> library = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private final Place place;
  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();

  private ReachablePart(GraphDef graph, Place place) throws ModelFileException {
    this.place = place;
    for (NodeDef node : graph.getNodeList()) {
      if (all.put(node.getName(), node) != null) {
        throw place.broken("has two nodes of the name '" + node.getName() + "'");
      }
    }
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      String name = function.getSignature().getName();
      if (AllowedOperations.answers(name) || AllowedOperations.restores(name)) {
        throw place.unsupported("has a function with the name of the operation '" + name + "'");
      }
      if (library.put(name, function) != null) {
        throw place.broken("has two functions of the name '" + name + "'");
      }
    }
  }

  /**
   * Walks from a node against the edges.
   *
   * @throws ModelFileException if something that is named does not exist, a function calls itself,
   *     or the whole would be too large
   */
  static ReachablePart from(String root, GraphDef graph, Place place) throws ModelFileException {
    ReachablePart part = new ReachablePart(graph, place);
    Deque<String> left = new ArrayDeque<>();
    left.add(Nodes.nodeOf(root));
    long size = 0;
    while (!left.isEmpty()) {
      String name = left.remove();
      if (!part.nodes.containsKey(name)) {
        NodeDef node = part.all.get(name);
        if (node == null) {
          throw place.broken("has no node '" + name + "'");
        }
        part.nodes.put(name, node);
        size = part.plus(size, part.size(node));
        node.getInputList().forEach(input -> left.add(Nodes.nodeOf(input)));
      }
    }
    return part;
  }

  Map<String, NodeDef> nodes() {
    return nodes;
  }

  Map<String, FunctionDef> functions() {
    return functions;
  }

  private long size(NodeDef node) throws ModelFileException {
    long size = 1;
    for (String call : Nodes.calls(node, library.keySet())) {
      size = plus(size, size(call));
    }
    return size;
  }

  /** Nodes of a function with all that it calls in place. */
  private long size(String name) throws ModelFileException {
    Long known = sizes.get(name);
    if (known != null && known > 0) {
      return known;
    }
    FunctionDef function = library.get(name);
    if (function == null) {
      throw place.broken("has no function '" + name + "'");
    }
    if (known != null || sizes.size() > 1000) {
      throw place.unsupported("has functions that call themselves, or more than 1000");
    }
    sizes.put(name, 0L);
    long size = 1;
    for (NodeDef node : function.getNodeDefList()) {
      size = plus(size, size(node));
    }
    sizes.put(name, size);
    functions.put(name, function);
    return size;
  }

  private long plus(long size, long more) throws ModelFileException {
    if (size + more > MAX_NODES) {
      throw place.unsupported("has more than " + MAX_NODES + " operations");
    }
    return size + more;
  }
}
