package dev.tutti.server.grpc.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.admission.Permit;
import dev.tutti.server.admission.Permit.Outcome;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RequestBytesTest {
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
