package dev.tutti.server.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tutti.server.error.OverloadedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EvaluationSlotsTest {
  private final EvaluationSlots slots = new EvaluationSlots(2);

  @Test
  void oneMoreThanTheLimitIsTurnedAway() {
    slots.acquire();
    slots.acquire();
    OverloadedException refusal = assertThrows(OverloadedException.class, slots::acquire);
    assertEquals("2 evaluations run already; no more are accepted for now.", refusal.getMessage());
    assertEquals(Duration.ofSeconds(5), refusal.retryAfter());
  }

  @Test
  void aPlaceIsGivenBackOnceHoweverOftenItIsReleased() {
    Runnable release = slots.acquire();
    slots.acquire();
    release.run();
    release.run();
    slots.acquire();
    assertThrows(OverloadedException.class, slots::acquire);
  }
}
