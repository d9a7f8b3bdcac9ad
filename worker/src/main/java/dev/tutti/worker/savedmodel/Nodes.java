package dev.tutti.worker.savedmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/** What the fields of a node mean. */
final class Nodes {
  /** Where and how to run, which the loader decides and not the file. */
  private static final Set<String> PLACEMENT = Set.of("_class", "config_proto", "executor_type");

  private Nodes() {}

  /** The node of {@code node}, {@code node:1} or {@code ^node}. */
  static String nodeOf(String input) {
    int from = input.startsWith("^") ? 1 : 0;
    int colon = input.indexOf(':');
    return colon < 0 ? input.substring(from) : input.substring(from, colon);
  }

  /** The functions that a node calls, among those that there are. */
  static List<String> calls(NodeDef node, Set<String> functions) {
    List<String> calls = new ArrayList<>();
    if (functions.contains(node.getOp())) {
      calls.add(node.getOp());
    }
    for (AttrValue value : node.getAttrMap().values()) {
      if (value.hasFunc()) {
        calls.add(value.getFunc().getName());
      }
      value.getList().getFuncList().forEach(function -> calls.add(function.getName()));
    }
    return calls;
  }

  /** The node for any device. */
  static NodeDef unplaced(NodeDef node) {
    NodeDef.Builder plain = node.toBuilder().clearDevice();
    for (Map.Entry<String, AttrValue> attribute : node.getAttrMap().entrySet()) {
      if (PLACEMENT.contains(attribute.getKey())) {
        plain.removeAttr(attribute.getKey());
      }
    }
    return plain.build();
  }
}
