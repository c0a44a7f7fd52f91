// The paper: strokes of pen and eraser over an optional picture, with undo, by pointer or keyboard.

export const SIDE = 280;
const PEN = 20;
const ERASER = 36;
const STEP = 10;
const LARGEST = 1200;
// What is drawn here has no grain and no shade: more pixels would only take the server longer.
const SENT = 112;

export class Paper {
  /** Calls changed() when the drawing changes, also while a stroke goes on. */
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.strokes = [];
    this.undone = [];
    this.picture = null;
    this.erasing = false;
    this.stroke = null;
    this.cursor = null;
    this.listen();
    this.paint();
  }

  get isEmpty() {
    return this.strokes.length === 0 && this.picture === null;
  }

  listen() {
    const canvas = this.canvas;
    canvas.addEventListener("pointerdown", (e) => {
      if (e.button !== 0) return;
      canvas.setPointerCapture(e.pointerId);
      this.begin(this.place(e));
      this.dragging = true;
    });
    canvas.addEventListener("pointermove", (e) => {
      if (!this.dragging) return;
      const moves = e.getCoalescedEvents ? e.getCoalescedEvents() : [];
      (moves.length ? moves : [e]).forEach((move) => this.extend(this.place(move)));
    });
    const end = () => {
      if (this.dragging) this.end();
      this.dragging = false;
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    canvas.addEventListener("keydown", (e) => this.key(e));
    canvas.addEventListener("focus", () => this.paint());
    canvas.addEventListener("blur", () => {
      this.end();
      this.paint();
    });
  }

  place(e) {
    const box = this.canvas.getBoundingClientRect();
    return [((e.clientX - box.left) / box.width) * SIDE, ((e.clientY - box.top) / box.height) * SIDE];
  }

  // ---- strokes --------------------------------------------------------------------------------

  begin(point) {
    this.end();
    this.stroke = { erase: this.erasing, points: [point] };
    this.strokes.push(this.stroke);
    this.undone = [];
    this.update();
  }

  extend(point) {
    this.stroke.points.push(point);
    this.update();
  }

  end() {
    if (this.stroke) {
      this.stroke = null;
      this.update();
    }
  }

  undo() {
    this.end();
    if (this.strokes.length) {
      this.undone.push(this.strokes.pop());
    } else if (this.picture) {
      this.undone.push({ picture: this.picture });
      this.picture = null;
    }
    this.update();
  }

  redo() {
    const last = this.undone.pop();
    if (last && last.picture) this.picture = last.picture;
    else if (last) this.strokes.push(last);
    this.update();
  }

  clear() {
    this.end();
    this.strokes = [];
    this.undone = [];
    this.picture = null;
    this.update();
  }

  /** Puts a picture file on the paper in place of everything. */
  async show(file) {
    const picture = await createImageBitmap(file);
    this.clear();
    this.picture = picture;
    this.update();
  }

  update() {
    this.paint();
    this.changed();
  }

  // ---- keyboard -------------------------------------------------------------------------------

  key(e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const step = e.shiftKey ? STEP / 5 : STEP;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const acts = {
      " ": () => (this.stroke ? this.end() : this.begin([...this.pen()])),
      Escape: () => this.end(),
      p: () => this.choose(false),
      e: () => this.choose(true),
      z: () => this.undo(),
      y: () => this.redo(),
      Delete: () => this.clear(),
      Backspace: () => this.undo(),
    };
    if (moves[e.key]) this.move(moves[e.key]);
    else if (acts[e.key]) acts[e.key]();
    else return;
    e.preventDefault();
    this.paint();
  }

  pen() {
    this.cursor ??= [SIDE / 2, SIDE / 4];
    return this.cursor;
  }

  move([dx, dy]) {
    const [x, y] = this.pen();
    this.cursor = [Math.max(0, Math.min(SIDE, x + dx)), Math.max(0, Math.min(SIDE, y + dy))];
    if (this.stroke) this.extend([...this.cursor]);
  }

  choose(erasing) {
    this.end();
    this.erasing = erasing;
    this.changed();
  }

  // ---- pictures -------------------------------------------------------------------------------

  paint() {
    const context = this.canvas.getContext("2d");
    const style = getComputedStyle(this.canvas);
    const paper = style.getPropertyValue("--paper").trim();
    const pen = style.getPropertyValue("--pen").trim();
    this.draw(context, this.canvas.width, paper, pen);
    if (this.cursor && document.activeElement === this.canvas) {
      context.beginPath();
      context.arc(...this.cursor, (this.erasing ? ERASER : PEN) / 2, 0, 2 * Math.PI);
      context.lineWidth = this.stroke ? 4 : 1.5;
      context.strokeStyle = style.getPropertyValue("--accent");
      context.stroke();
    }
  }

  draw(context, side, paper, pen) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.picture ? "#fff" : paper;
    context.fillRect(0, 0, side, side);
    context.setTransform(side / SIDE, 0, 0, side / SIDE, 0, 0);
    if (this.picture) {
      const scale = SIDE / Math.max(this.picture.width, this.picture.height);
      const width = this.picture.width * scale;
      const height = this.picture.height * scale;
      context.drawImage(this.picture, (SIDE - width) / 2, (SIDE - height) / 2, width, height);
    }
    context.lineCap = "round";
    context.lineJoin = "round";
    for (const stroke of this.strokes) {
      context.strokeStyle = stroke.erase ? (this.picture ? "#fff" : paper) : this.picture ? "#101820" : pen;
      context.lineWidth = stroke.erase ? ERASER : PEN;
      context.beginPath();
      const [[x, y], ...rest] = stroke.points;
      context.moveTo(x, y);
      // A line of no length is not drawn at all.
      context.lineTo(x + 0.01, y);
      rest.forEach((point) => context.lineTo(...point));
      context.stroke();
    }
  }

  /** The drawing as the server gets it: dark ink on white, or the picture as large as it needs. */
  async blob() {
    const side = this.picture
      ? Math.max(SENT, Math.min(LARGEST, Math.max(this.picture.width, this.picture.height)))
      : SENT;
    const canvas = new OffscreenCanvas(side, side);
    if (this.picture && this.strokes.length === 0) {
      // As it is, without a margin: the margin's edge would look like a stroke.
      const scale = side / Math.max(this.picture.width, this.picture.height);
      canvas.width = Math.max(1, Math.round(this.picture.width * scale));
      canvas.height = Math.max(1, Math.round(this.picture.height * scale));
      canvas.getContext("2d").drawImage(this.picture, 0, 0, canvas.width, canvas.height);
    } else {
      this.draw(canvas.getContext("2d"), side, "#fff", "#000");
    }
    return canvas.convertToBlob({ type: "image/png" });
  }
}
