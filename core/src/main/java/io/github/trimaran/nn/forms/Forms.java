package io.github.trimaran.nn.forms;

import io.github.trimaran.array.Shape;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.io.json.Kinds;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what a model is made of as JSON, and makes it again: kinds by name with their settings,
 * and the parts of a {@link Sequential} as a tree of them. Weights are saved apart.
 *
 * <pre>{@code
 * Forms forms = Forms.standard();
 * Map<String, Object> json = forms.write(new Sequential(new Linear(4, 8), new ReLU()));
 * // {"kind":"Sequential","layers":{"0":{"kind":"Linear","inputs":4,"outputs":8},"1":{"kind":"ReLU"}}}
 * Model same = forms.read(Json.parseObject(Json.write(json)));
 * }</pre>
 *
 * <p>A layer of one's own tells its settings by {@link Model#form} and is registered under the name
 * of its class:
 *
 * <pre>{@code
 * Forms mine = Forms.standard().with(
 *     ChannelScale.class, (json, forms) -> new ChannelScale(json.int32("channels")));
 * }</pre>
 *
 * <p>A file can name registered kinds only: no class is loaded because a file says so. The standard
 * ones are all layers of the library but {@link io.github.trimaran.nn.Lambda}, whose function
 * cannot be written; the recurrent models and the networks of {@code nn.models} belong to them. A
 * subclass of {@link Sequential} that is not registered is written as the {@link Sequential} that
 * it is. Not part of a form: how first weights are drawn, and what is frozen.
 */
public final class Forms {

  private static final String TIES = "ties";
  private static final int MOST = 1000;
  private static final Forms STANDARD = standardForms();

  /**
   * Makes a model of its settings.
   *
   * @param <M> the kind of model
   */
  @FunctionalInterface
  public interface Maker<M extends Model> {

    /**
     * A new model.
     *
     * @param json the settings that {@link Model#form} told
     * @param forms read the parts
     * @throws JsonException if a setting is missing, or of another type
     * @throws IllegalArgumentException if they make no sense
     */
    M make(JsonObject json, Forms forms) throws JsonException;
  }

  private record Entry(Class<?> type, Maker<?> maker) {}

  private final Map<String, Entry> entries;

  private Forms(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** Those of the library. */
  public static Forms standard() {
    return STANDARD;
  }

  private static Forms standardForms() {
    Forms none = new Forms(Map.of());
    return SequenceForms.addTo(
        CompositeForms.addTo(NormForms.addTo(WindowForms.addTo(ElementForms.addTo(none)))));
  }

  /** The same and this kind of model, or with it in the place of one of that name. */
  public <M extends Model> Forms with(Class<M> type, Maker<? extends M> maker) {
    Map<String, Entry> more = new LinkedHashMap<>(entries);
    more.put(type.getSimpleName(), new Entry(type, maker));
    return new Forms(Collections.unmodifiableMap(more));
  }

  // ---- writing --------------------------------------------------------------------------------

  /**
   * The form of a model, initialised or not, as JSON.
   *
   * @throws IllegalArgumentException if a part is of a kind that is not registered, or its form
   *     does not tell all that is needed to make it again
   */
  public Map<String, Object> write(Model model) {
    Map<String, Object> json = new LinkedHashMap<>(object(model));
    Map<String, String> ties = new LinkedHashMap<>(model.ties());
    Model again = check(model, json);
    ties.keySet().removeAll(again.ties().keySet());
    if (!ties.isEmpty()) {
      json.put(TIES, ties);
      again = check(model, json);
    }
    if (!again.shapes().equals(model.shapes())) {
      throw new IllegalArgumentException(
          "forms: the form of "
              + model.kind()
              + " does not tell all: made again it has the weights "
              + again.shapes()
              + " instead of "
              + model.shapes());
    }
    return json;
  }

  private Model check(Model model, Map<String, Object> json) {
    try {
      return read(JsonObject.of(json));
    } catch (JsonException e) {
      throw new IllegalArgumentException(
          "forms: the form of "
              + model.kind()
              + " does not tell what its maker asks for: "
              + e.getMessage(),
          e);
    }
  }

  private Map<String, Object> object(Model model) {
    String kind = model.kind();
    Entry entry = entries.get(kind);
    if (entry == null || entry.type() != model.getClass()) {
      if (!(model instanceof Sequential)) {
        throw new IllegalArgumentException(
            "forms: "
                + kind
                + " is not registered; register how it is made: forms.with("
                + kind
                + ".class, (json, forms) -> ...)");
      }
      kind = Sequential.class.getSimpleName();
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    model.form().values().forEach((name, value) -> settings.put(name, value(value)));
    return Kinds.write(kind, settings);
  }

  private Object value(Object value) {
    if (value instanceof Model model) {
      return object(model);
    }
    if (value instanceof Shape shape) {
      return value(shape.dims());
    }
    if (value instanceof int[] integers) {
      return Arrays.stream(integers).mapToObj(Long::valueOf).toList();
    }
    if (value instanceof double[] numbers) {
      return Arrays.stream(numbers).boxed().toList();
    }
    if (value instanceof Integer integer) {
      return Long.valueOf(integer);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::value).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((name, one) -> values.put((String) name, value(one)));
      return values;
    }
    return value;
  }

  // ---- reading --------------------------------------------------------------------------------

  /**
   * A new model of that form, without weights.
   *
   * @throws JsonException if a kind is not known, or its settings are not what it needs or make no
   *     sense
   */
  public Model read(JsonObject json) throws JsonException {
    String kind = json.string("kind");
    Entry entry = entries.get(kind);
    if (entry == null) {
      throw new JsonException(
          "model: kind '"
              + kind
              + "' is not known; register how it is made, or use one of "
              + entries.keySet());
    }
    try {
      Model model = entry.maker().make(json, this);
      if (json.has(TIES)) {
        JsonObject ties = json.object(TIES);
        for (String path : ties.names()) {
          model.tie(path, ties.string(path));
        }
      }
      return model;
    } catch (IllegalArgumentException e) {
      throw new JsonException("model: " + e.getMessage());
    }
  }

  /** The same where only a layer makes sense. */
  public Layer layer(JsonObject json) throws JsonException {
    Model model = read(json);
    if (model instanceof Layer layer) {
      return layer;
    }
    throw new JsonException(
        "model: " + model.kind() + " stands where a layer is wanted, one tensor to one");
  }

  /** The same for each of several. */
  public List<Layer> layers(List<JsonObject> objects) throws JsonException {
    List<Layer> layers = new ArrayList<>();
    for (JsonObject one : objects) {
      layers.add(layer(one));
    }
    return layers;
  }

  /**
   * How many parts there are of a kind, from 1 to 1,000: a damaged file must not fill the memory.
   */
  public static int count(JsonObject json, String name, int usual) throws JsonException {
    int count = json.int32(name, usual);
    if (count < 1 || count > MOST) {
      throw new JsonException("model: " + name + " must be from 1 to " + MOST + ", is " + count);
    }
    return count;
  }

  // ---- folding --------------------------------------------------------------------------------

  /**
   * A copy for evaluation, whose batch norms are part of the layers before them: the same function
   * to rounding, in fewer passes over the images.
   *
   * <pre>{@code
   * Model fast = Forms.standard().folded(net);   // net stays as it is, to be trained further
   * }</pre>
   *
   * <p>Folded are the {@link io.github.trimaran.nn.BatchNorm2d} or {@link
   * io.github.trimaran.nn.BatchNorm1d} directly behind a convolution or affine map in a {@link
   * Sequential}, and {@link io.github.trimaran.nn.NormedConv2d}; a batch norm without running
   * statistics stays. The copy has the names of the original, less those of the norms.
   *
   * @throws IllegalArgumentException if a part is of a kind that is not registered, or weights are
   *     tied
   * @throws IllegalStateException if the model is not initialised
   */
  public Model folded(Model model) {
    if (!model.ties().isEmpty()) {
      throw new IllegalArgumentException(
          "forms: batch norm cannot be folded into tied weights: " + model.ties());
    }
    Folding folding = new Folding(model.stateDict());
    Map<String, Object> form = folding.fold(write(model), model, "");
    Model folded = check(model, form);
    folded.init(model.backend(), model.dtype(), folding.weights());
    return folded;
  }

  /** The same of a layer. */
  public Layer folded(Layer layer) {
    return (Layer) folded((Model) layer);
  }

  @Override
  public String toString() {
    return "forms " + entries.keySet();
  }
}
