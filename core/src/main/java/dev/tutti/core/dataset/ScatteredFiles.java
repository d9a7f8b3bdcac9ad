package dev.tutti.core.dataset;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Files and folders that systems scatter among those of their users: hidden ones, and with them the
 * {@code ._} companions that macOS writes on other systems' disks; the {@code __MACOSX} of its zip
 * files; thumbnails and folder settings of Windows; indexes of network storage.
 */
final class ScatteredFiles {
  private static final Set<String> NAMES =
      Set.of(
          "__macosx",
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "$recycle.bin",
          "system volume information",
          "lost+found",
          "@eadir",
          "icon\r");

  private ScatteredFiles() {}

  static boolean contain(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.startsWith(".") || NAMES.contains(name);
  }
}
