// People without a home, as dots in lanes with names, and what colours and shapes mean.  Part of TownMap.

const HF_DOT = 8; // px from one person to the next

function hfElement(tag, name = "", text = "", parent = null) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  parent?.append(element);
  return element;
}

function hfSharp(canvas, width, height) {
  const dpr = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * dpr));
  canvas.height = Math.max(1, Math.round(height * dpr));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  pen.setTransform(dpr, 0, 0, dpr, 0, 0);
  return pen;
}

class HfLane {
  // `pick(row)` is told whom somebody picked.
  constructor(list, key, pick) {
    this.item = hfElement("li", "hf-lane", "", list);
    this.item.dataset.key = key;
    const head = hfElement("div", "hf-lane-head", "", this.item);
    this.name = hfElement("span", "", "", head);
    this.count = hfElement("span", "hf-lane-count", "", head);
    this.field = hfElement("div", "hf-lane-field", "", this.item);
    this.field.tabIndex = 0;
    this.field.setAttribute("role", "application");
    this.canvas = hfElement("canvas", "", "", this.field);
    this.canvas.setAttribute("aria-hidden", "true");
    Object.assign(this, { rows: new Uint32Array(), at: 0, lines: 1, pick, look: "", selected: -1 });
    this.field.addEventListener("click", (event) => {
      const box = this.canvas.getBoundingClientRect();
      const column = Math.min(this.columns - 1, Math.floor((event.clientX - box.left) / HF_DOT));
      this.choose(Math.floor((event.clientY - box.top) / HF_DOT) * this.columns + column);
    });
    this.field.addEventListener("keydown", (event) => this.key(event));
    for (const name of ["focus", "blur"]) this.field.addEventListener(name, () => this.paint());
  }

  key(event) {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns };
    if (event.key in steps) this.at = Math.min(Math.max(this.at + steps[event.key], 0), this.rows.length - 1);
    else if (event.key === "Enter") this.choose(this.at);
    else return;
    event.preventDefault();
    this.paint();
  }

  choose(at) {
    if (at < 0 || at >= this.rows.length) return;
    this.at = at;
    this.pick(this.rows[at]);
  }

  show(label, count, keys, rows, colour, selected) {
    this.name.textContent = label;
    this.count.textContent = count;
    this.field.setAttribute("aria-label", `${label}: ${count}`);
    if (keys) this.field.setAttribute("aria-describedby", keys);
    Object.assign(this, { rows, colour, selected });
    this.at = Math.max(0, Math.min(this.at, rows.length - 1));
    this.paint();
  }

  paint() {
    const width = this.field.clientWidth;
    if (!width) return;
    this.columns = Math.max(1, Math.floor(width / HF_DOT));
    // lanes grow but do not shrink, so that nothing below them jumps each week
    this.lines = Math.max(this.lines, Math.ceil(this.rows.length / this.columns));
    const look = `${width} ${this.lines} ${window.devicePixelRatio}`;
    if (look !== this.look) hfSharp(this.canvas, width, this.lines * HF_DOT + 2);
    this.look = look;
    const pen = this.canvas.getContext("2d");
    pen.clearRect(0, 0, width, this.lines * HF_DOT + 2);
    const middle = (i) => [(i % this.columns) * HF_DOT + HF_DOT / 2, Math.floor(i / this.columns) * HF_DOT + HF_DOT / 2 + 1];
    pen.fillStyle = this.colour;
    pen.beginPath();
    for (let i = 0; i < this.rows.length; i++) {
      const [x, y] = middle(i);
      pen.moveTo(x + 2.6, y);
      pen.arc(x, y, 2.6, 0, 2 * Math.PI);
    }
    pen.fill();
    const around = (i, colour, width_) => {
      pen.strokeStyle = colour;
      pen.lineWidth = width_;
      pen.beginPath();
      pen.arc(...middle(i), 4.2, 0, 2 * Math.PI);
      pen.stroke();
    };
    const chosen = this.rows.indexOf(this.selected);
    if (chosen >= 0) around(chosen, HF_PEN.accent, 2.5);
    if (this.rows.length && this.field.matches(":focus-visible")) around(this.at, HF_PEN.ink, 1.5);
  }
}

function hfLegend(box, heading, labels, paint) {
  box.replaceChildren();
  box.hidden = !labels.length;
  if (heading) hfElement("span", "hf-map-legend-heading", heading, box);
  const list = hfElement("ul", "", "", box);
  if (heading) list.setAttribute("aria-label", heading);
  labels.forEach((label, number) => {
    const item = hfElement("li", "", "", list);
    const swatch = hfElement("canvas", "", "", item);
    swatch.setAttribute("aria-hidden", "true");
    paint(hfSharp(swatch, 16, 16), number);
    hfElement("span", "", label, item);
  });
}
