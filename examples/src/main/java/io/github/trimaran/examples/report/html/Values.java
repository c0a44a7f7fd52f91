package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values out of JSON as people read them: {@code 0.123457}, {@code filters 32, depth 2}. */
final class Values {

  /** More of a text, or of a list, is not shown. */
  private static final int LONGEST_TEXT = 4_000;

  private static final int LONGEST_LIST = 60;
  private static final int DIGITS = 6;

  private Values() {}

  /** A value as one text; a dash where there is none. */
  static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "–";
    }
    if (value.isFloatingPointNumber()) {
      return number(value.doubleValue());
    }
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(part -> parts.add(nested(part)));
      return joined(parts);
    }
    if (value.isObject()) {
      List<String> parts = new ArrayList<>();
      value.properties().forEach(p -> parts.add(p.getKey() + " " + nested(p.getValue())));
      return joined(parts);
    }
    return shortened(value.asText());
  }

  /** Lists in lists are not spelled out. */
  private static String nested(JsonNode part) {
    return part.isContainerNode() ? "(" + part.size() + " values)" : text(part);
  }

  private static String joined(List<String> parts) {
    if (parts.size() <= LONGEST_LIST) {
      return shortened(String.join(", ", parts));
    }
    int more = parts.size() - LONGEST_LIST;
    return shortened(String.join(", ", parts.subList(0, LONGEST_LIST))) + ", and " + more + " more";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " …";
  }

  /** A number with six digits that count, without zeros at its end. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() == 0 || (exponent >= -5 && exponent < 9)) {
      return rounded.toPlainString();
    }
    return new DecimalFormat("0.#####E0", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(rounded)
        .replace('E', 'e');
  }
}
