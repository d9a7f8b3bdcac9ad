package dev.tutti.worker.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers by what they are of; names come out in the order in which they went in. */
final class Medians {
  private final Map<String, List<Double>> numbers = new LinkedHashMap<>();

  void add(String name, double number) {
    numbers.computeIfAbsent(name, n -> new ArrayList<>()).add(number);
  }

  double of(String name) {
    List<Double> sorted = numbers.get(name).stream().sorted().toList();
    int count = sorted.size();
    return (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
  }

  Iterable<String> names() {
    return numbers.keySet();
  }
}
