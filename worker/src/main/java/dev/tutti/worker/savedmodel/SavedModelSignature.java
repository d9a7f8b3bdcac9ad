package dev.tutti.worker.savedmodel;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.layer.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * How a SavedModel is called: one float32 tensor [N, bins, frames, 1] in, one [N, 1] out.
 *
 * @param name of the signature
 * @param input the tensor to feed, {@code node:0}
 * @param output the tensor to fetch, {@code node:0}
 * @param sample [bins, frames, 1], the shape of one sample
 */
public record SavedModelSignature(String name, String input, String output, TensorShape sample) {
  private static final String USUAL = "serving_default";

  /** An entry that some writers make for their own loader. */
  private static final String INIT = "__saved_model_init_op";

  private static final int LARGEST = 1 << 20;

  /** Takes {@value #USUAL}, or the only one. */
  static SavedModelSignature read(Map<String, SignatureDef> all, Place file)
      throws ModelFileException {
    Map<String, SignatureDef> signatures = new TreeMap<>(all);
    signatures.remove(INIT);
    if (signatures.isEmpty()) {
      throw file.unsupported("has no signature; a family model has " + USUAL);
    }
    if (signatures.size() > 1 && !signatures.containsKey(USUAL)) {
      throw file.unsupported(
          "has the signatures %s; one must be %s".formatted(signatures.keySet(), USUAL));
    }
    String name = signatures.containsKey(USUAL) ? USUAL : signatures.keySet().iterator().next();
    Place place = new Place(file.description() + ": signature '" + name + "'");
    SignatureDef signature = signatures.get(name);
    TensorInfo input = only(signature.getInputsMap(), "input", place);
    TensorInfo output = only(signature.getOutputsMap(), "output", place);
    List<Long> in = sizes(input);
    if (in.size() != 4
        || !anyBatch(in)
        || !sound(in.get(1))
        || !sound(in.get(2))
        || in.get(3) != 1) {
      throw place.unsupported("takes %s; accepted: [N, bins, frames, 1]".formatted(text(input)));
    }
    List<Long> out = sizes(output);
    if (out.size() != 2 || !anyBatch(out) || out.get(1) != 1) {
      throw place.unsupported("answers %s; accepted: [N, 1]".formatted(text(output)));
    }
    return new SavedModelSignature(
        name,
        input.getName(),
        output.getName(),
        TensorShape.of(in.get(1).intValue(), in.get(2).intValue(), 1));
  }

  private static TensorInfo only(Map<String, TensorInfo> tensors, String what, Place place)
      throws ModelFileException {
    if (tensors.size() != 1) {
      throw place.unsupported("has %d %ss; a family model has one".formatted(tensors.size(), what));
    }
    Map.Entry<String, TensorInfo> entry = tensors.entrySet().iterator().next();
    if (entry.getValue().getDtype() != DataType.DT_FLOAT) {
      throw place.unsupported(
          "has the %s '%s' of %s; accepted: DT_FLOAT"
              .formatted(what, entry.getKey(), entry.getValue().getDtype()));
    }
    return entry.getValue();
  }

  /** Empty where not even the rank is known. */
  private static List<Long> sizes(TensorInfo tensor) {
    return tensor.getTensorShape().getDimList().stream()
        .map(TensorShapeProto.Dim::getSize)
        .toList();
  }

  /** Samples are given one at a time. */
  private static boolean anyBatch(List<Long> shape) {
    return shape.get(0) == -1 || shape.get(0) == 1;
  }

  private static boolean sound(long size) {
    return size >= 1 && size <= LARGEST;
  }

  private static String text(TensorInfo tensor) {
    List<String> sizes = new ArrayList<>();
    for (long size : sizes(tensor)) {
      sizes.add(size < 0 ? "?" : Long.toString(size));
    }
    return tensor.getTensorShape().getUnknownRank() ? "any shape" : sizes.toString();
  }
}
