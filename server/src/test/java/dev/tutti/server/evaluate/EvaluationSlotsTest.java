package dev.tutti.server.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.error.OverloadedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationSlotsTest {
  private final EvaluationSlots slots = new EvaluationSlots(2, 3);
  private final List<String> granted = new ArrayList<>();

  @Test
  void oneMoreThanTheLimitIsTurnedAway() {
    slots.enter("a");
    slots.enter("b");
    OverloadedException refusal = assertThrows(OverloadedException.class, () -> slots.enter("c"));
    assertEquals("2 evaluations run already; no more are accepted for now.", refusal.getMessage());
    assertEquals(Duration.ofSeconds(5), refusal.retryAfter());
  }

  @Test
  void aPlaceIsGivenBackOnceHoweverOftenItIsReleased() {
    EvaluationSlots.Slot first = slots.enter("a");
    slots.enter("a");
    first.leave();
    first.leave();
    slots.enter("a");
    assertThrows(OverloadedException.class, () -> slots.enter("a"));
  }

  @Test
  void whoRestsMakesRoomAndComesBackInLine() {
    EvaluationSlots.Slot first = slots.enter("a");
    EvaluationSlots.Slot second = slots.enter("b");
    first.rest();
    second.rest();
    EvaluationSlots.Slot third = slots.enter("c");
    EvaluationSlots.Slot fourth = slots.enter("d");
    first.resume(() -> granted.add("first"));
    second.resume(() -> granted.add("second"));
    assertFalse(first.works() || second.works());
    assertEquals(List.of(), granted);
    third.leave();
    assertEquals(List.of("first"), granted);
    assertTrue(first.works());
    fourth.rest();
    assertEquals(List.of("first", "second"), granted);
    assertThrows(OverloadedException.class, () -> slots.enter("e"));
  }

  @Test
  void whoWorksStillGoesOnAtOnce() {
    slots.enter("a").resume(() -> granted.add("on"));
    assertEquals(List.of("on"), granted);
  }

  @Test
  void whoLeavesTheLineIsPassedOver() {
    EvaluationSlots.Slot first = slots.enter("a");
    first.rest();
    EvaluationSlots.Slot second = slots.enter("b");
    slots.enter("c");
    first.resume(() -> granted.add("first"));
    first.leave();
    second.leave();
    assertEquals(List.of(), granted);
    slots.enter("d");
  }

  @Test
  void oneClientCannotOpenAnyNumber() {
    List<EvaluationSlots.Slot> own = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      own.add(slots.enter("a"));
      own.get(i).rest();
    }
    OverloadedException refusal = assertThrows(OverloadedException.class, () -> slots.enter("a"));
    assertTrue(refusal.getMessage().contains("evaluate.max-open-per-peer"), refusal.getMessage());
    slots.enter("b").leave();
    own.get(0).leave();
    slots.enter("a");
  }
}
