package io.github.trimaran.examples.serve;

import io.github.trimaran.examples.web.Response;
import io.github.trimaran.examples.web.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The files of the page: a fixed list out of the program itself, never a folder. */
final class Page {

  private static final List<String> FILES =
      List.of(
          "index.html",
          "style.css",
          "icon.svg",
          "answers.js",
          "api.js",
          "app.js",
          "charts.js",
          "classes.js",
          "compare.js",
          "corrections.js",
          "draw.js",
          "drawing.js",
          "jobs.js",
          "paper.js",
          "pictures.js",
          "training.js",
          "transfer.js",
          "views.js",
          "weights.js");

  private Page() {}

  /** Answers their paths. */
  static void addTo(Routes routes) throws IOException {
    for (String file : FILES) {
      Response content = Response.of(type(file), read(file));
      routes.get("/" + file, request -> content);
      if (file.equals("index.html")) {
        routes.get("/", request -> content);
      }
    }
  }

  private static String type(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1);
    return switch (ending) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("no type for " + file);
    };
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
