package dev.tutti.server.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.server.evaluate.NoteFolder;
import dev.tutti.v1.EvaluateMixturesRequest;
import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluationOptions;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.EvaluationSummary;
import dev.tutti.v1.FamilyDraw;
import dev.tutti.v1.GainRange;
import dev.tutti.v1.GroupCount;
import dev.tutti.v1.InstrumentFamily;
import dev.tutti.v1.MixtureRecipe;
import dev.tutti.v1.OverlayRule;
import dev.tutti.v1.SampleErrorPolicy;
import dev.tutti.v1.SamplePrediction;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Server-made evaluations over a small data set; organ is no family of the bank's. */
@Timeout(60)
class EvaluateMixturesTest {
  @TempDir Path folder;

  private InProcessGateway gateway;

  @BeforeEach
  void start() throws IOException {
    NoteFolder.write(folder, 3, "bass", "flute", "organ");
    gateway =
        new InProcessGateway(
            FakeWorkers.answering(0.25f),
            Map.of("notes", folder, "missing", folder.resolve("missing")));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = OverlayRule.class,
      names = {"OVERLAY_RULE_MEAN_DECIBEL", "OVERLAY_RULE_WAVEFORM_SUM"})
  void everyMixtureOfTheRecipeIsAnswered(OverlayRule rule) {
    MixtureRecipe recipe =
        recipe(GroupCount.newBuilder().setSize(0).setCount(2))
            .addGroups(GroupCount.newBuilder().setSize(2).setCount(20))
            .setOverlayRule(rule)
            .build();
    List<EvaluateMixturesResponse> answers = evaluate("notes", recipe);
    assertEquals(22 + 2 + 1, answers.size());
    List<SamplePrediction> predictions =
        answers.stream()
            .filter(EvaluateMixturesResponse::hasPrediction)
            .map(EvaluateMixturesResponse::getPrediction)
            .toList();
    assertEquals(0, predictions.get(1).getNoteIdsCount());
    for (int i = 2; i < 22; i++) {
      SamplePrediction prediction = predictions.get(i);
      assertEquals(i, prediction.getIndex());
      assertEquals(
          List.of(
              InstrumentFamily.INSTRUMENT_FAMILY_BASS, InstrumentFamily.INSTRUMENT_FAMILY_FLUTE),
          prediction.getTruthList());
      assertTrue(prediction.getNoteIds(0).startsWith("bass/note"), prediction.getNoteIds(0));
      assertTrue(prediction.getNoteIds(1).startsWith("flute/note"), prediction.getNoteIds(1));
    }
    assertEquals(22, answers.get(answers.size() - 1).getSummary().getMetrics().getSamples());
    assertEquals(22, answers.get(10).getProgress().getTotal());
  }

  @Test
  void theSameSeedMakesTheSameMixtures() {
    MixtureRecipe recipe = recipe(GroupCount.newBuilder().setSize(1).setCount(20)).build();
    assertEquals(notes(recipe), notes(recipe));
    assertTrue(!notes(recipe).equals(notes(recipe.toBuilder().setSeed(2).build())));
  }

  @Test
  void whatCannotBeMixedIsNamedByItsField() {
    assertEquals("dataset", field("", MixtureRecipe.getDefaultInstance()));
    assertEquals(
        "recipe.groups[0].size",
        field("notes", recipe(GroupCount.newBuilder().setSize(3).setCount(1)).build()));
    assertEquals(
        "recipe.groups[0].count",
        field("notes", recipe(GroupCount.newBuilder().setSize(1)).build()));
    assertEquals(
        "recipe.notes_per_family",
        field("notes", MixtureRecipe.newBuilder().setNotesPerFamily(-1).build()));
    assertEquals("recipe", field("notes", MixtureRecipe.newBuilder().setNoiseLevel(-0.1).build()));
    assertEquals(
        "recipe.gains",
        field(
            "notes",
            MixtureRecipe.newBuilder().setGains(GainRange.newBuilder().setLowestDb(1)).build()));
    assertEquals(
        "recipe.family_draw",
        field(
            "notes",
            MixtureRecipe.newBuilder()
                .setNotebookCompatible(true)
                .setFamilyDraw(FamilyDraw.FAMILY_DRAW_EXHAUSTIVE)
                .build()));
    assertEquals(
        "recipe.samples_per_combination",
        field("notes", MixtureRecipe.newBuilder().setSamplesPerCombination(-1).build()));
    assertEquals(Status.Code.NOT_FOUND, failure("elsewhere").getStatus().getCode());
    assertEquals(Status.Code.FAILED_PRECONDITION, failure("missing").getStatus().getCode());
  }

  @Test
  void everyCombinationComes() {
    MixtureRecipe recipe =
        MixtureRecipe.newBuilder()
            .setFamilyDraw(FamilyDraw.FAMILY_DRAW_EXHAUSTIVE)
            .setSamplesPerCombination(2)
            .build();
    List<List<InstrumentFamily>> truths =
        predictions(evaluate(request(recipe).build())).stream()
            .map(SamplePrediction::getTruthList)
            .toList();
    List<InstrumentFamily> bass = List.of(InstrumentFamily.INSTRUMENT_FAMILY_BASS);
    List<InstrumentFamily> flute = List.of(InstrumentFamily.INSTRUMENT_FAMILY_FLUTE);
    List<InstrumentFamily> both = List.of(bass.get(0), flute.get(0));
    assertEquals(List.of(bass, flute, bass, flute, both, both), truths);
  }

  @Test
  void anEvaluationGoesOnWhereItWasCut() {
    MixtureRecipe recipe = recipe(GroupCount.newBuilder().setSize(1).setCount(20)).build();
    List<SamplePrediction> whole = predictions(evaluate(request(recipe).build()));
    assertEquals(
        whole.subList(5, 8),
        predictions(evaluate(request(recipe).setStartIndex(5).setMaxSamples(3).build())));
    assertEquals(
        whole.subList(18, 20), predictions(evaluate(request(recipe).setStartIndex(18).build())));
    List<EvaluateMixturesResponse> nothing = evaluate(request(recipe).setStartIndex(20).build());
    assertEquals(0, nothing.get(0).getSummary().getMetrics().getSamples());
    assertEquals("start_index", field(request(recipe).setStartIndex(21).build()));
    assertEquals("start_index", field(request(recipe).setStartIndex(-1).build()));
    assertEquals("max_samples", field(request(recipe).setMaxSamples(-1).build()));
  }

  @Test
  void everyServedNoteComesOnceAndAlone() {
    List<EvaluateMixturesResponse> answers =
        evaluate(request(MixtureRecipe.getDefaultInstance()).setEveryNote(true).build());
    List<SamplePrediction> predictions = predictions(answers);
    assertEquals(
        List.of(
            "bass/note0", "bass/note1", "bass/note2", "flute/note0", "flute/note1", "flute/note2"),
        predictions.stream().map(SamplePrediction::getId).toList());
    assertEquals(1, predictions.get(0).getTruthCount());
  }

  @Test
  void gainsNoiseAndTheNotebooksWayAreAnswered() {
    MixtureRecipe plain = recipe(GroupCount.newBuilder().setSize(2).setCount(4)).build();
    GainRange gains = GainRange.newBuilder().setLowestDb(-6).setHighestDb(0).build();
    for (MixtureRecipe recipe :
        List.of(
            plain.toBuilder().setGains(gains).build(),
            plain.toBuilder().setNoiseLevel(0.5).build(),
            plain.toBuilder()
                .setOverlayRule(OverlayRule.OVERLAY_RULE_WAVEFORM_SUM)
                .setGains(gains)
                .setNoiseLevel(0.5)
                .build(),
            plain.toBuilder()
                .setNotebookCompatible(true)
                .addGroups(GroupCount.newBuilder().setSize(0).setCount(1))
                .build())) {
      List<EvaluateMixturesResponse> answers = evaluate("notes", recipe);
      assertEquals(0, answers.get(answers.size() - 1).getSummary().getFailed());
    }
  }

  @Test
  void familiesThatAreNotChosenAreNeitherDrawnNorScored() {
    EvaluateMixturesRequest.Builder request =
        request(recipe(GroupCount.newBuilder().setSize(1).setCount(5)).build())
            .addFamilies(InstrumentFamily.INSTRUMENT_FAMILY_FLUTE);
    List<EvaluateMixturesResponse> answers = evaluate(request.build());
    for (SamplePrediction prediction : predictions(answers)) {
      assertEquals(List.of(InstrumentFamily.INSTRUMENT_FAMILY_FLUTE), prediction.getTruthList());
      assertEquals(1, prediction.getPredictionsCount());
      assertEquals(
          InstrumentFamily.INSTRUMENT_FAMILY_FLUTE, prediction.getPredictions(0).getFamily());
    }
    EvaluationSummary summary = answers.get(answers.size() - 1).getSummary();
    assertEquals(1, summary.getThresholdsCount());
    assertEquals(1, summary.getMetrics().getFamiliesCount());
    assertEquals(5, summary.getMetrics().getSamples());
    assertEquals(
        "families[1]",
        field(request.addFamilies(InstrumentFamily.INSTRUMENT_FAMILY_FLUTE).build()));
    request.setFamilies(1, InstrumentFamily.INSTRUMENT_FAMILY_ORGAN);
    StatusRuntimeException notServed =
        assertThrows(StatusRuntimeException.class, () -> evaluate(request.build()));
    assertEquals(Status.Code.FAILED_PRECONDITION, notServed.getStatus().getCode());
  }

  @Test
  void aNoteThatIsBrokenIsASampleThatFails() throws IOException {
    for (int i = 0; i < 3; i++) {
      Files.write(folder.resolve("bass/note" + i + ".wav"), new byte[10]);
    }
    List<EvaluateMixturesResponse> answers = evaluate("notes", recipe(two()).build());
    assertTrue(answers.get(0).getPrediction().hasError());
    assertEquals(2, answers.get(answers.size() - 1).getSummary().getFailed());
  }

  private List<List<String>> notes(MixtureRecipe recipe) {
    return evaluate("notes", recipe).stream()
        .filter(EvaluateMixturesResponse::hasPrediction)
        .map(answer -> List.copyOf(answer.getPrediction().getNoteIdsList()))
        .toList();
  }

  private String field(String dataset, MixtureRecipe recipe) {
    return Wire.field(
        Wire.status(assertThrows(StatusRuntimeException.class, () -> evaluate(dataset, recipe))));
  }

  private StatusRuntimeException failure(String dataset) {
    return assertThrows(
        StatusRuntimeException.class, () -> evaluate(dataset, MixtureRecipe.getDefaultInstance()));
  }

  private String field(EvaluateMixturesRequest request) {
    return Wire.field(
        Wire.status(assertThrows(StatusRuntimeException.class, () -> evaluate(request))));
  }

  private static List<SamplePrediction> predictions(List<EvaluateMixturesResponse> answers) {
    return answers.stream()
        .filter(EvaluateMixturesResponse::hasPrediction)
        .map(EvaluateMixturesResponse::getPrediction)
        .toList();
  }

  private static EvaluateMixturesRequest.Builder request(MixtureRecipe recipe) {
    return EvaluateMixturesRequest.newBuilder()
        .setDataset("notes")
        .setRecipe(recipe)
        .setOptions(
            EvaluationOptions.newBuilder()
                .setSampleErrorPolicy(SampleErrorPolicy.SAMPLE_ERROR_POLICY_SKIP)
                .setProgressInterval(10));
  }

  private List<EvaluateMixturesResponse> evaluate(String dataset, MixtureRecipe recipe) {
    return evaluate(request(recipe).setDataset(dataset).build());
  }

  private List<EvaluateMixturesResponse> evaluate(EvaluateMixturesRequest request) {
    List<EvaluateMixturesResponse> answers = new ArrayList<>();
    EvaluationServiceGrpc.newBlockingStub(gateway.channel)
        .evaluateMixtures(request)
        .forEachRemaining(answers::add);
    return answers;
  }

  private static GroupCount.Builder two() {
    return GroupCount.newBuilder().setSize(2).setCount(2);
  }

  private static MixtureRecipe.Builder recipe(GroupCount.Builder group) {
    return MixtureRecipe.newBuilder().setSeed(1).addGroups(group);
  }
}
