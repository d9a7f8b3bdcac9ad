package dev.tutti.server.grpc.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.admission.Permit;
import dev.tutti.server.admission.Permit.Outcome;
import dev.tutti.server.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RequestBytesTest {
  private final SteppedTime time = new SteppedTime();
  private final InFlightBytes all = new InFlightBytes(100);
  private final RequestBytes bytes = new RequestBytes(all, 100, () -> 0);

  @Test
  void bytesCountUntilTheCallIsOverWhenNoWorkHoldsThem() {
    assertTrue(bytes.take(60));
    assertEquals(60, all.now());
    bytes.end();
    bytes.end();
    assertEquals(0, all.now());
  }

  @Test
  void bytesCountUntilTheLastWorkIsOverWhenTheCallerHasLeft() {
    bytes.take(60);
    Permit first = bytes.hold();
    Permit second = bytes.hold();
    bytes.end();
    assertFalse(new RequestBytes(all, 100, () -> 0).take(60), "there is room for another's");
    first.release(Outcome.SUCCEEDED);
    first.release(Outcome.SUCCEEDED);
    assertTrue(all.now() >= 60);
    second.release(Outcome.IGNORED);
    assertEquals(60, all.now(), "the other's alone are left");
  }

  @Test
  void workThatBeginsWhenAllIsOverHoldsNothing() {
    bytes.take(60);
    bytes.end();
    Permit late = bytes.hold();
    assertEquals(0, all.now());
    late.release(Outcome.SUCCEEDED);
    assertEquals(0, all.now());
  }

  @Test
  void whatIsAccountedForElsewhereCountsNoMore() {
    bytes.take(60);
    Permit work = bytes.hold();
    bytes.end();
    bytes.giveBack(20);
    assertEquals(40, all.now());
    work.release(Outcome.SUCCEEDED);
    assertEquals(0, all.now());
  }

  @Test
  void whatIsTakenWhenNoMoreComesInIsGivenBackInFull() {
    bytes.take(60);
    Permit work = bytes.hold();
    bytes.end();
    bytes.take(20);
    bytes.giveBack(20);
    assertEquals(60, all.now());
    work.release(Outcome.SUCCEEDED);
    assertEquals(0, all.now());
    bytes.take(20);
    bytes.giveBack(20);
    assertEquals(0, all.now());
  }

  @Test
  void aMessageThatComesByteByByteIsNoSignOfLife() {
    RequestBytes trickle = new RequestBytes(new InFlightBytes(1 << 20), 1 << 20, time::nanos);
    trickle.inboundWireSize(100);
    long began = time.nanos();
    for (int i = 0; i < 3; i++) {
      time.advance(Duration.ofSeconds(59));
      trickle.inboundWireSize(1);
    }
    assertEquals(began, trickle.silentSince(time.nanos()));
    trickle.inboundWireSize(RequestBytes.PROGRESS_BYTES);
    time.advance(Duration.ofSeconds(1));
    assertEquals(time.nanos() - Duration.ofSeconds(1).toNanos(), trickle.silentSince(time.nanos()));
  }

  @Test
  void eachMessageOfAStreamIsWaitedForAnew() {
    RequestBytes stream = new RequestBytes(new InFlightBytes(1 << 20), 1 << 20, time::nanos);
    stream.inboundWireSize(100);
    stream.inboundMessageRead(0, 100, 100);
    time.advance(Duration.ofSeconds(59));
    assertEquals(time.nanos(), stream.silentSince(time.nanos()), "none is due");
    stream.inboundWireSize(1);
    long began = time.nanos();
    time.advance(Duration.ofSeconds(59));
    assertEquals(began, stream.silentSince(time.nanos()));
  }

  /**
   * Whatever the order in which the call and its works end, nothing is given back early or twice.
   */
  @Property
  void inWhateverOrderEndsComeAllIsGivenBackAtTheLast(
      @ForAll @Size(max = 20) List<Integer> ends, @ForAll @Size(max = 5) List<Boolean> works) {
    InFlightBytes account = new InFlightBytes(100);
    RequestBytes request = new RequestBytes(account, 100, () -> 0);
    request.take(7);
    List<Runnable> holders = new ArrayList<>();
    holders.add(request::end);
    works.forEach(
        work -> {
          Permit permit = request.hold();
          holders.add(() -> permit.release(Outcome.SUCCEEDED));
        });
    List<Integer> ended = new ArrayList<>();
    for (int end : ends) {
      int which = Math.floorMod(end, holders.size());
      holders.get(which).run();
      ended.add(which);
      boolean all = ended.stream().distinct().count() == holders.size();
      assertEquals(all ? 0 : 7, account.now());
    }
    holders.forEach(Runnable::run);
    assertEquals(0, account.now());
  }
}
