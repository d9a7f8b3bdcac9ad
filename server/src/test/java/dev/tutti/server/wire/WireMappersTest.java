package dev.tutti.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireMappersTest {
  @ParameterizedTest
  @EnumSource
  void everyFamilyKeepsItsNameOnTheWireAndComesBack(InstrumentFamily family) {
    var wire = InstrumentMapper.toProto(family);
    assertEquals("INSTRUMENT_FAMILY_" + family.name(), wire.name());
    assertEquals(Optional.of(family), InstrumentMapper.fromProto(wire));
  }

  @ParameterizedTest
  @EnumSource(
      value = dev.tutti.v1.InstrumentFamily.class,
      names = {"INSTRUMENT_FAMILY_UNSPECIFIED", "UNRECOGNIZED"})
  void whatNamesNoFamilyIsNone(dev.tutti.v1.InstrumentFamily wire) {
    assertEquals(Optional.empty(), InstrumentMapper.fromProto(wire));
  }

  @ParameterizedTest
  @ValueSource(floats = {80, Float.POSITIVE_INFINITY})
  void parametersComeBackAsTheyWere(float topDb) {
    StftParameters stft = new StftParameters(16_000, 2048, 512, 1024, 1e-5f, topDb);
    var wire = StftMapper.toProto(stft);
    assertEquals(stft, StftMapper.fromProto(wire));
    assertEquals(topDb == 80, wire.hasTopDb());
  }

  @Test
  void parametersThatCannotBeComputedWithAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> StftMapper.fromProto(dev.tutti.v1.StftParameters.getDefaultInstance()));
  }
}
