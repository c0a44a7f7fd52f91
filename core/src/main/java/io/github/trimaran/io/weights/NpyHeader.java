package io.github.trimaran.io.weights;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The three facts of a NumPy header. The header is the text of a Python dictionary; only the few
 * literals that occur in it are understood.
 */
record NpyHeader(String descr, boolean fortranOrder, long[] shape) {

  static NpyHeader parse(String text, WeightInput in) throws WeightFormatException {
    return new Parser(text, in).parse();
  }

  private static final class Parser {

    private final String text;
    private final WeightInput in;
    private int position;

    Parser(String text, WeightInput in) {
      this.text = text;
      this.in = in;
    }

    NpyHeader parse() throws WeightFormatException {
      String descr = "";
      boolean fortranOrder = false;
      long[] shape = {};
      Set<String> seen = new HashSet<>();
      expect('{');
      while (!skipIf('}')) {
        String key = string();
        expect(':');
        if (!seen.add(key)) {
          throw error("'" + key + "' given twice");
        }
        switch (key) {
          case "descr" -> descr = string();
          case "fortran_order" -> fortranOrder = bool();
          case "shape" -> shape = integers();
          default -> throw error("unknown key '" + key + "'");
        }
        if (!skipIf(',')) {
          expect('}');
          break;
        }
      }
      skipSpace();
      if (position < text.length() || seen.size() < 3) {
        throw error(seen.size() < 3 ? "needs descr, fortran_order and shape" : "text after it");
      }
      return new NpyHeader(descr, fortranOrder, shape);
    }

    private String string() throws WeightFormatException {
      skipSpace();
      char quote = position < text.length() ? text.charAt(position) : ' ';
      int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
      if (end < 0) {
        throw error("expected a string (structured types are not read)");
      }
      String string = text.substring(position + 1, end);
      position = end + 1;
      return string;
    }

    private boolean bool() throws WeightFormatException {
      skipSpace();
      for (String word : List.of("True", "False")) {
        if (text.startsWith(word, position)) {
          position += word.length();
          return word.equals("True");
        }
      }
      throw error("expected True or False");
    }

    private long[] integers() throws WeightFormatException {
      List<Long> integers = new ArrayList<>();
      expect('(');
      while (!skipIf(')')) {
        integers.add(integer());
        if (!skipIf(',')) {
          expect(')');
          break;
        }
      }
      return integers.stream().mapToLong(Long::longValue).toArray();
    }

    private long integer() throws WeightFormatException {
      skipSpace();
      int start = position;
      while (position < text.length() && "0123456789".indexOf(text.charAt(position)) >= 0) {
        position++;
      }
      if (position == start || position - start > 18) {
        throw error("expected an extent");
      }
      long integer = Long.parseLong(text.substring(start, position));
      // Python 2 wrote long integers with this suffix.
      skipIf('L');
      return integer;
    }

    private void expect(char wanted) throws WeightFormatException {
      if (!skipIf(wanted)) {
        throw error("expected '" + wanted + "'");
      }
    }

    private boolean skipIf(char wanted) {
      skipSpace();
      boolean found = position < text.length() && text.charAt(position) == wanted;
      if (found) {
        position++;
      }
      return found;
    }

    private void skipSpace() {
      while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
        position++;
      }
    }

    private WeightFormatException error(String reason) {
      return in.error("bad NumPy header at character " + position + ": " + reason);
    }
  }
}
