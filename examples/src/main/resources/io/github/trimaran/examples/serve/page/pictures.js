// Draws arrays of numbers as they come from the server: {shape, low, high, bytes}.

const STOPS = [[0, 0, 0], [58, 12, 94], [147, 38, 103], [221, 81, 58], [252, 165, 10], [252, 255, 200]];
const BELOW = [[0, 0, 0], [10, 60, 120], [60, 150, 235], [190, 230, 255]];

function ramp(stops, share) {
  const at = Math.min(share, 1) * (stops.length - 1);
  const i = Math.min(Math.floor(at), stops.length - 2);
  return stops[i].map((from, c) => Math.round(from + (at - i) * (stops[i + 1][c] - from)));
}

/** Colours of the 256 bytes: black at zero, warm above, blue below. */
function palette(low, high) {
  const most = Math.max(high, -low);
  return Array.from({ length: 256 }, (unused, byte) => {
    const value = low + ((high - low) * byte) / 255;
    return value >= 0 ? ramp(STOPS, value / most) : ramp(BELOW, -value / most);
  });
}

export function bytesOf(plane) {
  return Uint8Array.from(atob(plane.bytes), (c) => c.charCodeAt(0));
}

export function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** Greys, for pixels. */
export function drawGrey(canvas, bytes) {
  paint(canvas, 28, 28, (i) => [bytes[i], bytes[i], bytes[i]]);
}

/** A picture of one channel or of three, from 0 to 255. */
export function drawPixels(canvas, plane) {
  const [channels, height, width] = plane.shape;
  const bytes = bytesOf(plane);
  const at = (c, i) => bytes[(channels === 3 ? c : 0) * height * width + i];
  paint(canvas, width, height, (i) => [at(0, i), at(1, i), at(2, i)]);
}

/**
 * Filters [F, C, H, W] as tiles on one scale with zero in the middle: grey, or in colours where
 * there are three channels; the first channel of others.
 */
export function drawFilters(canvas, plane) {
  const [count, channels, height, width] = plane.shape;
  const bytes = bytesOf(plane);
  const most = Math.max(plane.high, -plane.low);
  const level = (byte) => 127.5 + (127.5 * (plane.low + ((plane.high - plane.low) * byte) / 255)) / most;
  const size = height * width;
  const columns = Math.min(count, Math.ceil(Math.sqrt(count * 2)));
  tiles(canvas, [count, height, width], columns, (map, i) => {
    const at = (c) => level(bytes[(map * channels + (channels === 3 ? c : 0)) * size + i]);
    return [at(0), at(1), at(2)];
  });
}

/** Greys with a warm veil where the saliency is high. */
export function drawVeiled(canvas, bytes, veil) {
  paint(canvas, 28, 28, (i) => {
    const share = veil[i] / 255;
    const warm = ramp(STOPS, share);
    return warm.map((c) => Math.round(bytes[i] * (1 - share) * 0.6 + c * share));
  });
}

/** What was added is warm, what was taken away is blue. */
export function drawDifference(canvas, before, after) {
  let most = 1;
  for (let i = 0; i < before.length; i++) most = Math.max(most, Math.abs(after[i] - before[i]));
  paint(canvas, 28, 28, (i) => {
    const change = (after[i] - before[i]) / most;
    return change >= 0 ? ramp(STOPS, change) : ramp(BELOW, -change);
  });
}

function paint(canvas, width, height, colour) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = colour(i);
    image.data.set([r, g, b, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}

/** Black, at the size it has. */
export function drawNothing(canvas) {
  paint(canvas, canvas.width, canvas.height, () => [0, 0, 0]);
}

/** All maps of a layer beside each other, or its numbers as one strip. */
export function drawLayer(canvas, plane) {
  const bytes = bytesOf(plane);
  const colours = palette(plane.low, plane.high);
  if (plane.shape.length === 3) {
    drawMaps(canvas, plane.shape, bytes, colours);
  } else {
    const width = Math.min(bytes.length, 25);
    const height = Math.ceil(bytes.length / width);
    paint(canvas, width, height, (i) => (i < bytes.length ? colours[bytes[i]] : [0, 0, 0]));
  }
}

function drawMaps(canvas, [maps, height, width], bytes, colours) {
  tiles(canvas, [maps, height, width], Math.min(maps, 8), (map, i) => colours[bytes[map * height * width + i]]);
}

/** Tiles beside and below each other; colour(map, i) is that of a tile's pixel. */
function tiles(canvas, [maps, height, width], columns, colour) {
  const rows = Math.ceil(maps / columns);
  const fullWidth = columns * (width + 1) - 1;
  const fullHeight = rows * (height + 1) - 1;
  paint(canvas, fullWidth, fullHeight, (i) => {
    const x = i % fullWidth;
    const y = Math.floor(i / fullWidth);
    const map = Math.floor(y / (height + 1)) * columns + Math.floor(x / (width + 1));
    const inX = x % (width + 1);
    const inY = y % (height + 1);
    if (inX === width || inY === height || map >= maps) return [90, 90, 90];
    return colour(map, inY * width + inX);
  });
}
