package dev.tutti.cli.report;

import dev.tutti.client.BankInfo;
import java.io.PrintWriter;

/** Families without a model are said by every verb that asks models, in the notebook's words. */
public final class MissingModels {
  private MissingModels() {}

  /** A line for each family that the bank does not serve. */
  public static void say(BankInfo bank, PrintWriter err) {
    bank.families()
        .complement()
        .forEach(family -> err.println("Model for " + family.label() + " not found."));
    err.flush();
  }
}
