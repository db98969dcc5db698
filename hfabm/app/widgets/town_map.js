// The map on the page: puts its parts together and draws when something changed.  Last part of the script of TownMap.

let hfMaps = 0;

function hfFrame(el) {
  const id = `hf-map-${++hfMaps}`;
  const box = hfElement("div", "hf-map", "", el);
  const main = hfElement("div", "hf-map-main", "", box);
  const stage = hfElement("div", "hf-map-stage", "", main);
  stage.tabIndex = 0;
  stage.setAttribute("role", "application");
  stage.setAttribute("aria-describedby", `${id}-keys`);
  const ground = hfElement("canvas", "hf-map-ground", "", stage);
  const homes = hfElement("canvas", "hf-map-homes", "", stage);
  const names = hfElement("canvas", "hf-map-names", "", stage);
  const top = hfElement("canvas", "hf-map-top", "", stage);
  for (const canvas of [ground, homes, names, top]) canvas.setAttribute("aria-hidden", "true");
  const tools = hfElement("div", "hf-map-tools", "", main);
  tools.setAttribute("role", "group");
  const buttons = {};
  for (const [name, sign] of [["zoom_in", "+"], ["zoom_out", "\u2212"], ["whole", "\u2922"]]) {
    buttons[name] = hfElement("button", "", sign, tools);
    buttons[name].type = "button";
    buttons[name].dataset.tool = name;
  }
  const readout = hfElement("p", "hf-map-readout", "\u00a0", main);
  readout.setAttribute("aria-live", "polite");
  const keys = hfElement("p", "hf-map-keys", "", main);
  keys.id = `${id}-keys`;
  const legend = hfElement("div", "hf-map-legend", "", main);
  const states = hfElement("div", "", "", legend);
  const marks = hfElement("div", "", "", legend);
  const side = hfElement("div", "hf-map-side", "", box);
  const heading = hfElement("p", "hf-map-side-heading", "", side);
  const list = hfElement("ul", "", "", side);
  const lane_keys = hfElement("p", "hf-map-keys", "", side);
  lane_keys.id = `${id}-lane-keys`;
  return { box, stage, ground, homes, names, top, tools, buttons, readout, keys, states, marks, side, heading, list, lane_keys };
}

class HfMap {
  constructor(model, el) {
    this.model = model;
    this.parts = hfFrame(el);
    this.view = new HfView();
    this.town = new HfTown(model);
    this.view.holds(this.town);
    this.lanes = new Map();
    this.marks = [];
    this.stale = { ground: true, homes: true, top: true, weeks: 0, received: 0 };
    this.motion = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.frame = 0;
    this.nonce = 0;
    this.off = [hfGestures(this.parts.stage, this.view, this), () => this.sized.disconnect()];
    this.sized = new ResizeObserver(() => this.resized());
    this.sized.observe(this.parts.stage);
    this.sized.observe(this.parts.list);
    const { buttons } = this.parts;
    const press = { zoom_in: () => this.view.zoom(HF_STEP), zoom_out: () => this.view.zoom(1 / HF_STEP), whole: () => this.view.fit() };
    for (const [name, zoom] of Object.entries(press)) {
      buttons[name].addEventListener("click", () => {
        zoom();
        this.moved();
      });
    }
    this.listen();
    this.reworded();
    this.marked();
    this.laned();
  }

  listen() {
    const names = (...keys) => keys.map((key) => `change:${key}`).join(" ");
    const changes = [
      [names("xy", "estate", "estates", "edges", "cell"), () => this.replanned()],
      [names("states"), () => this.ticked()],
      [names("palette", "shapes", "state_labels", "mark_labels", "mark_colours", "labels", "height", "language"), () => this.reworded()],
      [names("title"), () => this.parts.stage.setAttribute("aria-label", this.model.get("title"))],
      [names("asked"), () => this.later("asked")],
      [names("marks"), () => this.marked()],
      [names("lanes", "lane_people", "lane_counts", "selected"), () => this.later("lanes", "top")],
    ];
    for (const [events, act] of changes) {
      this.model.on(events, act);
      this.off.push(() => this.model.off(events, act));
    }
  }

  later(...layers) {
    for (const layer of layers) this.stale[layer] = true;
    this.frame ||= requestAnimationFrame((now) => this.draw(now));
  }

  replanned() {
    this.town.readPlan();
    this.town.readWeek();
    this.view.holds(this.town);
    this.high();
    this.later("ground", "homes", "top");
  }

  ticked() {
    this.stale.received ||= performance.now();
    this.stale.weeks += 1;
    this.later("homes");
  }

  marked() {
    const now = performance.now();
    for (const week of this.marks) if (!week.past) Object.assign(week, { past: true, born: now });
    const pairs = hfNumbers(this.model.get("marks"), Uint32Array);
    this.marks = this.motion.matches ? [] : this.marks.slice(-4);
    this.marks.push({ pairs, born: now, past: false });
    this.later("top");
  }

  moved() {
    const { stage } = this.parts;
    // a finger scrolls the page over the whole town, and the map once it is closer
    stage.style.touchAction = this.view.fitted ? "pan-y" : "none";
    this.aimed();
    this.later("ground", "homes", "top");
  }

  aimed() {
    const { stage } = this.parts;
    const { view } = this;
    const focused = document.activeElement === stage && stage.matches(":focus-visible");
    this.aim = focused ? hfPickAt(this.town, view, { x: view.x, y: view.y }, Infinity) ?? {} : null;
    if (this.aim?.kind) this.tell(this.aim);
    this.later("top");
  }

  hovered(at) {
    const found = hfPickAt(this.town, this.view, this.view.toTown(at.x, at.y), 4);
    if (found) this.tell(found);
  }

  tell({ kind, row }) {
    const estate = this.town.estates[kind === "estate" ? row : this.town.estate[row]];
    const state = kind === "dwelling" ? this.model.get("state_labels")[this.town.states[row]] : "";
    const text = [estate?.label, estate?.sublabel, state].filter(Boolean).join(" · ") || "\u00a0";
    if (this.parts.readout.textContent !== text) this.parts.readout.textContent = text;
  }

  picked(at, reach) {
    const found = hfPickAt(this.town, this.view, this.view.toTown(at.x, at.y), reach);
    if (found) this.send(found);
  }

  send(found) {
    this.nonce += 1;
    this.model.set("picked", { ...found, nonce: `${Date.now()}-${this.nonce}` });
    this.model.save_changes();
  }

  reworded() {
    const { parts, model, town } = this;
    const labels = model.get("labels");
    town.readWeek();
    parts.stage.setAttribute("aria-label", model.get("title"));
    this.high();
    parts.tools.setAttribute("aria-label", labels.tools ?? model.get("title"));
    for (const [name, button] of Object.entries(parts.buttons)) {
      button.setAttribute("aria-label", labels[name] ?? name);
      button.title = labels[name] ?? name;
    }
    parts.keys.textContent = labels.instructions ?? "";
    parts.lane_keys.textContent = labels.lane_keys ?? "";
    parts.heading.textContent = labels.lanes ?? "";
    hfLegend(parts.states, labels.states, model.get("state_labels"), (pen, state) =>
      hfHome(pen, 2, 2, 12, hfShapeOf(town, state), town.palette[state] ?? "#999999"));
    hfLegend(parts.marks, labels.marks, model.get("mark_labels"), (pen, kind) =>
      hfMark(pen, 8, 8, 5, kind, town.mark_colours[kind] ?? HF_PEN.ink));
    this.later("homes", "top", "lanes");
  }

  laned() {
    const { model, parts } = this;
    const people = hfNumbers(model.get("lane_people"), Uint32Array);
    const [counts, selected, wanted] = [model.get("lane_counts"), model.get("selected"), model.get("lanes")];
    const chosen = selected?.kind === "citizen" ? selected.row : -1;
    let from = 0;
    for (const [key, lane] of this.lanes) if (!wanted.some((one) => one.key === key)) lane.item.remove(), this.lanes.delete(key);
    wanted.forEach(({ key, label, colour }, number) => {
      if (!this.lanes.has(key)) this.lanes.set(key, new HfLane(parts.list, key, (row) => this.send({ kind: "citizen", row })));
      const rows = people.subarray(from, (from += counts[number] ?? 0));
      const count = new Intl.NumberFormat(model.get("language") === "da" ? "da-DK" : "en-GB").format(rows.length);
      const keys = parts.lane_keys.textContent ? parts.lane_keys.id : "";
      this.lanes.get(key).show(label, count, keys, rows, colour ?? "#4a4a4a", chosen);
    });
    parts.side.hidden = !wanted.length;
  }

  // No higher than a wide town needs: on a phone it would stand in the middle of nothing.
  high() {
    const { w, h } = this.view.box;
    const needed = (this.parts.stage.clientWidth - 2 * HF_EDGE) * (h / w) + 2 * HF_EDGE + HF_ABOVE;
    const most = this.model.get("height");
    this.parts.stage.style.height = `${Math.round(Math.min(most, Math.max(Math.min(260, most), needed)))}px`;
  }

  resized() {
    const { stage, ground, homes, names, top } = this.parts;
    const { view } = this;
    this.high();
    const [width, height] = [stage.clientWidth, stage.clientHeight];
    if (!width || !height) return;
    const dpr = window.devicePixelRatio || 1;
    if (width !== view.width || height !== view.height || dpr !== view.dpr) {
      view.resize(width, height, dpr);
      for (const canvas of [ground, homes, names, top]) hfSharp(canvas, width, height);
      this.image = homes.getContext("2d").createImageData(homes.width, homes.height);
      this.moved();
    }
    this.later("lanes");
  }

  draw(now) {
    this.frame = 0;
    const { town, view, stale, parts } = this;
    if (!this.image) return;
    const began = performance.now();
    const pen = (canvas) => canvas.getContext("2d");
    if (stale.ground) {
      hfPaintGround(pen(parts.ground), town, view);
      hfPaintNames(pen(parts.names), town, view);
    }
    if (stale.weeks) town.readWeek();
    if (stale.homes) view.close ? hfPaintClose(pen(parts.homes), town, view) : hfPaintSmall(pen(parts.homes), town, view, this.image);
    if (stale.lanes) this.laned();
    const scene = { marks: this.marks, selected: this.model.get("selected"), aim: this.aim, now, calm: this.motion.matches };
    const moving = hfPaintTop(pen(parts.top), town, view, scene);
    if (stale.weeks) this.counted(began);
    if (stale.asked) this.answered();
    this.stale = { weeks: 0, received: 0 };
    if (moving) this.later("top");
    else this.marks = this.marks.filter((week) => !week.past);
  }

  // Whoever plays waits for this, so that a slow screen is not sent more than it can draw.
  answered() {
    this.model.set("drawn", this.model.get("asked"));
    this.model.save_changes();
  }

  // What tests of the page look at: how many draws came of changed states, and how long the last took.
  counted(began) {
    window.__hfabm_map_updates = (window.__hfabm_map_updates ?? 0) + 1;
    const now = performance.now();
    (window.__hfabm_map_times ??= []).push({ waited: now - this.stale.received, drawn: now - began });
    if (window.__hfabm_map_times.length > 200) window.__hfabm_map_times.shift();
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.image = null;
    for (const act of this.off) act();
    this.parts.box.remove();
  }
}

function render({ model, el }) {
  const map = new HfMap(model, el);
  return () => map.close();
}

export default { render };
