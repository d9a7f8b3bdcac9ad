package dev.tutti.server.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.admission.Permit.Outcome;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.schedule.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class PermitTest {
  @Property
  void theFirstReleaseAloneCounts(@ForAll @NotEmpty List<Outcome> releases) {
    List<Outcome> heard = new ArrayList<>();
    Permit permit = new Permit(heard::add);
    assertTrue(permit.isOut());
    for (int i = 0; i < releases.size(); i++) {
      assertEquals(i == 0, permit.release(releases.get(i)));
      assertFalse(permit.isOut());
    }
    assertEquals(releases.subList(0, 1), heard);
  }

  @Test
  void ofThreadsThatRaceOneReleasesIt() throws Exception {
    try (Race race = new Race()) {
      for (int i = 0; i < 500; i++) {
        List<Outcome> heard = Collections.synchronizedList(new ArrayList<>());
        List<Outcome> first = Collections.synchronizedList(new ArrayList<>());
        Permit permit = new Permit(heard::add);
        List<Runnable> programs = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
          programs.add(
              () -> {
                if (permit.release(outcome)) {
                  first.add(outcome);
                }
              });
        }
        race.run(programs);
        assertEquals(1, heard.size());
        assertEquals(first, heard);
      }
    }
  }

  @Test
  void onlyWantOfRoomOrTimeIsASignOfLoad() {
    assertEquals(Outcome.SUCCEEDED, Outcome.of(null));
    assertEquals(Outcome.DROPPED, Outcome.of(new OverloadedException("full", Duration.ZERO)));
    assertEquals(Outcome.DROPPED, Outcome.of(new ExpiredException("late")));
    assertEquals(Outcome.IGNORED, Outcome.of(new CancellationException()));
    assertEquals(Outcome.IGNORED, Outcome.of(new InvalidInputException("input", "odd")));
  }
}
