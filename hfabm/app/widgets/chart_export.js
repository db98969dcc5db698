// A chart as a file: nothing leaves the machine.  Part of the script of Chart.

const HF_SVG = "http://www.w3.org/2000/svg";
const HF_PICTURE = { width: 960, margin: 28, scale: 2 };

function hfDownload(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function hfWrapped(text, font, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && pen.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

function hfShape(tag, attributes, parent, text = "") {
  const shape = document.createElementNS(HF_SVG, tag);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  if (text) shape.textContent = text;
  parent.append(shape);
  return shape;
}

// The chart as if on a wide screen, whatever the screen is, with its words around it.
function hfPicture(echarts, model) {
  const { width, margin } = HF_PICTURE;
  const inner = width - 2 * margin;
  const height = Math.max(model.get("height"), 300);
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: inner, height });
  chart.setOption({ ...hfAlive(model.get("option"), model.get("language"), inner), animation: false });
  const drawn = new DOMParser().parseFromString(chart.renderToSVGString(), "image/svg+xml").documentElement;
  chart.dispose();

  const whole = document.createElementNS(HF_SVG, "svg");
  hfShape("title", {}, whole, model.get("heading"));
  hfShape("desc", {}, whole, model.get("summary"));
  const paper = hfShape("rect", { x: 0, y: 0, width, fill: "#ffffff" }, whole);
  let y = margin;
  const write = (text, size, weight, fill) => {
    for (const line of hfWrapped(text, `${weight} ${size}px ${HF_FONT}`, inner)) {
      const place = { x: margin, y: y + size, "font-size": size, "font-weight": weight, fill, "font-family": HF_FONT };
      hfShape("text", place, whole, line);
      y += size * 1.4;
    }
  };
  write(model.get("heading"), 20, 600, "#1a1a1a");
  y += 2;
  write(model.get("subtitle"), 14, 400, "#555555");
  y += 10;
  drawn.setAttribute("x", margin);
  drawn.setAttribute("y", y);
  whole.append(document.importNode(drawn, true));
  y += height + 8;
  write(model.get("source"), 12, 400, "#555555");
  const bottom = Math.ceil(y + margin / 2);
  paper.setAttribute("height", bottom);
  for (const [key, value] of Object.entries({ width, height: bottom, viewBox: `0 0 ${width} ${bottom}` })) {
    whole.setAttribute(key, value);
  }
  return { text: new XMLSerializer().serializeToString(whole), width, height: bottom };
}

async function hfPng(picture) {
  const url = URL.createObjectURL(new Blob([picture.text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = picture.width * HF_PICTURE.scale;
    canvas.height = picture.height * HF_PICTURE.scale;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function hfExport(kind, echarts, model) {
  const name = `${model.get("name")}.${kind}`;
  if (kind === "csv") {
    const text = hfCsv(model.get("columns"), model.get("rows"), model.get("language"));
    return hfDownload(name, new Blob([text], { type: "text/csv;charset=utf-8" }));
  }
  const picture = hfPicture(echarts, model);
  if (kind === "svg") return hfDownload(name, new Blob([picture.text], { type: "image/svg+xml" }));
  return hfDownload(name, await hfPng(picture));
}
