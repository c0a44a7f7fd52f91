package io.github.trimaran.examples.gallery;

import io.github.trimaran.data.table.Table;
import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Tables that take the place of real ones where there are none: the same columns, filled by rules
 * of our own, some cells missing. Nobody has measured these cars and birds.
 */
final class MadeUpTables {

  private static final int ROWS = 300;
  private static final double MISSING = 0.02;

  private MadeUpTables() {}

  /** Cars: heavy and strong ones go less far, later ones and those from Japan farther. */
  static Table cars(Rng rng) {
    List<String> origins = List.of("usa", "europe", "japan");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int origin = rng.nextInt(origins.size());
      int cylinders = origin == 0 ? 4 + 2 * rng.nextInt(3) : 4;
      double displacement = 28 * cylinders * rng.nextDouble(0.8, 1.4);
      double power = 30 + 0.4 * displacement * rng.nextDouble(0.8, 1.2);
      double weight = 1500 + 8 * displacement + 200 * rng.nextGaussian();
      double acceleration = 8 + 0.28 * weight / power + rng.nextGaussian();
      int year = 70 + rng.nextInt(13);
      double gallons = 0.9 + 0.9 * weight / 1000 + 0.008 * power - 0.1 * (year - 70);
      double miles = 110 / (gallons - 0.1 * origin + 0.15 * rng.nextGaussian());
      rows.add(
          Arrays.asList(
              number(miles, 1),
              number(cylinders, 0),
              number(displacement, 0),
              orMissing(number(power, 0), rng),
              number(weight, 0),
              number(acceleration, 1),
              number(year, 0),
              origins.get(origin),
              "car " + i));
    }
    return Table.of(
        List.of(
            "mpg",
            "cylinders",
            "displacement",
            "horsepower",
            "weight",
            "acceleration",
            "model_year",
            "origin",
            "name"),
        rows);
  }

  /** Penguins: one species is heavy, one has a longer bill, one lives on every island. */
  static Table penguins(Rng rng) {
    List<String> islands = List.of("Torgersen", "Biscoe", "Dream");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int species = rng.nextInt(3);
      String island =
          switch (species) {
            case 0 -> islands.get(rng.nextInt(3));
            case 1 -> "Dream";
            default -> "Biscoe";
          };
      boolean male = rng.nextInt(2) == 0;
      double larger = male ? 1.04 : 0.96;
      double billLength = larger * (species == 0 ? 39 : 48) + 2 * rng.nextGaussian();
      double billDepth = larger * (species == 2 ? 15 : 18.5) + 0.8 * rng.nextGaussian();
      double flipper = larger * (species == 2 ? 216 : 193) + 5 * rng.nextGaussian();
      double mass = larger * larger * (species == 2 ? 5000 : 3700) + 250 * rng.nextGaussian();
      rows.add(
          Arrays.asList(
              List.of("Adelie", "Chinstrap", "Gentoo").get(species),
              island,
              orMissing(number(billLength, 1), rng),
              orMissing(number(billDepth, 1), rng),
              orMissing(number(flipper, 0), rng),
              orMissing(number(mass, 0), rng),
              orMissing(male ? "MALE" : "FEMALE", rng)));
    }
    return Table.of(
        List.of(
            "species",
            "island",
            "bill_length_mm",
            "bill_depth_mm",
            "flipper_length_mm",
            "body_mass_g",
            "sex"),
        rows);
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String orMissing(String cell, Rng rng) {
    return rng.nextDouble() < MISSING ? null : cell;
  }
}
