package dev.tutti.core.audio.mpeg;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

/**
 * One of the tables of code words by which layer III codes pairs of lines, or four lines at once
 * (ISO/IEC 11172-3, table 3-B.7). The code words are read from a file beside this class.
 */
final class HuffmanTable {
  /** By the numbers that side information uses; 0, 4 and 14 are empty. */
  private static final Map<String, HuffmanTable> BY_NAME = load("huffman.txt");

  private static final int FIRST_OF_16 = 16;
  private static final int FIRST_OF_24 = 24;

  /** Bits of what a line exceeds 15 by, of the tables from 16 on, which share code words. */
  private static final int[] EXTRA_BITS = {1, 2, 3, 4, 6, 8, 10, 13, 4, 5, 6, 7, 8, 9, 11, 13};

  /** Two entries a node: where to go at a 0 and at a 1; below 0 is the value, inverted. */
  private int[] tree = new int[2];

  private int size = 2;

  /** The table of a number from 0 to 31 for pairs of lines; null where pairs are zeros. */
  static HuffmanTable ofPairs(int number) {
    int name = number >= FIRST_OF_24 ? FIRST_OF_24 : number >= FIRST_OF_16 ? FIRST_OF_16 : number;
    return BY_NAME.get(Integer.toString(name));
  }

  /** The table for four lines: 0 or 1. */
  static HuffmanTable ofQuads(int number) {
    return BY_NAME.get(number == 0 ? "A" : "B");
  }

  /** Bits that follow a line of 15 in a table for pairs. */
  static int extraBits(int number) {
    return number < FIRST_OF_16 ? 0 : EXTRA_BITS[number - FIRST_OF_16];
  }

  /** The row of the next code word times 16, plus its column. */
  int read(BitInput in) {
    int node = 0;
    do {
      node = tree[node + in.bit()];
    } while (node > 0);
    return ~node;
  }

  private void add(String code, int value) {
    int node = 0;
    for (int i = 0; i < code.length() - 1; i++) {
      int branch = node + code.charAt(i) - '0';
      if (tree[branch] == 0) {
        tree = Arrays.copyOf(tree, size + 2);
        tree[branch] = size;
        size += 2;
      }
      node = tree[branch];
    }
    tree[node + code.charAt(code.length() - 1) - '0'] = ~value;
  }

  private static Map<String, HuffmanTable> load(String resource) {
    Map<String, HuffmanTable> tables = new HashMap<>();
    try (InputStream in = HuffmanTable.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Scanner head = new Scanner(line);
        String name = head.next();
        int size = head.nextInt();
        HuffmanTable table = new HuffmanTable();
        for (int row = 0; row < size; row++) {
          Scanner codes = new Scanner(reader.readLine());
          for (int column = 0; column < size; column++) {
            table.add(codes.next(), row << 4 | column);
          }
        }
        tables.put(name, table);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The tables of code words cannot be read", e);
    }
    return Map.copyOf(tables);
  }
}
