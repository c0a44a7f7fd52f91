package io.github.trimaran.examples.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is answered under which path.
 *
 * <pre>{@code
 * Routes routes = new Routes()
 *     .get("/api/v1/jobs/{id}", request -> Response.json(jobs.get(request.variable("id"))))
 *     .post("/api/v1/jobs", request -> Response.accepted(jobs.start(request.json())));
 * }</pre>
 *
 * <p>Paths are compared as they are written, never decoded and never looked up in a file system.
 */
public final class Routes {

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {
    /** The answer, or why there is none. */
    Response answer(Request request) throws HttpProblem;
  }

  /** A path with a handler for each method. */
  record Route(String pattern, String[] parts, Map<String, Handler> handlers) {

    private Map<String, String> match(String[] path) {
      if (path.length != parts.length) {
        return null;
      }
      Map<String, String> variables = new LinkedHashMap<>();
      for (int i = 0; i < parts.length; i++) {
        if (parts[i].startsWith("{")) {
          variables.put(parts[i].substring(1, parts[i].length() - 1), path[i]);
        } else if (!parts[i].equals(path[i])) {
          return null;
        }
      }
      return variables;
    }
  }

  /** A route that was found. */
  record Match(Route route, Handler handler, Map<String, String> variables) {}

  private final List<Route> routes = new ArrayList<>();

  /** Answers GET. */
  public Routes get(String pattern, Handler handler) {
    return add("GET", pattern, handler);
  }

  /** Answers POST. */
  public Routes post(String pattern, Handler handler) {
    return add("POST", pattern, handler);
  }

  /** Answers DELETE. */
  public Routes delete(String pattern, Handler handler) {
    return add("DELETE", pattern, handler);
  }

  private Routes add(String method, String pattern, Handler handler) {
    for (Route route : routes) {
      if (route.pattern.equals(pattern)) {
        route.handlers.put(method, handler);
        return this;
      }
    }
    Map<String, Handler> handlers = new LinkedHashMap<>();
    handlers.put(method, handler);
    routes.add(new Route(pattern, pattern.split("/", -1), handlers));
    return this;
  }

  /** The handler of a path; HEAD is answered as GET. */
  Match find(String method, String path) throws HttpProblem {
    String[] parts = path == null ? new String[0] : path.split("/", -1);
    String asked = method.equals("HEAD") ? "GET" : method;
    Set<String> others = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> variables = route.match(parts);
      if (variables != null && route.handlers.containsKey(asked)) {
        return new Match(route, route.handlers.get(asked), variables);
      }
      if (variables != null) {
        others.addAll(route.handlers.keySet());
      }
    }
    throw others.isEmpty()
        ? new HttpProblem(HttpProblem.NOT_FOUND, "there is nothing here; see docs/serve.md")
        : new HttpProblem(
            HttpProblem.METHOD_NOT_ALLOWED, "this answers " + String.join(", ", others) + " only");
  }
}
