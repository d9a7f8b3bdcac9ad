package dev.tutti.worker.device;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * Loads TensorFlow before it is needed: its library takes about a second of one core, in which
 * model files can be opened on another.
 */
public final class EarlyTensorFlow {
  private EarlyTensorFlow() {}

  /** Begins to load; whoever needs TensorFlow meanwhile waits for it. */
  public static void start(DeviceConfig device) {
    Thread thread = new Thread(() -> runOnce(device), "tensorflow");
    thread.setDaemon(true);
    thread.start();
  }

  /** A graph, a session and a run, so that what these load is there as well. */
  private static void runOnce(DeviceConfig device) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, device.sessionConfig())) {
      Ops tf = Ops.create(graph);
      session.runner().addTarget(tf.constant(0f).op()).run().close();
    }
  }
}
