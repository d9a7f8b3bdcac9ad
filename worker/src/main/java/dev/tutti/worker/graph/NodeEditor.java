package dev.tutti.worker.graph;

import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.KerasNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes single nodes of a model; what they read and who reads them follows. */
final class NodeEditor {
  private final List<KerasNode> nodes;

  NodeEditor(KerasModel model) {
    nodes = new ArrayList<>(model.nodes());
  }

  List<KerasNode> nodes() {
    return List.copyOf(nodes);
  }

  KerasModel model() {
    return new KerasModel(nodes);
  }

  /** The node that a node with one input reads. */
  Optional<KerasNode> before(KerasNode node) {
    return node.inputs().size() == 1 ? Optional.of(named(node.inputs().get(0))) : Optional.empty();
  }

  /** The one node that reads this one; none where several do, or the caller of the model does. */
  Optional<KerasNode> onlyReader(KerasNode node) {
    List<KerasNode> readers =
        nodes.stream().filter(other -> other.inputs().contains(node.name())).toList();
    boolean answer = nodes.get(nodes.size() - 1).name().equals(node.name());
    return readers.size() == 1 && !answer ? Optional.of(readers.get(0)) : Optional.empty();
  }

  /** Whether another node calls the same layer. */
  boolean sharesLayer(KerasNode node) {
    return nodes.stream().filter(other -> other.layer().equals(node.layer())).count() > 1;
  }

  void replaceLayer(String name, KerasLayer layer) {
    int at = nodes.indexOf(named(name));
    KerasNode old = nodes.get(at);
    nodes.set(at, new KerasNode(name, layer, old.inputs(), old.output()));
  }

  /** Takes a node of one input out; its readers read that input. */
  void remove(String name) {
    KerasNode node = named(name);
    nodes.remove(node);
    redirect(name, node.inputs().get(0));
  }

  /** Puts a layer that keeps its input's shape behind a node. */
  void insertAfter(String name, KerasLayer layer) {
    int at = nodes.indexOf(named(name));
    redirect(name, layer.name());
    nodes.add(at + 1, new KerasNode(layer.name(), layer, List.of(name), nodes.get(at).output()));
  }

  KerasNode named(String name) {
    Map<String, KerasNode> byName = new HashMap<>();
    nodes.forEach(node -> byName.put(node.name(), node));
    return byName.get(name);
  }

  private void redirect(String from, String to) {
    nodes.replaceAll(
        node ->
            new KerasNode(
                node.name(),
                node.layer(),
                node.inputs().stream().map(input -> input.equals(from) ? to : input).toList(),
                node.output()));
  }
}
