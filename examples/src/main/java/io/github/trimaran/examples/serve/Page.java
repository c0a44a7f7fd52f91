package io.github.trimaran.examples.serve;

import io.github.trimaran.examples.web.Response;
import io.github.trimaran.examples.web.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The files of the page: a fixed list out of the program itself, never a folder. */
final class Page {

  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "style.css", "text/css; charset=utf-8",
          "app.js", "text/javascript; charset=utf-8",
          "api.js", "text/javascript; charset=utf-8",
          "draw.js", "text/javascript; charset=utf-8",
          "paper.js", "text/javascript; charset=utf-8",
          "pictures.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private Page() {}

  /** Answers their paths. */
  static void addTo(Routes routes) throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Response content = Response.of(file.getValue(), read(file.getKey()));
      routes.get("/" + file.getKey(), request -> content);
      if (file.getKey().equals("index.html")) {
        routes.get("/", request -> content);
      }
    }
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IOException("this build lacks the page's file " + name);
      }
      return in.readAllBytes();
    }
  }
}
