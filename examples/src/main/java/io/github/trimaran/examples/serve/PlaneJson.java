package io.github.trimaran.examples.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;

/**
 * Numbers of a picture or a layer as JSON has them: a byte for each, {@code low + (high - low) *
 * byte / 255}. A page shows no more, and it is a tenth of what they take as text.
 *
 * @param shape {@code [H, W]} of a picture, {@code [C, H, W]} of feature maps, {@code [N]}
 * @param low what byte 0 stands for
 * @param high what byte 255 stands for
 * @param bytes in base64, the last axis fastest
 */
record PlaneJson(
    @JsonProperty int[] shape,
    @JsonProperty double low,
    @JsonProperty double high,
    @JsonProperty byte[] bytes) {

  private static final int BYTE = 255;

  /** Between the least and the largest, zero being among them. */
  static PlaneJson of(HostArray values) {
    double low = 0;
    double high = 0;
    for (double value : values.toDoubles()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return of(values, low, high == low ? low + 1 : high);
  }

  /** Between these; what lies outside is cut off. */
  static PlaneJson of(HostArray values, double low, double high) {
    double[] all = values.toDoubles();
    byte[] bytes = new byte[all.length];
    for (int i = 0; i < bytes.length; i++) {
      double share = (all[i] - low) / (high - low);
      bytes[i] = (byte) Math.round(BYTE * Math.max(0, Math.min(1, share)));
    }
    return new PlaneJson(values.shape().dims(), low, high, bytes);
  }

  /** Pixels from 0 to 255. */
  static PlaneJson ofPixels(HostArray pixels) {
    return of(pixels, 0, BYTE);
  }

  /** Pixels from 0 to 255 from their bytes. */
  static HostArray pixels(byte[] bytes, Shape shape) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & BYTE;
    }
    return HostArray.of(values, shape);
  }
}
