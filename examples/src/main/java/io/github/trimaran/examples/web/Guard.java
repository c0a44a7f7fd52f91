package io.github.trimaran.examples.web;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps other sites out. A page of another site, open in the same browser, can send requests to
 * this machine; it cannot choose their {@code Origin}. By giving its own name this machine's
 * address it can make them look like its own; it cannot choose their {@code Host} then (DNS
 * rebinding).
 *
 * @param names that the server is called by, in lower case
 * @param anyAddress whether it may also be called by any address: one has no name that could be
 *     given away
 * @param port that it listens on
 */
record Guard(Set<String> names, boolean anyAddress, int port) {

  private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::(\\d+))?");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|\\[.*]");
  private static final int HTTP_PORT = 80;

  /** Why a request is refused; empty if it is not. */
  Optional<String> objection(Headers headers) {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    if (hosts.size() != 1 || !isOwn(hosts.get(0))) {
      return Optional.of("this server is not called that; use the address that it printed");
    }
    String own = "http://" + hosts.get(0);
    for (String origin : headers.getOrDefault("Origin", List.of())) {
      if (!origin.equalsIgnoreCase(own)) {
        return Optional.of("requests of other sites are refused");
      }
    }
    return Optional.empty();
  }

  /** Why a request to the interface is refused, where browsers say who asks. */
  Optional<String> foreignPage(Headers headers) {
    for (String site : headers.getOrDefault("Sec-Fetch-Site", List.of())) {
      if (!site.equals("same-origin") && !site.equals("none")) {
        return Optional.of("requests of other sites are refused");
      }
    }
    return Optional.empty();
  }

  private boolean isOwn(String host) {
    Matcher parts = HOST.matcher(host.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return false;
    }
    String given = parts.group(2);
    if (given != null && given.length() > 5) {
      return false;
    }
    String name = parts.group(1);
    return (given == null ? HTTP_PORT : Integer.parseInt(given)) == port
        && (names.contains(name) || (anyAddress && ADDRESS.matcher(name).matches()));
  }
}
