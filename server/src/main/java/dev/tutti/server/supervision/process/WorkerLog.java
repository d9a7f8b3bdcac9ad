package dev.tutti.server.supervision.process;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What a worker prints, in the gateway's log: one timestamp a line, at the worker's own level. What
 * TensorFlow says of itself each time it starts is kept for those who look for it (level debug).
 */
final class WorkerLog {
  private static final Logger log = LoggerFactory.getLogger("worker");

  /** As the worker's own logging writes: level, thread, then the message. */
  private static final Pattern OWN =
      Pattern.compile("(ERROR|WARN|INFO|DEBUG|TRACE) +\\[[^]]*] (.*)");

  /** Abseil's form of an INFO or WARNING, and what it says before that is set up. */
  private static final Pattern CHATTER =
      Pattern.compile("[IW]\\d{4} \\d\\d:.*|WARNING: All log messages before absl::.*");

  private final String name;

  /** Lines without a level, such as a stack's, belong to the line before. */
  private Level level = Level.INFO;

  WorkerLog(String name) {
    this.name = name;
  }

  /** Takes one line; returns whether it says something of the worker's state. */
  boolean line(String text) {
    Matcher own = OWN.matcher(text);
    if (own.matches()) {
      level = Level.valueOf(own.group(1));
      log.atLevel(level).log("{}: {}", name, own.group(2));
      return true;
    }
    boolean chatter = CHATTER.matcher(text).matches();
    log.atLevel(chatter ? Level.DEBUG : level).log("{}: {}", name, text);
    return !chatter && !text.isBlank();
  }
}
