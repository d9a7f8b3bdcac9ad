package dev.tutti.client;

import java.time.Duration;
import java.util.List;

/**
 * The answer for one clip.
 *
 * @param tags one per served family, in NSynth id order
 * @param inputSeconds the clip's length
 * @param analyzedSeconds how much of it the models saw
 * @param bank the bank that answered
 * @param bankDigest its content digest, lower-case hex
 * @param serverTime the time the server took
 */
public record ClassifyResult(
    List<FamilyTag> tags,
    double inputSeconds,
    double analyzedSeconds,
    String bank,
    String bankDigest,
    Duration serverTime) {}
