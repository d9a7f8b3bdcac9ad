package dev.tutti.server.grpc.call;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.EvaluateMixturesRequest;
import dev.tutti.v1.FamilyThreshold;
import dev.tutti.v1.LabeledSample;
import dev.tutti.v1.MixtureRecipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WireCheckTest {
  private static final int MAX = WireCheck.MAX_ELEMENTS;

  @Test
  void asManyFieldsAsAllowedPassAndOneMoreDoesNot() throws IOException {
    // Each is two fields deep in the message: the options, and themselves.
    check(thresholds(MAX - 1));
    assertRefused(thresholds(MAX));
  }

  @Test
  void emptySubmessagesAtAnyDepthAreCounted() {
    EvaluateMixturesRequest.Builder request = EvaluateMixturesRequest.newBuilder();
    request.setRecipe(
        MixtureRecipe.newBuilder()
            .addAllGroups(Collections.nCopies(MAX, dev.tutti.v1.GroupCount.getDefaultInstance())));
    assertThrows(
        InvalidInputException.class,
        () ->
            WireCheck.check(
                request.build().toByteArray(), EvaluateMixturesRequest.getDescriptor()));
  }

  @Test
  void elementsOfPackedListsAreCounted() {
    ClassifyRequest.Builder request = ClassifyRequest.newBuilder();
    request.getSpectrogramBuilder().getDecibelsBuilder().addAllShape(Collections.nCopies(MAX, 1L));
    assertRefused(request.build());
  }

  @Test
  void unknownFieldsAreCountedToo() {
    UnknownFieldSet.Field.Builder many = UnknownFieldSet.Field.newBuilder();
    for (int i = 0; i <= MAX; i++) {
      many.addVarint(1);
    }
    assertRefused(
        ClassifyRequest.newBuilder()
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(999, many.build()).build())
            .build());
  }

  @Test
  void bytesOfAudioAreOneFieldHoweverMany() throws IOException {
    ClassifyRequest.Builder request = ClassifyRequest.newBuilder();
    request.getAudioBuilder().setEncodedFile(ByteString.copyFrom(new byte[MAX * 4]));
    check(request.build());
  }

  @Test
  void groupsWithinGroupsEndWhereTheParserDoes() throws IOException {
    ByteArrayOutputStream nested = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(nested);
    for (int i = 0; i < 100_000; i++) {
      out.writeTag(7, 3);
    }
    out.flush();
    assertThrows(
        IOException.class,
        () -> {
          WireCheck.check(nested.toByteArray(), ClassifyRequest.getDescriptor());
          ClassifyRequest.parseFrom(nested.toByteArray());
        });
  }

  @Property(tries = 2000)
  void anyBytesAreWalkedOverOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
    assertDoesNotThrow(
        () -> {
          try {
            WireCheck.check(bytes, LabeledSample.getDescriptor());
          } catch (IOException e) {
            // What the walk cannot read, the parser cannot either.
            assertThrows(IOException.class, () -> LabeledSample.parseFrom(bytes));
          }
        });
  }

  private static ClassifyRequest thresholds(int count) {
    ClassifyRequest.Builder request = ClassifyRequest.newBuilder();
    request
        .getOptionsBuilder()
        .addAllThresholds(Collections.nCopies(count, FamilyThreshold.getDefaultInstance()));
    return request.build();
  }

  private static void check(ClassifyRequest request) throws IOException {
    WireCheck.check(request.toByteArray(), ClassifyRequest.getDescriptor());
  }

  private static void assertRefused(ClassifyRequest request) {
    InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> check(request));
    assertEquals(
        "The message has more than 65536 fields and list elements, which is the most that is"
            + " accepted.",
        refusal.getMessage());
  }
}
