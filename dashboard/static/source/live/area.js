/** A button to draw the area whose events are asked for: a box by dragging, else corner by corner. */
function addAreaTool(live) {
  live.addButton("M4 8 12 4 20 9 17 19 6 18Z", "Draw an area to filter by: drag a box, or click its corners", (node) => {
    if (live.tool) live.tool.end();
    else live.tool = new AreaTool(live, node);
  });
}

const AREA_STYLE = { color: "#1f6f8b", weight: 2, dashArray: "5 4", fillOpacity: 0.06, interactive: false };

class AreaTool {
  constructor(live, node) {
    this.live = live;
    this.node = node;
    this.corners = [];
    const map = live.map;
    this.drawn = L.polygon([], AREA_STYLE).addTo(map);
    const container = map.getContainer();
    node.setAttribute("aria-pressed", "true");
    container.classList.add("dl-drawing");
    map.doubleClickZoom.disable();
    map.dragging.disable();
    this.listeners = {
      pointerdown: (event) => this.press(event), pointermove: (event) => this.move(event),
      pointerup: (event) => this.release(event), keydown: (event) => this.key(event),
      click: (event) => { if (!event.target.closest(".leaflet-control")) event.stopPropagation(); },
    };
    for (const name in this.listeners) container.addEventListener(name, this.listeners[name], true);
    this.onEnd = () => this.end();
    map.on("dblclick", this.onEnd);
  }

  at(event) {
    return this.live.map.mouseEventToLatLng(event);
  }

  press(event) {
    if (!event.target.closest(".leaflet-control")) this.from = this.at(event);
  }

  move(event) {
    if (!this.from) return;
    const to = this.at(event);
    const map = this.live.map;
    this.isBox = map.latLngToContainerPoint(this.from).distanceTo(map.latLngToContainerPoint(to)) > 8;
    if (this.isBox) this.drawn.setLatLngs(boxCorners(this.from, to));
  }

  release(event) {
    if (!this.from) return;
    if (this.isBox) this.corners = boxCorners(this.from, this.at(event));
    else if (!this.corners.length || !this.from.equals(this.corners[this.corners.length - 1])) this.corners.push(this.from);
    this.from = null;
    if (this.isBox) this.end();
    else this.drawn.setLatLngs(this.corners);
  }

  key(event) {
    if (event.key === "Enter") this.end();
    if (event.key === "Escape") this.stop();
  }

  /** Three corners and more are an area, fewer ask for everywhere again. */
  end() {
    const corners = this.corners;
    this.stop();
    const area = corners.length < 3 ? "" : corners.slice(0, 60)
      .map((corner) => corner.lat.toFixed(4) + " " + wrapped(corner.lng).toFixed(4)).join(",");
    this.live.act("area", null, { area });
  }

  stop() {
    const map = this.live.map;
    for (const name in this.listeners) map.getContainer().removeEventListener(name, this.listeners[name], true);
    map.off("dblclick", this.onEnd);
    map.doubleClickZoom.enable();
    map.dragging.enable();
    map.getContainer().classList.remove("dl-drawing");
    this.node.setAttribute("aria-pressed", "false");
    this.drawn.remove();
    this.live.tool = null;
  }
}

function boxCorners(a, b) {
  return [a, L.latLng(a.lat, b.lng), b, L.latLng(b.lat, a.lng)];
}

/** Show the outline of the area that the filter asks for. */
function showFilteredArea(live) {
  live.filtered.clearLayers();
  const asked = new URLSearchParams(live.query);
  const box = (asked.get("box") || "").split(",").map(Number);
  const corners = box.length === 4 ? boxCorners(L.latLng(box[0], box[1]), L.latLng(box[2], box[3]))
    : (asked.get("polygon") || "").split(",").filter(Boolean).map((corner) => corner.split(" ").map(Number));
  if (corners.length > 2) live.filtered.addLayer(L.polygon(corners, AREA_STYLE));
}
