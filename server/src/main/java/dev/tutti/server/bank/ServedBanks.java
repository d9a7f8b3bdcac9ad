package dev.tutti.server.bank;

import dev.tutti.server.error.NotFoundException;
import dev.tutti.server.error.UnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The editions of this gateway's bank. A bank is asked for by its name, by {@code NAME@VERSION} or
 * by {@code NAME@LABEL}; the name may be left out.
 */
public final class ServedBanks implements Banks {
  private final String name;
  private final Map<String, Integer> labels;

  /** Replaced as a whole, so that readers see all of a swap or nothing of it. */
  private volatile State state = new State(new TreeMap<>(), Optional.empty(), List.of());

  /**
   * @param byVersion what may be asked for
   * @param preferred what answers when no version is asked for
   * @param leaving replaced, but calls that began before may still use them
   */
  private record State(
      Map<Integer, Edition> byVersion, Optional<Edition> preferred, List<Edition> leaving) {}

  /**
   * @param labels version numbers by label
   */
  public ServedBanks(String name, Map<String, Integer> labels) {
    this.name = name;
    this.labels = Map.copyOf(labels);
  }

  public String name() {
    return name;
  }

  @Override
  public List<String> labels(Bank bank) {
    return labels.keySet().stream()
        .filter(label -> labels.get(label) == bank.version())
        .sorted()
        .toList();
  }

  /**
   * Serves an edition from now on.
   *
   * @param preferred whether it also answers when no version is asked for
   * @return the editions that nobody can ask for any more: calls that began with them go on until
   *     they are {@link #forget forgotten}
   */
  public synchronized List<Edition> serve(Edition edition, boolean preferred) {
    edition.open();
    Map<Integer, Edition> byVersion = new TreeMap<>(state.byVersion);
    List<Edition> replaced = new ArrayList<>();
    Edition same = byVersion.put(edition.version(), edition);
    if (same != null) {
      replaced.add(same);
    }
    Optional<Edition> front = preferred ? Optional.of(edition) : state.preferred;
    byVersion
        .values()
        .removeIf(
            old ->
                front.filter(f -> f == old).isEmpty()
                    && !labels.containsValue(old.version())
                    && replaced.add(old));
    List<Edition> leaving = new ArrayList<>(state.leaving);
    leaving.addAll(replaced);
    state = new State(byVersion, front, List.copyOf(leaving));
    return replaced;
  }

  /** No call uses a replaced edition any more, or none may from now on. */
  public synchronized void forget(Edition edition) {
    Map<Integer, Edition> byVersion = new TreeMap<>(state.byVersion);
    byVersion.values().remove(edition);
    List<Edition> leaving = new ArrayList<>(state.leaving);
    leaving.remove(edition);
    state = new State(byVersion, state.preferred.filter(e -> e != edition), List.copyOf(leaving));
  }

  /** The edition that answers when no version is asked for. */
  public Optional<Edition> preferred() {
    return state.preferred;
  }

  /**
   * The earliest moment at which a worker can be ready for a bank, as far as is known; past when
   * one may be so now. Nothing when nobody knows of one.
   */
  public Optional<Instant> readyAt(String digest) {
    return holders(digest).stream()
        .flatMap(edition -> edition.readyAt().stream())
        .min(Comparator.naturalOrder());
  }

  /** Why nobody will ever answer for a bank; nothing while somebody may. */
  public Optional<UnavailableException> refusal(String digest) {
    List<Edition> holders = holders(digest);
    if (holders.isEmpty()) {
      return Optional.of(
          new UnavailableException(
              "Bank '"
                  + name
                  + "' with digest "
                  + digest
                  + " has been replaced and its workers have ended. Call again."));
    }
    return holders.stream().anyMatch(edition -> edition.refusal().isEmpty())
        ? Optional.empty()
        : holders.get(0).refusal();
  }

  private List<Edition> holders(String digest) {
    State now = state;
    List<Edition> holders = new ArrayList<>(now.leaving);
    holders.addAll(now.byVersion.values());
    holders.removeIf(edition -> !edition.holds(digest));
    return holders;
  }

  @Override
  public List<Bank> all() {
    List<Bank> banks = new ArrayList<>();
    state.byVersion.values().forEach(edition -> edition.bank().ifPresent(banks::add));
    Collections.reverse(banks);
    return banks;
  }

  @Override
  public Bank require(String wanted) {
    int at = wanted.indexOf('@');
    String wantedName = at < 0 ? wanted : wanted.substring(0, at);
    if (!wantedName.isEmpty() && !wantedName.equals(name)) {
      throw new NotFoundException("model bank", wanted, List.of(name));
    }
    State now = state;
    Optional<Edition> edition =
        at < 0 ? now.preferred : find(now, wanted, wanted.substring(at + 1));
    return edition
        .flatMap(Edition::bank)
        .orElseThrow(
            () ->
                edition
                    .flatMap(Edition::refusal)
                    .orElseGet(
                        () -> new UnavailableException("No worker has loaded the models yet.")));
  }

  private Optional<Edition> find(State now, String wanted, String selector) {
    Integer version = labels.get(selector);
    if (version == null && selector.matches("\\d{1,9}")) {
      version = Integer.valueOf(selector);
    }
    if (version == null || !now.byVersion.containsKey(version)) {
      List<String> there = new ArrayList<>();
      now.byVersion.keySet().forEach(number -> there.add(name + "@" + number));
      labels.keySet().stream().sorted().forEach(label -> there.add(name + "@" + label));
      throw new NotFoundException("model bank", wanted, there);
    }
    return Optional.of(now.byVersion.get(version));
  }
}
