package dev.tutti.server.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.error.ExpiredException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PassTest {
  /** Near the clock's end, where it wraps around. */
  private static final long BASE = Long.MAX_VALUE - 5;

  @Property
  void whoeverJoinsInWhateverOrderTheOutcomeIsTheSame(
      @ForAll("passes") Pass a, @ForAll("passes") Pass b, @ForAll("passes") Pass c) {
    assertAlike(a.joinedBy(b), b.joinedBy(a));
    assertAlike(a.joinedBy(b).joinedBy(c), a.joinedBy(b.joinedBy(c)));
    assertAlike(a, a.joinedBy(a));
  }

  @Property
  void aJoinedPassCoversBothAndNoMore(@ForAll("passes") Pass a, @ForAll("passes") Pass b) {
    Pass joined = a.joinedBy(b);
    assertTrue(joined.covers(a) && joined.covers(b));
    assertEquals(a.covers(b), a.covers(joined));
    assertTrue(joined.lane() == a.lane() || joined.lane() == b.lane());
    assertTrue(joined.deadline() == a.deadline() || joined.deadline() == b.deadline());
  }

  @Property
  void allElseStaysThatOfWhoeverBegan(@ForAll("passes") Pass a, @ForAll("passes") Pass b) {
    Pass joined = a.joinedBy(b);
    assertEquals(a.caller(), joined.caller());
    assertEquals(a.requestId(), joined.requestId());
    assertSame(a.times(), joined.times());
    assertSame(a.load(), joined.load());
  }

  @Test
  void aDeadlinePassesAtItsMomentAlsoWhereTheClockWrapsAround() {
    Deadline deadline = Deadline.at(after(10));
    assertFalse(deadline.hasPassed(BASE));
    assertEquals(10, deadline.nanosLeft(BASE));
    assertTrue(deadline.hasPassed(after(10)));
    assertTrue(deadline.isAfter(Deadline.at(BASE)));
    assertFalse(Deadline.NONE.hasPassed(BASE));
    assertTrue(Deadline.NONE.isAfter(deadline));
    assertFalse(deadline.isAfter(Deadline.NONE));
  }

  @Test
  void onlyALaterDeadlineOutlastsWorkThatWasDroppedForOne() {
    ExpiredException passed = Deadline.at(10).passed();
    assertTrue(Deadline.at(11).outlasts(passed));
    assertTrue(Deadline.NONE.outlasts(passed));
    assertFalse(Deadline.at(10).outlasts(passed));
    assertFalse(Deadline.NONE.outlasts(new ExpiredException("It waited too long.")));
    assertFalse(Deadline.NONE.outlasts(new IllegalStateException()));
    assertFalse(Deadline.NONE.outlasts(null));
  }

  @Test
  void eachSampleOfARequestHasTimesOfItsOwn() {
    Pass call = TestPass.of(Lane.BATCH);
    Pass sample = call.ofOneSample();
    assertNotSame(call.times(), sample.times());
    assertEquals(call.requestId(), sample.requestId());
    sample.times().add(StageTimes.Stage.DSP, 12_345);
    sample.times().addMicros(StageTimes.Stage.DSP, 1);
    assertEquals(13, sample.times().micros(StageTimes.Stage.DSP));
    assertEquals("dsp=13us", sample.times().toString());
    assertEquals("", call.times().toString());
  }

  @Provide
  Arbitrary<Pass> passes() {
    Arbitrary<Deadline> deadlines =
        Arbitraries.integers()
            .between(-3, 10)
            .map(nanos -> nanos < 0 ? Deadline.NONE : Deadline.at(after(nanos)));
    return Combinators.combine(Arbitraries.of(Lane.values()), deadlines, Arbitraries.of("a", "b"))
        .as((lane, deadline, caller) -> Pass.of(lane, deadline, caller, "of " + caller));
  }

  private static long after(long nanos) {
    return BASE + nanos;
  }

  private static void assertAlike(Pass expected, Pass actual) {
    assertEquals(expected.lane(), actual.lane());
    assertEquals(expected.deadline().nanosLeft(BASE), actual.deadline().nanosLeft(BASE));
  }
}
