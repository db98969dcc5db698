// The town on canvases: estates below, homes above, and on top what happens and what is picked.  Part of TownMap.

const HF_SHAPES = ["filled", "hollow", "eye", "cross", "dot", "half", "bar", "ring"];
const HF_PEN = { paper: "#ffffff", plate: "#f5f5f2", rim: "#dcdcd6", ink: "#1a1a1a", quiet: "#555555", accent: "#00578a" };
const HF_LETTERS = "'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const HF_FADE = 1100; // ms

function hfHome(pen, x, y, side, shape, colour) {
  const line = Math.max(1, side * 0.13);
  const rim = () => pen.strokeRect(x + line / 2, y + line / 2, side - line, side - line);
  const stroke = (...points) => {
    pen.beginPath();
    points.forEach(([px, py], i) => (i % 2 ? pen.lineTo(x + px * side, y + py * side) : pen.moveTo(x + px * side, y + py * side)));
    pen.stroke();
  };
  const disc = (share) => {
    pen.beginPath();
    pen.arc(x + side / 2, y + side / 2, side * share, 0, 2 * Math.PI);
    pen.fill();
  };
  const solid = shape === "filled" || shape === "eye" || shape === "bar";
  pen.lineWidth = line;
  pen.strokeStyle = colour;
  pen.fillStyle = solid ? colour : HF_PEN.paper;
  pen.fillRect(x, y, side, side);
  if (!solid) rim();
  pen.fillStyle = solid ? HF_PEN.paper : colour;
  if (shape === "eye" || shape === "dot") disc(0.22);
  else if (shape === "bar") pen.fillRect(x + side * 0.18, y + side * 0.4, side * 0.64, side * 0.2);
  else if (shape === "half") pen.fillRect(x, y + side / 2, side, side / 2);
  else if (shape === "cross") stroke([0.2, 0.2], [0.8, 0.8], [0.8, 0.2], [0.2, 0.8]);
  else if (shape === "ring") {
    pen.beginPath();
    pen.arc(x + side / 2, y + side / 2, side * 0.24, 0, 2 * Math.PI);
    pen.stroke();
  }
}

function hfMark(pen, x, y, r, kind, colour) {
  const path = {
    0: [],
    1: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
    2: [[0, -1.3], [1.2, 0.9], [-1.2, 0.9]],
    3: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  }[kind % 6];
  pen.beginPath();
  if (!path) {
    const t = kind % 6 === 4 ? [[0, -1.2], [0, 1.2], [-1.2, 0], [1.2, 0]] : [[-1, -1], [1, 1], [-1, 1], [1, -1]];
    t.forEach(([dx, dy], i) => (i % 2 ? pen.lineTo(x + dx * r, y + dy * r) : pen.moveTo(x + dx * r, y + dy * r)));
  } else if (path.length) {
    path.forEach(([dx, dy], i) => (i ? pen.lineTo(x + dx * r, y + dy * r) : pen.moveTo(x + dx * r, y + dy * r)));
    pen.closePath();
  } else pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.strokeStyle = HF_PEN.paper;
  pen.lineWidth = 4;
  pen.stroke();
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.stroke();
}

function hfShapeOf(town, state) {
  return town.shapes[state] ?? HF_SHAPES[state % HF_SHAPES.length];
}

function hfPaintGround(pen, town, view) {
  pen.fillStyle = HF_PEN.paper;
  pen.fillRect(0, 0, view.width, view.height);
  const dot = (value) => Math.round(value * view.dpr) / view.dpr;
  const hair = 1 / view.dpr;
  pen.lineWidth = hair;
  for (const { x, y, w, h } of town.estates) {
    const [a, b] = [view.toScreen(x, y), view.toScreen(x + w, y + h)];
    if (b.x < 0 || b.y < 0 || a.x > view.width || a.y > view.height) continue;
    pen.fillStyle = HF_PEN.plate;
    pen.fillRect(dot(a.x), dot(a.y), dot(b.x) - dot(a.x), dot(b.y) - dot(a.y));
    pen.strokeStyle = HF_PEN.rim;
    pen.strokeRect(dot(a.x) + hair / 2, dot(a.y) + hair / 2, dot(b.x) - dot(a.x) - hair, dot(b.y) - dot(a.y) - hair);
  }
  if (view.close) hfPaintEdges(pen, town, view);
}

function hfPaintEdges(pen, town, view) {
  const { edges, xy } = town;
  pen.strokeStyle = "#b4b4ac";
  pen.lineWidth = Math.max(1, view.scale * 0.08);
  pen.beginPath();
  for (let i = 0; i + 1 < edges.length; i += 2) {
    const a = view.toScreen(xy[2 * edges[i]], xy[2 * edges[i] + 1]);
    const b = view.toScreen(xy[2 * edges[i + 1]], xy[2 * edges[i + 1] + 1]);
    if (Math.max(a.x, b.x) < 0 || Math.min(a.x, b.x) > view.width) continue;
    if (Math.max(a.y, b.y) < 0 || Math.min(a.y, b.y) > view.height) continue;
    pen.moveTo(a.x, a.y);
    pen.lineTo(b.x, b.y);
  }
  pen.stroke();
}

// Names: of landlords over their estates while the town is small, then of each estate.
function hfPaintNames(pen, town, view) {
  pen.clearRect(0, 0, view.width, view.height);
  const taken = [];
  const write = (text, x, y, size, weight, colour, room) => {
    pen.font = `${weight} ${size}px ${HF_LETTERS}`;
    const wide = pen.measureText(text).width;
    const left = Math.max(2, Math.min(x, view.width - wide - 2));
    const box = [left - 3, y - size, left + wide + 3, y + 4];
    if (wide > room || y < size || y > view.height || x > view.width || x + room < 0) return false;
    if (taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) return false;
    taken.push(box);
    pen.lineJoin = "round";
    pen.strokeStyle = "rgba(255, 255, 255, 0.92)";
    pen.lineWidth = 4;
    pen.strokeText(text, left, y);
    pen.fillStyle = colour;
    pen.fillText(text, left, y);
    return true;
  };
  const small = town.estates.every(({ w }) => w * view.scale < 96);
  if (small) {
    for (const { label, box } of town.groups) {
      const [a, b] = [view.toScreen(box[0], box[1]), view.toScreen(box[2], box[3])];
      write(label, a.x, a.y - 3, 12, 600, HF_PEN.ink, Math.max(b.x - a.x, 40) + 30);
    }
    return;
  }
  for (const { label, sublabel, x, y, w } of town.estates) {
    const [a, b] = [view.toScreen(x, y), view.toScreen(x + w, y)];
    if (b.x < 0 || a.x > view.width) continue;
    const both = sublabel ? `${label} · ${sublabel}` : label;
    const left = Math.max(a.x, 4);
    const room = Math.min(b.x + 24, view.width) - left;
    write(both, left, a.y - 4, 12, 600, HF_PEN.ink, room) || write(label, left, a.y - 4, 12, 600, HF_PEN.ink, room);
  }
}

function hfPaintSmall(pen, town, view, image) {
  const dots = new Uint32Array(image.data.buffer);
  const [wide, tall, k] = [image.width, image.height, view.scale * view.dpr];
  const half = town.cell / 2;
  const left = Math.round((view.width * view.dpr) / 2 - view.x * k);
  const top = Math.round((view.height * view.dpr) / 2 - view.y * k);
  const { xy, states, ink } = town;
  const side = Math.max(1, Math.round(town.cell * k));
  dots.fill(0);
  for (let i = 0; i < states.length; i++) {
    const x0 = Math.round((xy[2 * i] - half) * k) + left;
    const y0 = Math.round((xy[2 * i + 1] - half) * k) + top;
    if (x0 < 0 || y0 < 0 || x0 + side > wide || y0 + side > tall) continue;
    const colour = ink[states[i]];
    for (let y = y0; y < y0 + side; y++) dots.fill(colour, y * wide + x0, y * wide + x0 + side);
  }
  pen.putImageData(image, 0, 0);
}

function hfPaintClose(pen, town, view) {
  pen.clearRect(0, 0, view.width, view.height);
  const side = town.cell * view.scale;
  for (let i = 0; i < town.states.length; i++) {
    const { x, y } = view.toScreen(town.xy[2 * i], town.xy[2 * i + 1]);
    if (x < -side || y < -side || x > view.width + side || y > view.height + side) continue;
    hfHome(pen, x - side / 2, y - side / 2, side, hfShapeOf(town, town.states[i]), town.palette[town.states[i]] ?? "#999999");
  }
}

function hfPaintTop(pen, town, view, { marks, selected, aim, now, calm }) {
  pen.clearRect(0, 0, view.width, view.height);
  const r = Math.max(5, town.cell * view.scale * 0.72);
  let moving = false;
  for (const week of marks) {
    const age = calm ? 1 : Math.min(1, (now - week.born) / HF_FADE);
    moving ||= age < 1;
    // what happened this week stays to be looked at; what came before goes
    pen.globalAlpha = week.past ? Math.max(0, (1 - age) * 0.7) : 1 - 0.3 * age;
    for (let i = 0; i + 1 < week.pairs.length; i += 2) {
      const row = week.pairs[i];
      const { x, y } = view.toScreen(town.xy[2 * row], town.xy[2 * row + 1]);
      if (x < -r || y < -r || x > view.width + r || y > view.height + r) continue;
      const grown = week.past || calm ? r : r * (1 + 0.9 * (1 - age) ** 3);
      hfMark(pen, x, y, grown, week.pairs[i + 1], town.mark_colours[week.pairs[i + 1]] ?? HF_PEN.ink);
    }
  }
  pen.globalAlpha = 1;
  hfPaintSelected(pen, town, view, selected, r);
  if (aim) hfPaintAim(pen, town, view, aim);
  return moving;
}

function hfPaintSelected(pen, town, view, selected, r) {
  pen.strokeStyle = HF_PEN.accent;
  if (selected?.kind === "estate" && town.estates[selected.row]) {
    const { x, y, w, h } = town.estates[selected.row];
    const a = view.toScreen(x, y);
    pen.lineWidth = 2.5;
    pen.strokeRect(a.x - 2, a.y - 2, w * view.scale + 4, h * view.scale + 4);
  }
  if (selected?.kind !== "dwelling" || 2 * selected.row >= town.xy.length) return;
  const at = (row) => view.toScreen(town.xy[2 * row], town.xy[2 * row + 1]);
  const centre = at(selected.row);
  const side = town.cell * view.scale;
  if (view.close) {
    pen.lineWidth = Math.max(2, view.scale * 0.1);
    for (const row of town.neighbours(selected.row)) {
      const other = at(row);
      pen.beginPath();
      pen.moveTo(centre.x, centre.y);
      pen.lineTo(other.x, other.y);
      pen.stroke();
      pen.strokeRect(other.x - side / 2 - 1, other.y - side / 2 - 1, side + 2, side + 2);
    }
  }
  const room = Math.max(6, side / 2 + 3);
  for (const [colour, width] of [[HF_PEN.paper, 6], [HF_PEN.accent, 3]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.strokeRect(centre.x - room, centre.y - room, 2 * room, 2 * room);
  }
}

function hfPaintAim(pen, town, view, aim) {
  const [x, y] = [view.width / 2, view.height / 2];
  for (const [colour, width] of [[HF_PEN.paper, 4], [HF_PEN.ink, 1.5]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      pen.moveTo(x + 7 * dx, y + 7 * dy);
      pen.lineTo(x + 18 * dx, y + 18 * dy);
    }
    pen.stroke();
    if (aim.kind !== "dwelling") continue;
    const at = view.toScreen(town.xy[2 * aim.row], town.xy[2 * aim.row + 1]);
    const side = Math.max(4, town.cell * view.scale + 3);
    pen.strokeRect(at.x - side / 2, at.y - side / 2, side, side);
  }
}
