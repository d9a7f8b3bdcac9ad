package dev.tutti.server.reload;

import dev.tutti.server.supervision.WorkerFleet;
import dev.tutti.server.supervision.WorkerListener;

/** Makes the workers of one edition; none runs before the fleet is started. */
public interface FleetFactory {
  /** How many workers an edition gets. */
  int size();

  WorkerFleet create(ModelVersion version, WorkerListener listener);
}
