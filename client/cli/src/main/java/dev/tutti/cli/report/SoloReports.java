package dev.tutti.cli.report;

import dev.tutti.core.label.FamilySet;

/**
 * Both ways of scoring single notes.
 *
 * @param tenWay among the families that the data set holds, without synth_lead
 * @param elevenWay among all served families
 */
record SoloReports(SoloReport tenWay, SoloReport elevenWay) {
  static SoloReports of(ScoredSamples samples, FamilySet served) {
    FamilySet tenWay = samples.played().intersection(FamilySet.notebook());
    // Without any note there is nothing to be told apart, but there is a report that says so.
    return new SoloReports(
        new SoloReport(samples, tenWay.size() == 0 ? served : tenWay),
        new SoloReport(samples, served));
  }
}
