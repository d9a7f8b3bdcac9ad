package dev.tutti.worker.grpc;

import com.google.protobuf.ByteString;
import dev.tutti.worker.bank.input.InputKind;
import dev.tutti.worker.bank.input.InputRows;
import dev.tutti.worker.bank.input.InvalidBatchException;
import dev.tutti.worker.bank.input.Quantization;
import dev.tutti.worker.v1.InferRequest;

/** Between the message of a batch and its rows. */
final class WireInputs {
  private WireInputs() {}

  /**
   * Views of the rows; nothing is copied.
   *
   * @throws InvalidBatchException for a kind of a later version
   */
  static InputRows rows(InferRequest request) {
    return new InputRows(
        kind(request),
        request.getRowsList().stream().map(ByteString::asReadOnlyByteBuffer).toList(),
        request.getQuantizationsList().stream()
            .map(each -> new Quantization(each.getScale(), each.getOffset()))
            .toList());
  }

  static dev.tutti.worker.v1.InputKind kind(InputKind kind) {
    return switch (kind) {
      case DECIBELS_FLOAT32 -> dev.tutti.worker.v1.InputKind.INPUT_KIND_DECIBELS_FLOAT32;
      case DECIBELS_FLOAT16 -> dev.tutti.worker.v1.InputKind.INPUT_KIND_DECIBELS_FLOAT16;
      case DECIBELS_UINT8 -> dev.tutti.worker.v1.InputKind.INPUT_KIND_DECIBELS_UINT8;
      case AUDIO_FLOAT32 -> dev.tutti.worker.v1.InputKind.INPUT_KIND_AUDIO_FLOAT32;
      case AUDIO_INT16 -> dev.tutti.worker.v1.InputKind.INPUT_KIND_AUDIO_INT16;
    };
  }

  private static InputKind kind(InferRequest request) {
    return switch (request.getInputKind()) {
      case INPUT_KIND_UNSPECIFIED, INPUT_KIND_DECIBELS_FLOAT32 -> InputKind.DECIBELS_FLOAT32;
      case INPUT_KIND_DECIBELS_FLOAT16 -> InputKind.DECIBELS_FLOAT16;
      case INPUT_KIND_DECIBELS_UINT8 -> InputKind.DECIBELS_UINT8;
      case INPUT_KIND_AUDIO_FLOAT32 -> InputKind.AUDIO_FLOAT32;
      case INPUT_KIND_AUDIO_INT16 -> InputKind.AUDIO_INT16;
      case UNRECOGNIZED ->
          throw new InvalidBatchException(
              "input kind %d is not known; accepted: those that DescribeBank lists"
                  .formatted(request.getInputKindValue()));
    };
  }
}
