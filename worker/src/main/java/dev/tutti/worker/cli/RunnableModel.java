package dev.tutti.worker.cli;

import dev.tutti.core.content.PackedFloats;
import dev.tutti.worker.bank.AnswerProbe;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.graph.PlainModel;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.read.KerasModelFile;
import dev.tutti.worker.savedmodel.SavedModelFile;
import dev.tutti.worker.savedmodel.SavedModelSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/** A model of any accepted kind that answers samples. For one caller at a time. */
interface RunnableModel extends AutoCloseable {
  /** The shape of one sample. */
  TensorShape input();

  /** The shape of one answer. */
  TensorShape output();

  /** The answers to whole samples, at most as many as a batch holds. */
  float[] run(float[] samples);

  @Override
  void close();

  /**
   * Opens a file and lets the model answer some probes.
   *
   * @param path a Keras model or a SavedModel's folder
   * @param batch the most samples of one run
   * @throws ModelFileException if it is broken or not supported, or answers NaN to a probe
   */
  static RunnableModel open(Path path, int batch) throws ModelFileException {
    DeviceConfig device = new DeviceConfig(1, 1, Optional.empty());
    RunnableModel model =
        SavedModelFile.isOne(path)
            ? OfTensorFlow.open(path, device)
            : OfKeras.open(path, batch, device);
    boolean sound = false;
    try {
      model.probe(Place.file(path));
      sound = true;
      return model;
    } finally {
      if (!sound) {
        model.close();
      }
    }
  }

  private void probe(Place file) throws ModelFileException {
    for (AnswerProbe probe : AnswerProbe.all(input())) {
      for (float answer : run(PackedFloats.unpack(probe.numbers()))) {
        if (Float.isNaN(answer)) {
          throw file.broken("the model answers NaN to " + probe.name());
        }
      }
    }
  }

  /** A model of layers. */
  record OfKeras(KerasModelFile file, PlainModel model) implements RunnableModel {
    static OfKeras open(Path path, int batch, DeviceConfig device) throws ModelFileException {
      KerasModelFile file = KerasModelFile.open(path);
      boolean loaded = false;
      try {
        PlainModel model = PlainModel.load(file.model(), file, batch, device.sessionConfig());
        loaded = true;
        return new OfKeras(file, model);
      } finally {
        if (!loaded) {
          file.close();
        }
      }
    }

    @Override
    public TensorShape input() {
      return file.model().input();
    }

    @Override
    public TensorShape output() {
      return file.model().output();
    }

    @Override
    public float[] run(float[] samples) {
      return model.run(samples);
    }

    @Override
    public void close() {
      model.close();
      file.close();
    }
  }

  /** A model that TensorFlow wrote; it answers one sample after another. */
  record OfTensorFlow(TensorShape input, SavedModelSession session) implements RunnableModel {
    static OfTensorFlow open(Path path, DeviceConfig device) throws ModelFileException {
      SavedModelFile file = SavedModelFile.open(path);
      return new OfTensorFlow(
          file.signature().sample(), SavedModelSession.load(file, device.sessionConfig()));
    }

    @Override
    public TensorShape output() {
      return TensorShape.of(1);
    }

    @Override
    public float[] run(float[] samples) {
      int width = Math.toIntExact(input.elements());
      float[] answers = new float[samples.length / width];
      for (int i = 0; i < answers.length; i++) {
        ByteBuffer row = ByteBuffer.allocate(width * Float.BYTES).order(ByteOrder.nativeOrder());
        row.asFloatBuffer().put(samples, i * width, width);
        answers[i] = session.answer(row);
      }
      return answers;
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
