package io.github.trimaran.backend.cpu.kernels;

/**
 * The three linear maps of Winograd's convolution {@code F(4 x 4, 3 x 3)} for float32, on as many
 * channels, or filters, side by side as a SIMD register has lanes.
 *
 * <p>A 3 x 3 window over a tile of 6 x 6 pixels gives 4 x 4 results. Computed one by one these take
 * 144 multiplications. But the convolution of two sequences is a product of two polynomials, and
 * such a product can be taken point by point: evaluate both at six points, multiply, interpolate
 * (Winograd 1980; for networks Lavin and Gray 2016, arXiv:1509.09308). In two dimensions these are
 * 36 multiplications, with {@code V = B^T d B} for the pixels, {@code U = G g G^T} for the window
 * and {@code A^T (U * V) A} for the results. All channels are summed before the last map.
 *
 * <p>Of the points, 0 and infinity are given. The usual four others, 1, -1, 2 and -2, lose a digit
 * of the sums; 5/8, -5/8, 3/2 and -3/2 (found by trying) lose half a bit to a bit, and their
 * squares and products are exact too. With {@code a = 5/8} and {@code b = 3/2}:
 *
 * <pre>
 *       a2 b2     0   -(a2 + b2)       0    1  0        1 / (a2 b2)        0         0
 *         0   -a b2      -b2           a    1  0           1 / p         a / p    a2 / p
 * B^T =   0    a b2      -b2          -a    1  0    G =    1 / p        -a / p    a2 / p
 *         0   -b a2      -a2           b    1  0           1 / q         b / q    b2 / q
 *         0    b a2      -a2          -b    1  0           1 / q        -b / q    b2 / q
 *         0   a2 b2        0   -(a2 + b2)   0  1             0             0         1
 *
 *         1  1   1  1   1  0
 * A^T =   0  a  -a  b  -b  0        p = 2 a2 (a2 - b2),  q = 2 b2 (b2 - a2)
 *         0 a2  a2 b2  b2  0
 *         0 a3 -a3 b3 -b3  1
 * </pre>
 *
 * <p>With these, the gradient of the window is {@code G^T (sum over tiles of (A y A^T) * V) G} for
 * gradients {@code y} of the results.
 *
 * <p>All arrays hold {@link #lanes} numbers side by side for each pixel, or each of the 36 points.
 */
public interface TileTransforms {

  /** Rows, and columns, of the results of a tile. */
  int OUTPUTS = 4;

  /** Rows, and columns, of its pixels. */
  int PIXELS = 6;

  /** Products of a tile: 36. */
  int POINTS = PIXELS * PIXELS;

  /** How many channels are worked on side by side. */
  int lanes();

  /**
   * {@code V = B^T d B}.
   *
   * @param pixels 6 x 6 of them
   * @param from where the first is
   * @param row from a row of pixels to the next
   * @param v where to store V
   * @param to where its first point goes
   * @param point from a point to the next
   */
  void pixels(float[] pixels, int from, int row, float[] v, int to, int point);

  /**
   * {@code U = G g G^T}.
   *
   * @param window 3 x 3, row by row from the start of the array
   * @param u where to store U
   * @param to where its first point goes
   * @param point from a point to the next
   */
  void window(float[] window, float[] u, int to, int point);

  /**
   * {@code A^T m A}.
   *
   * @param m sums of products
   * @param from where the first point is
   * @param point from a point to the next
   * @param results where to store 4 x 4
   * @param to where the first goes
   * @param row from a row of results to the next
   */
  void results(float[] m, int from, int point, float[] results, int to, int row);

  /**
   * {@code A y A^T}, which turns the last map round: from gradients of results to those of sums.
   *
   * @param results 4 x 4 of them
   * @param from where the first is
   * @param row from a row of them to the next
   * @param w where to store them
   * @param to where the first point goes
   * @param point from a point to the next
   */
  void resultGrads(float[] results, int from, int row, float[] w, int to, int point);

  /**
   * {@code G^T m G}, which turns the map of the window round: from gradients of points to those of
   * the window.
   *
   * @param m gradients of points
   * @param from where the first is
   * @param point from a point to the next
   * @param window where to store 3 x 3, row by row from the start of the array
   */
  void windowGrads(float[] m, int from, int point, float[] window);
}
