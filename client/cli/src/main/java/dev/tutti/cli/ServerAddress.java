package dev.tutti.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Reads {@code --server}: {@code HOST:PORT}, or a name of gRPC's such as {@code dns:///host:1}. */
final class ServerAddress implements CommandLine.ITypeConverter<String> {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+(%\\w+)?\\]|[\\w.-]+):(\\d{1,5})");
  private static final Pattern TARGET = Pattern.compile("(dns|unix|ipv4|ipv6|xds):.+");
  private static final int LAST_PORT = 65_535;

  @Override
  public String convert(String text) {
    Matcher address = HOST_AND_PORT.matcher(text);
    if (address.matches() ? port(address) : TARGET.matcher(text).matches()) {
      return text;
    }
    throw new CommandLine.TypeConversionException(
        "'" + text + "' is not a server's address; it must be HOST:PORT, such as localhost:50051");
  }

  private static boolean port(Matcher address) {
    int port = Integer.parseInt(address.group(3));
    return port >= 1 && port <= LAST_PORT;
  }
}
