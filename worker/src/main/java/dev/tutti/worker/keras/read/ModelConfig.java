package dev.tutti.worker.keras.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tutti.worker.keras.ModelFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of a model in an order in which they can run, those of models that stand for a layer
 * among them.
 */
final class ModelConfig {
  /** Models that call models that call models multiply; nobody writes so many layers. */
  private static final int MAX_CALLS = 10_000;

  /** Python writes NaN and infinities as JSON; where they matter, they are refused by name. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final List<LayerCall> calls = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private ModelConfig() {}

  /**
   * Reads a Sequential or a Functional model. The first call is the input layer, the last gives the
   * answer.
   *
   * @param json of the whole model
   * @param origin where it stands and who wrote it
   */
  static List<LayerCall> read(String json, Origin origin) throws ModelFileException {
    LayerConfig model = LayerConfig.model(parse(json, origin), origin);
    ModelConfig config = new ModelConfig();
    config.expand(model, "", "");
    return config.calls;
  }

  private static JsonNode parse(String json, Origin origin) throws ModelFileException {
    try {
      JsonNode model = JSON.readTree(json);
      if (model.isObject()) {
        return model;
      }
      throw origin.place().broken("is not a JSON object");
    } catch (JsonProcessingException e) {
      throw origin.place().broken("is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Adds the calls of a model.
   *
   * @param prefix of its nodes' names
   * @param input the node that it reads; empty for the outermost model
   * @return the node that gives its answer
   */
  private String expand(LayerConfig model, String prefix, String input) throws ModelFileException {
    List<LayerConfig> layers = model.layers();
    return model.kind().equals("Sequential")
        ? sequence(layers, prefix, input)
        : network(new Wiring(model, layers), prefix, input);
  }

  private String sequence(List<LayerConfig> layers, String prefix, String input)
      throws ModelFileException {
    String last = input;
    for (LayerConfig layer : layers) {
      if (layer.kind().equals("InputLayer")) {
        last = last.isEmpty() ? entry(layer, prefix + layer.name()) : last;
      } else {
        if (last.isEmpty()) {
          last = entry(layer, prefix + layer.name() + "_input");
        }
        last = call(layer, prefix + layer.name(), List.of(last));
      }
    }
    return last;
  }

  private String network(Wiring wiring, String prefix, String input) throws ModelFileException {
    Map<String, String> nodes = new LinkedHashMap<>();
    for (Wiring.Call call : wiring.inOrder()) {
      LayerConfig layer = call.layer();
      String name = prefix + call.name();
      if (layer.kind().equals("InputLayer")) {
        nodes.put(call.name(), input.isEmpty() ? entry(layer, name) : input);
      } else {
        List<String> inputs = call.inputs().stream().map(nodes::get).toList();
        nodes.put(call.name(), call(layer, name, inputs));
      }
    }
    return nodes.get(wiring.output());
  }

  private String entry(LayerConfig layer, String name) throws ModelFileException {
    add(new LayerCall(name, layer, List.of()));
    return name;
  }

  private String call(LayerConfig layer, String name, List<String> inputs)
      throws ModelFileException {
    if (layer.isModel()) {
      if (inputs.size() != 1) {
        throw layer.place().unsupported("a model with the inputs " + inputs + "; one is supported");
      }
      return expand(layer, name + "/", inputs.get(0));
    }
    add(new LayerCall(name, layer, inputs));
    Optional<LayerConfig> behind = ActivationReader.layerBehind(layer);
    return behind.isEmpty()
        ? name
        : call(behind.get(), name + "/" + behind.get().name(), List.of(name));
  }

  private void add(LayerCall call) throws ModelFileException {
    if (calls.size() == MAX_CALLS) {
      throw call.config().place().unsupported("the model has more than " + MAX_CALLS + " layers");
    }
    if (!names.add(call.name())) {
      throw call.config().place().broken("its name appears twice");
    }
    calls.add(call);
  }
}
