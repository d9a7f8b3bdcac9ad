package dev.tutti.e2e;

import com.google.protobuf.ByteString;
import dev.tutti.v1.Audio;
import dev.tutti.v1.DataType;
import dev.tutti.v1.InstrumentFamily;
import dev.tutti.v1.Pcm;
import dev.tutti.v1.Spectrogram;
import dev.tutti.v1.Tensor;
import java.util.Locale;

/** Requests as a client builds them. */
final class Inputs {
  private Inputs() {}

  static Audio pcm(ByteString samples, DataType dtype) {
    return Audio.newBuilder()
        .setPcm(
            Pcm.newBuilder()
                .setSamples(samples)
                .setDtype(dtype)
                .setSampleRateHz(16_000)
                .setChannels(1))
        .build();
  }

  static Audio file(byte[] bytes) {
    return Audio.newBuilder().setEncodedFile(ByteString.copyFrom(bytes)).build();
  }

  static Spectrogram spectrogram(ByteString decibels, long... shape) {
    Tensor.Builder tensor =
        Tensor.newBuilder().setData(decibels).setDtype(DataType.DATA_TYPE_FLOAT32);
    for (long length : shape) {
      tensor.addShape(length);
    }
    return Spectrogram.newBuilder().setDecibels(tensor).build();
  }

  static InstrumentFamily family(String label) {
    return InstrumentFamily.valueOf("INSTRUMENT_FAMILY_" + label.toUpperCase(Locale.ROOT));
  }
}
