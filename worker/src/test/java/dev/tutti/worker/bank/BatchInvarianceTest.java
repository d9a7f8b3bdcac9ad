package dev.tutti.worker.bank;

import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.golden.SameBits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/** To the bit: a sample's answer depends on nothing but the sample. */
class BatchInvarianceTest {
  private record Fixture(ModelBank one, ModelBank two, List<ByteBuffer> rows, List<float[]> alone)
      implements Store.CloseOnReset {
    static Fixture load() {
      try {
        ModelBank one = SmallBank.load();
        List<ByteBuffer> rows = Golden.smallRows();
        List<float[]> alone = new ArrayList<>();
        for (ByteBuffer row : rows) {
          alone.add(one.infer(List.of(row)).probabilities());
        }
        return new Fixture(one, SmallBank.load(Golden.path("set65x30"), 2), rows, alone);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      one.close();
      two.close();
    }
  }

  @Property(tries = 150)
  void placeNeighboursBatchSizeAndThreadsDoNotMatter(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 7) Integer> picks,
      @ForAll boolean twoThreads) {
    Fixture f = Store.getOrCreate(Fixture.class, Lifespan.RUN, Fixture::load).get();
    List<ByteBuffer> batch = picks.stream().map(f.rows()::get).toList();
    float[] answer = (twoThreads ? f.two() : f.one()).infer(batch).probabilities();
    int families = answer.length / batch.size();
    for (int row = 0; row < batch.size(); row++) {
      float[] own = Arrays.copyOfRange(answer, row * families, (row + 1) * families);
      SameBits.check(f.alone().get(picks.get(row)), own, "row " + row + " of " + picks);
    }
  }
}
