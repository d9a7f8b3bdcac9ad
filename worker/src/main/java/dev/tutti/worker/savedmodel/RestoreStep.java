package dev.tutti.worker.savedmodel;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * How the variables are filled: the operation to run and the tensor that takes the checkpoint's
 * path.
 *
 * @param path the tensor to feed
 * @param target the operation to run
 */
record RestoreStep(String path, String target) {
  /**
   * Checks that variables are read from the path that is fed, and nothing else happens.
   *
   * @param part all that the target depends on
   */
  void check(ReachablePart part, Place place) throws ModelFileException {
    String source = Nodes.nodeOf(path);
    if (!part.nodes().containsKey(source)) {
      throw place.broken("restores without the path '" + path + "'");
    }
    for (NodeDef node : part.nodes().values()) {
      List<String> calls = Nodes.calls(node, part.functions().keySet());
      if (node.getOp().equals("RestoreV2")) {
        require(leadsTo(node, source, part), node, place);
      } else if (node.getOp().equals("Placeholder")) {
        require(node.getName().equals(source), node, place);
      } else if (calls.isEmpty()) {
        requireKnown(node, place);
      }
      for (String call : calls) {
        checkCall(node, part.functions().get(call), source, place);
      }
    }
    for (FunctionDef function : part.functions().values()) {
      checkBody(function, part, place);
    }
  }

  /** A function gets no text but the path. */
  private static void checkCall(NodeDef node, FunctionDef function, String source, Place place)
      throws ModelFileException {
    List<OpDef.ArgDef> arguments = function.getSignature().getInputArgList();
    require(arguments.size() <= node.getInputCount(), node, place);
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).getType() == DataType.DT_STRING) {
        require(Nodes.nodeOf(node.getInput(i)).equals(source), node, place);
      }
    }
  }

  private static void checkBody(FunctionDef function, ReachablePart part, Place place)
      throws ModelFileException {
    Set<String> texts = new HashSet<>();
    for (OpDef.ArgDef argument : function.getSignature().getInputArgList()) {
      if (argument.getType() == DataType.DT_STRING) {
        texts.add(argument.getName());
      }
    }
    for (NodeDef node : function.getNodeDefList()) {
      requireKnown(node, place);
      if (node.getOp().equals("RestoreV2")) {
        require(node.getInputCount() > 0 && texts.contains(node.getInput(0)), node, place);
      }
      require(Nodes.calls(node, part.functions().keySet()).isEmpty(), node, place);
    }
  }

  private static boolean leadsTo(NodeDef restore, String source, ReachablePart part) {
    NodeDef at = restore;
    for (int steps = 0; steps < 10 && at != null && at.getInputCount() > 0; steps++) {
      String input = Nodes.nodeOf(at.getInput(0));
      if (input.equals(source)) {
        return true;
      }
      at = part.nodes().get(input);
      if (at == null || !at.getOp().equals("Identity")) {
        return false;
      }
    }
    return false;
  }

  private static void requireKnown(NodeDef node, Place place) throws ModelFileException {
    if (!AllowedOperations.restores(node.getOp())) {
      throw place.unsupported(
          "fills its variables by the operation %s ('%s'), which is not allowed"
              .formatted(node.getOp(), node.getName()));
    }
  }

  private static void require(boolean fine, NodeDef node, Place place) throws ModelFileException {
    if (!fine) {
      throw place.unsupported(
          "'%s' (%s) may read other files than the model's own variables"
              .formatted(node.getName(), node.getOp()));
    }
  }
}
