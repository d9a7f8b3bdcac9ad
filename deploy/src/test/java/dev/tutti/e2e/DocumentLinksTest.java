package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents of the checkout point to is there. */
class DocumentLinksTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+)[^)]*\\)");
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");

  @Test
  void everyLinkLeadsToAFileOrFolder() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        String target = link.group(1);
        if (target.contains("://")) {
          continue;
        }
        links++;
        if (!Files.exists(document.resolveSibling(target))) {
          broken.add(CHECKOUT.relativize(document) + " -> " + target);
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(links > 20, "links found: " + links);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(CHECKOUT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(
              file -> {
                for (Path part : CHECKOUT.relativize(file)) {
                  if (NOT_OURS.contains(part.toString())) {
                    return false;
                  }
                }
                return true;
              })
          .toList();
    }
  }
}
