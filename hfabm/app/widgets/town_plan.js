// What the map is told, as arrays.  Part of the script of TownMap.

function hfNumbers(view, Kind) {
  if (!view || !view.byteLength) return new Kind();
  return new Kind(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

function hfInk(colour) {
  const part = (at) => parseInt(colour.slice(at, at + 2), 16) || 0;
  return (0xff000000 | (part(5) << 16) | (part(3) << 8) | part(1)) >>> 0;
}

class HfTown {
  constructor(model) {
    this.model = model;
    this.neighboursOf = null;
    this.readPlan();
    this.readWeek();
  }

  readPlan() {
    const { model } = this;
    this.xy = hfNumbers(model.get("xy"), Float32Array);
    this.estate = hfNumbers(model.get("estate"), Uint16Array);
    this.edges = hfNumbers(model.get("edges"), Uint32Array);
    this.estates = model.get("estates");
    this.cell = model.get("cell");
    this.neighboursOf = null;
    const groups = new Map();
    for (const { sublabel, x, y, w, h } of this.estates) {
      if (!sublabel) continue;
      const box = groups.get(sublabel) ?? [x, y, x + w, y + h];
      // the name stands at the left of the highest row of estates
      if (y < box[1] || (y === box[1] && x < box[0])) [box[0], box[1]] = [x, y];
      groups.set(sublabel, [box[0], box[1], Math.max(box[2], x + w), Math.max(box[3], y + h)]);
    }
    this.groups = [...groups].map(([label, box]) => ({ label, box }));
  }

  readWeek() {
    const { model } = this;
    const states = hfNumbers(model.get("states"), Uint8Array);
    const count = this.xy.length / 2;
    this.states = states.length > count ? states.subarray(0, count) : states;
    this.palette = model.get("palette");
    this.shapes = model.get("shapes");
    this.ink = new Uint32Array(256).fill(hfInk("#999999"));
    this.palette.forEach((colour, state) => (this.ink[state] = hfInk(colour)));
    this.mark_colours = model.get("mark_colours");
  }

  neighbours(row) {
    if (!this.neighboursOf) {
      this.neighboursOf = new Map();
      const add = (a, b) => this.neighboursOf.get(a)?.push(b) ?? this.neighboursOf.set(a, [b]);
      for (let i = 0; i + 1 < this.edges.length; i += 2) {
        add(this.edges[i], this.edges[i + 1]);
        add(this.edges[i + 1], this.edges[i]);
      }
    }
    return this.neighboursOf.get(row) ?? [];
  }
}
