package dev.tutti.client;

import dev.tutti.core.mixture.GroupCount;
import dev.tutti.core.mixture.OverlayRule;
import java.util.List;

/**
 * An evaluation on mixtures that the server makes.
 *
 * @param dataset the server's name for the data set
 * @param groups sizes and counts; empty for the notebook's protocol
 * @param progressInterval samples between two progress reports; zero for the server's default
 */
public record MixtureEvaluation(
    String dataset,
    long seed,
    List<GroupCount> groups,
    OverlayRule overlayRule,
    int progressInterval) {}
