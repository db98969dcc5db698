// Wheel, fingers, mouse and keys on the map.  Part of the script of TownMap.

const HF_STEP = 1.5;
const HF_STILL = 5; // px that a click may move

// `act` has moved(), picked(place, reach), hovered(place) and aimed().  Gives what takes the listeners away.
function hfGestures(stage, view, act) {
  const off = new AbortController();
  const on = (name, hear, more = {}) => stage.addEventListener(name, hear, { signal: off.signal, ...more });
  const fingers = new Map();
  let [start, spread, dragged] = [null, 0, false];
  const place = (event) => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const apart = () => {
    const [a, b] = [...fingers.values()];
    return { far: Math.hypot(a.x - b.x, a.y - b.y) || 1, at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } };
  };

  on(
    "wheel",
    (event) => {
      // out of the whole town a wheel scrolls the page
      if (event.deltaY > 0 && view.fitted) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 30 : 1;
      view.zoom(Math.exp(Math.max(-0.6, Math.min(0.6, -event.deltaY * lines * 0.003))), place(event));
      act.moved();
    },
    { passive: false },
  );
  on("pointerdown", (event) => {
    if (event.button > 0) return;
    fingers.set(event.pointerId, place(event));
    stage.setPointerCapture(event.pointerId);
    if (fingers.size === 1) [start, dragged] = [place(event), false];
    if (fingers.size === 2) [spread, dragged] = [apart().far, true];
  });
  on("pointermove", (event) => {
    const now = place(event);
    const before = fingers.get(event.pointerId);
    if (!before) return act.hovered(now);
    fingers.set(event.pointerId, now);
    if (fingers.size === 2) {
      const { far, at } = apart();
      view.zoom(far / spread, at);
      spread = far;
    } else {
      dragged ||= Math.hypot(now.x - start.x, now.y - start.y) > HF_STILL;
      if (!dragged || (view.fitted && event.pointerType === "touch")) return;
      view.pan(now.x - before.x, now.y - before.y);
    }
    act.moved();
  });
  const lifted = (event) => {
    const held = fingers.delete(event.pointerId);
    if (held && event.type === "pointerup" && !dragged) act.picked(place(event), event.pointerType === "touch" ? 12 : 4);
  };
  on("pointerup", lifted);
  on("pointercancel", lifted);
  on("keydown", (event) => hfKey(event, view, act));
  on("focus", () => act.aimed());
  on("blur", () => act.aimed());
  return () => off.abort();
}

function hfKey(event, view, act) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = (view.close ? view.scale : 24) * (event.shiftKey ? 5 : 1);
  const ways = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
  if (ways[event.key]) view.pan(...ways[event.key]);
  else if (event.key === "+" || event.key === "=") view.zoom(HF_STEP);
  else if (event.key === "-") view.zoom(1 / HF_STEP);
  else if (event.key === "0") view.fit();
  else if (event.key === "Enter") act.picked({ x: view.width / 2, y: view.height / 2 }, Infinity);
  else return;
  event.preventDefault();
  act.moved();
}
