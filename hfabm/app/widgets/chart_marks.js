// From an option without functions to one that ECharts draws.  Part of the script of Chart.

const HF_NARROW_BELOW = 560;
const HF_FONT = "'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

// The range of an interval as one shape around all its points; a gap in the numbers is a gap in the band.
function hfBand(series) {
  return (params, api) => {
    if (params.dataIndexInside !== 0) return null;
    const shapes = [];
    let run = [];
    const close = () => {
      if (run.length > 1) {
        const edge = (part) => run.map((point) => api.coord([point[0], point[part]]));
        shapes.push({
          type: "polygon",
          shape: { points: [...edge(1), ...edge(2).reverse()] },
          style: { fill: series.itemStyle.color, opacity: series.itemStyle.opacity ?? 0.16 },
          silent: true,
        });
      }
      run = [];
    };
    for (const point of series.data) point[1] === null || point[2] === null ? close() : run.push(point);
    close();
    return { type: "group", children: shapes };
  };
}

// An interval as a line with short ends.  A point is [row, middle, low, high]; along "x" or along "y".
function hfWhisker(series, along) {
  return (params, api) => {
    const at = (value) => (along === "x" ? api.coord([value, api.value(0)]) : api.coord([api.value(0), value]));
    const [[x1, y1], [x2, y2]] = [at(api.value(2)), at(api.value(3))];
    const [dx, dy] = along === "x" ? [0, 4] : [4, 0];
    const style = { stroke: series.data[params.dataIndex].itemStyle?.color ?? series.itemStyle.color, fill: "none" };
    const line = (ax, ay, bx, by, lineWidth) => ({
      type: "line", shape: { x1: ax, y1: ay, x2: bx, y2: by }, style: { ...style, lineWidth }, silent: true,
    });
    return {
      type: "group",
      children: [
        line(x1, y1, x2, y2, series.itemStyle.width ?? 2),
        line(x1 - dx, y1 - dy, x1 + dx, y1 + dy, 1.5),
        line(x2 - dx, y2 - dy, x2 + dx, y2 + dy, 1.5),
      ],
    };
  };
}

const HF_MARKS = {
  band: (series) => hfBand(series),
  whisker_x: (series) => hfWhisker(series, "x"),
  whisker_y: (series) => hfWhisker(series, "y"),
};

// What a pointer shows: where it is, and each number with its interval.  Built of nodes: names are never markup.
function hfTip(form, language) {
  const head = hfForm(form.head ?? { as: "plain" }, language);
  const write = hfForm({ ...form.body, at: 0 }, language);
  return (given) => {
    const points = (Array.isArray(given) ? given : [given]).filter((p) => !String(p.seriesId).startsWith("band"));
    const box = hfNode("div", "hf-tip");
    if (!points.length) return box;
    hfNode("strong", "", head(form.by_name ? points[0].name : points[0].axisValue ?? points[0].value[0]), box);
    for (const point of points) {
      const value = point.value;
      const [middle, low, high] = Array.isArray(value) ? (form.of ?? [1, 2, 3]).map((at) => value[at]) : [value];
      if (middle === null || middle === undefined) continue;
      const line = hfNode("div", "", "", box);
      line.append(point.marker ? hfSwatch(point.color) : "", form.by_name ? "" : `${point.seriesName} `);
      hfNode("b", "", write(middle), line);
      if (Number.isFinite(low) && Number.isFinite(high)) line.append(` ${hfRange(low, high, write, language)}`);
    }
    return box;
  };
}

function hfSwatch(colour) {
  const swatch = hfNode("span", "hf-tip-swatch");
  swatch.style.background = typeof colour === "string" ? colour : "#666666";
  return swatch;
}

function hfNode(tag, name = "", text = "", parent = null) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  parent?.append(node);
  return node;
}

function hfOver(under, over) {
  if (Array.isArray(under) && Array.isArray(over)) return under.map((part, i) => (i in over ? hfOver(part, over[i]) : part));
  const both = [under, over].every((part) => part !== null && typeof part === "object" && !Array.isArray(part));
  if (!both) return over;
  const merged = { ...under };
  for (const key of Object.keys(over)) merged[key] = key in under ? hfOver(under[key], over[key]) : over[key];
  return merged;
}

function hfAlive(option, language, width) {
  const { narrow, ...wide } = structuredClone(option);
  const live = narrow && width < HF_NARROW_BELOW ? hfOver(wide, narrow) : wide;
  const walk = (part) => {
    if (part === null || typeof part !== "object") return;
    for (const [key, value] of Object.entries(part)) {
      if (key === "formatter" && value?.as) part[key] = value.as === "tip" ? hfTip(value, language) : hfForm(value, language);
      else if (key === "data") for (const item of value ?? []) Array.isArray(item) || walk(item);
      else walk(value);
    }
  };
  walk(live);
  for (const series of live.series ?? []) {
    if (typeof series.renderItem === "string") series.renderItem = HF_MARKS[series.renderItem](series);
  }
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { textStyle: { fontFamily: HF_FONT }, ...live, animation: live.animation === true && !calm };
}
