// The chart on the page: heading, picture, buttons and the table behind it.  Last part of the script of Chart.

// What is replaced, rather than added to, when an option comes after another.
const HF_REPLACED = ["series", "xAxis", "yAxis", "grid", "legend", "visualMap", "graphic", "dataset"];

function hfLoadEcharts() {
  window.__hfabm_echarts ??= new Promise((resolve, reject) => {
    if (window.echarts) return resolve(window.echarts);
    const url = `${window.solara?.cdn ?? "/_solara/cdn"}/echarts@5.4.0/dist/echarts.min.js`;
    if (window.requirejs) return window.requirejs([url], resolve, reject);
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.echarts);
    script.onerror = () => reject(new Error(`not found: ${url}`));
    document.head.append(script);
  });
  return window.__hfabm_echarts;
}

let hfCount = 0;

function hfBuild(el, level) {
  const id = `hf-chart-${++hfCount}`;
  const figure = hfNode("figure", "hf-chart", "", el);
  const caption = hfNode("figcaption", "hf-chart-caption", "", figure);
  const heading = hfNode(`h${level}`, "hf-chart-heading", "", caption);
  const subtitle = hfNode("p", "hf-chart-subtitle", "", caption);
  heading.id = id;
  figure.setAttribute("aria-labelledby", id);
  const picture = hfNode("div", "hf-chart-picture", "", figure);
  picture.setAttribute("role", "img");
  const canvas = hfNode("div", "hf-chart-canvas", "", picture);
  const source = hfNode("p", "hf-chart-source", "", figure);
  const foot = hfNode("div", "hf-chart-foot", "", figure);
  const details = hfNode("details", "hf-chart-details", "", foot);
  const opener = hfNode("summary", "", "", details);
  const scroll = hfNode("div", "hf-chart-scroll", "", details);
  const table = hfNode("table", "", "", scroll);
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-labelledby", id);
  const tools = hfNode("div", "hf-chart-tools", "", foot);
  tools.setAttribute("role", "group");
  const buttons = {};
  for (const kind of ["png", "svg", "csv"]) {
    buttons[kind] = hfNode("button", "", "", tools);
    buttons[kind].type = "button";
    buttons[kind].dataset.kind = kind;
  }
  return { figure, heading, subtitle, picture, canvas, source, details, opener, table, tools, buttons };
}

function hfWords(parts, model) {
  const labels = model.get("labels");
  parts.heading.textContent = model.get("heading");
  parts.subtitle.textContent = model.get("subtitle");
  parts.source.textContent = model.get("source");
  parts.subtitle.hidden = !model.get("subtitle");
  parts.source.hidden = !model.get("source");
  parts.picture.setAttribute("aria-label", model.get("summary") || model.get("heading"));
  parts.canvas.style.height = `${model.get("height")}px`;
  parts.opener.textContent = labels.table ?? "Table";
  parts.tools.setAttribute("aria-label", labels.tools ?? model.get("heading"));
  for (const [kind, button] of Object.entries(parts.buttons)) {
    const label = labels[kind] ?? kind.toUpperCase();
    button.textContent = label;
    // several charts on a page have the same buttons
    button.setAttribute("aria-label", `${label}: ${model.get("heading")}`);
  }
}

function hfTable(parts, model) {
  if (!parts.details.open) return;
  const [columns, rows, digits, language] = ["columns", "rows", "digits", "language"].map((key) => model.get(key));
  parts.table.replaceChildren();
  hfNode("caption", "", model.get("heading"), parts.table);
  const head = hfNode("tr", "", "", hfNode("thead", "", "", parts.table));
  for (const column of columns) hfNode("th", "", column, head).scope = "col";
  const body = hfNode("tbody", "", "", parts.table);
  for (const row of rows) {
    const line = hfNode("tr", "", "", body);
    row.forEach((value, column) => {
      const cell = hfNode(column ? "td" : "th", "", hfCell(value, column, digits, language), line);
      if (!column) cell.scope = "row";
      else if (typeof value === "number") cell.className = "hf-number";
    });
  }
}

function render({ model, el }) {
  let parts = hfBuild(el, model.get("level"));
  let [echarts, chart, frame, gone] = [null, null, 0, false];

  const draw = () => {
    frame = 0;
    if (gone || !chart) return;
    const live = hfAlive(model.get("option"), model.get("language"), parts.canvas.clientWidth);
    chart.setOption(live, model.get("not_merge") ? { notMerge: true } : { replaceMerge: HF_REPLACED });
    parts.figure.dataset.draws = Number(parts.figure.dataset.draws ?? 0) + 1;
  };
  const redraw = () => (frame ||= requestAnimationFrame(draw));
  const sized = new ResizeObserver(() => {
    if (!chart || !parts.canvas.clientWidth) return;
    chart.resize();
    redraw();
  });
  const start = () => {
    chart = echarts.init(parts.canvas, null, { renderer: "svg" });
    sized.observe(parts.canvas);
    draw();
  };
  const listen = () => {
    parts.details.addEventListener("toggle", () => hfTable(parts, model));
    for (const [kind, button] of Object.entries(parts.buttons)) {
      button.addEventListener("click", () => (echarts || kind === "csv") && hfExport(kind, echarts, model));
    }
    hfWords(parts, model);
  };
  const rebuild = () => {
    sized.disconnect();
    chart?.dispose();
    parts.figure.remove();
    parts = hfBuild(el, model.get("level"));
    listen();
    if (echarts) start();
  };
  const reworded = () => {
    hfWords(parts, model);
    hfTable(parts, model);
    redraw();
  };
  const retold = () => hfTable(parts, model);
  const wordy = ["heading", "subtitle", "summary", "source", "labels", "height", "language"];
  const changes = [
    ["change:option change:not_merge", redraw],
    [wordy.map((key) => `change:${key}`).join(" "), reworded],
    ["change:columns change:rows change:digits", retold],
    ["change:level", rebuild],
  ];
  for (const [events, act] of changes) model.on(events, act);
  listen();
  hfLoadEcharts().then(
    (loaded) => {
      echarts = loaded;
      if (!gone) start();
    },
    () => {
      parts.canvas.textContent = model.get("labels").failed ?? "";
      window.__hfabm_echarts = undefined;
    },
  );
  return () => {
    gone = true;
    cancelAnimationFrame(frame);
    sized.disconnect();
    for (const [events, act] of changes) model.off(events, act);
    chart?.dispose();
  };
}

export default { render };
