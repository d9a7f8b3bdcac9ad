package dev.tutti.worker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "--minutes,0,--minutes",
    "--mixtures,-1,--mixtures",
    "--held-out,1,--held-out",
    "--devices,cpu:0,cpu:THREADS",
    "--devices,gpu,cuda:INDEX",
    "--devices,cuda:0,CUDA",
    "--families,trumpet,trumpet",
    "--arch,transformer,--arch"
  })
  void wrongValuesAreNamed(String option, String value, String named) {
    StringWriter err = new StringWriter();
    assertEquals(2, run(err, option, value));
    assertTrue(err.toString().contains(named), err.toString());
  }

  @Test
  void aWrongUseIsOneSentenceThatNamesTheHelp() {
    StringWriter err = new StringWriter();
    assertEquals(2, run(err, "--minuts", "1"));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("Did you mean --minutes"), err.toString());
    assertTrue(err.toString().strip().endsWith("Try 'tutti train --help'."), err.toString());
  }

  @Test
  void timeAndMixturesExcludeEachOther() {
    assertEquals(2, run(new StringWriter(), "--minutes", "1", "--mixtures", "1"));
  }

  @Test
  void aTrainingThatStandsThereIsNotLost() throws IOException {
    Files.createDirectory(folder.resolve("bank.training"));
    StringWriter err = new StringWriter();
    assertEquals(2, run(err));
    assertTrue(err.toString().contains("--resume"), err.toString());
  }

  @Test
  void aDataSetThatIsNotThereIsNamed() {
    StringWriter err = new StringWriter();
    assertEquals(1, run(err));
    assertTrue(err.toString().contains("nothing-here"), err.toString());
  }

  private int run(StringWriter err, String... more) {
    CommandLine line = CommandMain.commandLine().setErr(new PrintWriter(err, true));
    String[] arguments = new String[5 + more.length];
    String data = folder.resolve("nothing-here").toString();
    String out = folder.resolve("bank").toString();
    System.arraycopy(new String[] {"train", "--data", data, "--out", out}, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return line.execute(arguments);
  }
}
