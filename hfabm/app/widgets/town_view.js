// Which part of the town is seen, and how large.  Part of the script of TownMap.

const HF_LARGEST = 40; // px from one home to the next
const HF_TELL_APART = 8; // px from which on shapes, stairwells and neighbours are drawn
const HF_EDGE = 14; // px around the whole town
const HF_ABOVE = 16; // px above it, for names

class HfView {
  constructor() {
    Object.assign(this, { width: 1, height: 1, dpr: 1, scale: 1, x: 0, y: 0, fitted: true });
    this.box = { x: 0, y: 0, w: 1, h: 1 };
  }

  resize(width, height, dpr) {
    Object.assign(this, { width, height, dpr });
    if (this.fitted) this.fit();
    else this.keepInside();
  }

  // The town is as large as its estates.
  holds(town) {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    const grow = (x, y) => {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    };
    for (const { x, y, w, h } of town.estates) grow(x, y), grow(x + w, y + h);
    for (let i = 0; i < town.xy.length; i += 2) grow(town.xy[i], town.xy[i + 1]);
    if (box.left > box.right) return;
    this.box = { x: box.left, y: box.top, w: box.right - box.left || 1, h: box.bottom - box.top || 1 };
    if (this.fitted) this.fit();
  }

  get least() {
    const [across, down] = [this.width - 2 * HF_EDGE, this.height - 2 * HF_EDGE - HF_ABOVE];
    return this.even(Math.max(0.05, Math.min(across / this.box.w, down / this.box.h)));
  }

  // Small homes look even only where each is a whole number of dots; not if that shrinks the town much.
  even(scale) {
    const dots = scale * this.dpr;
    const whole = Math.floor(dots);
    return dots < 14 && whole >= 2 && whole / dots > 0.8 ? whole / this.dpr : scale;
  }

  fit() {
    this.scale = this.least;
    this.x = this.box.x + this.box.w / 2;
    this.y = this.box.y + this.box.h / 2 - HF_ABOVE / 2 / this.scale;
    this.fitted = true;
  }

  zoom(factor, at = { x: this.width / 2, y: this.height / 2 }) {
    const scale = Math.min(HF_LARGEST, this.scale * factor);
    if (scale <= this.least * 1.02) return this.fit();
    const before = this.toTown(at.x, at.y);
    this.scale = this.even(scale);
    // an even size may stand still under small steps
    if (Math.abs(this.scale - scale) / scale > 0.2) this.scale = scale;
    this.fitted = false;
    const after = this.toTown(at.x, at.y);
    this.x += before.x - after.x;
    this.y += before.y - after.y;
    this.keepInside();
  }

  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.fitted = false;
    this.keepInside();
  }

  keepInside() {
    const { x, y, w, h } = this.box;
    this.x = Math.min(Math.max(this.x, x), x + w);
    this.y = Math.min(Math.max(this.y, y), y + h);
  }

  toTown(px, py) {
    return { x: (px - this.width / 2) / this.scale + this.x, y: (py - this.height / 2) / this.scale + this.y };
  }

  toScreen(x, y) {
    return { x: (x - this.x) * this.scale + this.width / 2, y: (y - this.y) * this.scale + this.height / 2 };
  }

  get close() {
    return this.scale >= HF_TELL_APART;
  }
}

// The dwelling nearest to a place, and the estate around it.
function hfNearest(town, place, reach) {
  let [best, row] = [reach * reach, -1];
  const { xy } = town;
  for (let i = 0; i < xy.length / 2; i++) {
    const [dx, dy] = [xy[2 * i] - place.x, xy[2 * i + 1] - place.y];
    const far = dx * dx + dy * dy;
    if (far < best) [best, row] = [far, i];
  }
  return row;
}

function hfAround(town, place) {
  return town.estates.findIndex(
    ({ x, y, w, h }) => place.x >= x && place.x <= x + w && place.y >= y && place.y <= y + h,
  );
}

function hfPickAt(town, view, place, reach) {
  // to its corners where a home is large, and some px around it where it is small
  const row = hfNearest(town, place, Math.max(reach / view.scale, town.cell * Math.SQRT1_2));
  if (row >= 0) return { kind: "dwelling", row };
  const around = hfAround(town, place);
  return around >= 0 ? { kind: "estate", row: around } : null;
}
