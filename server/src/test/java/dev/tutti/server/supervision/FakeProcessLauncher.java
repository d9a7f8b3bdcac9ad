package dev.tutti.server.supervision;

import dev.tutti.server.device.WorkerSlot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Launches fake processes, or refuses to. */
final class FakeProcessLauncher implements ProcessLauncher {
  final List<FakeWorkerProcess> launched = new ArrayList<>();
  final List<Integer> incarnations = new ArrayList<>();
  private String refusal;

  /** From now on no process can be started, for this reason. */
  void refuse(String reason) {
    refusal = reason;
  }

  FakeWorkerProcess last() {
    return launched.get(launched.size() - 1);
  }

  @Override
  public WorkerProcess launch(WorkerSlot slot, int incarnation) throws IOException {
    incarnations.add(incarnation);
    if (refusal != null) {
      throw new IOException(refusal);
    }
    launched.add(new FakeWorkerProcess(1000 + launched.size()));
    return last();
  }
}
