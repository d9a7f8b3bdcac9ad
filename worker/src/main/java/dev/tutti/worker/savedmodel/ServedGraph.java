package dev.tutti.worker.savedmodel;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * The part of a SavedModel that answers and the part that fills its variables, checked; the rest is
 * left out.
 *
 * @param definition for TensorFlow
 * @param operations that answer, those within functions included
 * @param parameters numbers in the variables and constants that answer
 */
record ServedGraph(GraphDef definition, int operations, long parameters) {
  private static final Set<String> VARIABLES = Set.of("VarHandleOp", "Variable", "VariableV2");

  /** What constants may take beyond the bytes of the file: one number can stand for many. */
  private static final long SPLAT_BYTES = 1L << 26;

  static ServedGraph cut(
      GraphDef graph, SavedModelSignature signature, Optional<RestoreStep> restore, Place place)
      throws ModelFileException {
    ReachablePart answering = ReachablePart.from(signature.output(), graph, place);
    checkAnswering(answering, signature, place);
    Set<String> nodes = new HashSet<>(answering.nodes().keySet());
    Map<String, FunctionDef> functions = new LinkedHashMap<>(answering.functions());
    if (restore.isPresent()) {
      ReachablePart restoring = ReachablePart.from(restore.get().target(), graph, place);
      restore.get().check(restoring, place);
      nodes.addAll(restoring.nodes().keySet());
      functions.putAll(restoring.functions());
    }
    GraphDef definition = definition(graph, nodes, functions);
    checkConstants(definition, graph.getSerializedSize() + SPLAT_BYTES, place);
    int operations = 0;
    long parameters = 0;
    for (List<NodeDef> body : bodies(answering.nodes().values(), answering.functions().values())) {
      operations += body.size();
      for (NodeDef node : body) {
        parameters += parameters(node, restore.isPresent(), place);
      }
    }
    return new ServedGraph(definition, operations, parameters);
  }

  private static void checkAnswering(ReachablePart part, SavedModelSignature signature, Place place)
      throws ModelFileException {
    String input = Nodes.nodeOf(signature.input());
    if (!part.nodes().containsKey(input)) {
      throw place.broken("answers without looking at its input '" + input + "'");
    }
    for (NodeDef node : part.nodes().values()) {
      if (node.getOp().equals("Placeholder") && !node.getName().equals(input)) {
        throw place.unsupported("needs the input '" + node.getName() + "' as well");
      }
    }
    for (List<NodeDef> body : bodies(part.nodes().values(), part.functions().values())) {
      for (NodeDef node : body) {
        if (!AllowedOperations.answers(node.getOp())
            && !part.functions().containsKey(node.getOp())) {
          throw place.unsupported(
              "uses the operation %s ('%s'); accepted: %s"
                  .formatted(node.getOp(), node.getName(), AllowedOperations.list()));
        }
      }
    }
  }

  private static GraphDef definition(
      GraphDef graph, Set<String> nodes, Map<String, FunctionDef> functions) {
    FunctionDefLibrary.Builder library = FunctionDefLibrary.newBuilder();
    for (FunctionDef function : functions.values()) {
      FunctionDef.Builder plain = function.toBuilder().clearNodeDef();
      function.getNodeDefList().forEach(node -> plain.addNodeDef(Nodes.unplaced(node)));
      library.addFunction(plain);
    }
    GraphDef.Builder definition =
        GraphDef.newBuilder().setVersions(graph.getVersions()).setLibrary(library);
    for (NodeDef node : graph.getNodeList()) {
      if (nodes.contains(node.getName())) {
        definition.addNode(Nodes.unplaced(node));
      }
    }
    return definition.build();
  }

  private static void checkConstants(GraphDef graph, long limit, Place place)
      throws ModelFileException {
    long bytes = 0;
    for (List<NodeDef> body : bodies(graph.getNodeList(), graph.getLibrary().getFunctionList())) {
      for (NodeDef node : body) {
        if (node.getOp().equals("Const")) {
          TensorProto value =
              node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
          Place at = new Place(place.description() + ": constant '" + node.getName() + "'");
          bytes += ElementSize.bytes(value.getDtype(), value.getTensorShape(), at);
          if (bytes > limit) {
            throw at.broken("declares far more than the file holds");
          }
        }
      }
    }
  }

  private static long parameters(NodeDef node, boolean restores, Place place)
      throws ModelFileException {
    Place at = new Place(place.description() + ": '" + node.getName() + "'");
    if (VARIABLES.contains(node.getOp())) {
      if (!restores) {
        throw at.broken("is a variable, and the model has no variables/ to fill it");
      }
      return ElementSize.elements(
          node.getAttrOrDefault("shape", AttrValue.getDefaultInstance()).getShape(), at);
    }
    TensorProto value = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
    boolean number = node.getOp().equals("Const") && value.getDtype() == DataType.DT_FLOAT;
    return number ? ElementSize.elements(value.getTensorShape(), at) : 0;
  }

  private static List<List<NodeDef>> bodies(
      Collection<NodeDef> nodes, Collection<FunctionDef> functions) {
    List<List<NodeDef>> bodies = new ArrayList<>();
    bodies.add(List.copyOf(nodes));
    functions.forEach(function -> bodies.add(function.getNodeDefList()));
    return bodies;
  }
}
