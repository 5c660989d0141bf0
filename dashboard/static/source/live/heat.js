/** From few events to many: readable on light and dark ground, and without colour by strength. */
const WARMTH = [[255, 221, 148], [250, 157, 88], [226, 83, 74], [158, 26, 85], [84, 8, 76]];

/** How far the warmth of a place reaches, in pixels. */
const REACH = 22;

async function loadHeat(live, isLast) {
  const answer = await live.get("heat", live.parameters() + live.view());
  const names = await live.names;
  if (!isLast()) return;
  live.shownCount = answer.shown;
  if (!live.heat) live.heat = new Heat();
  live.heat.show(live.map, answer);
  const scale = make("p", "dl-legend-note");
  scale.append(make("span", "dl-heat-scale"), make("span", "", "few to many events"));
  const notes = [scale];
  if (answer.left_out) notes.push(make("p", "dl-legend-note", plural(answer.left_out, "more event") + " known only to a country, a region or a sea"));
  live.draw({ styles: names.families, extent: answer.extent, legend: notes, heat: true });
}

/** Warmth as one picture over the view, drawn anew when the map has moved. */
const Heat = L.Layer.extend({
  show(map, answer) {
    this.answer = answer;
    if (!map.hasLayer(this)) map.addLayer(this);
    this._draw();
  },

  onAdd(map) {
    const pane = map.getPane("dateline-heat") || map.createPane("dateline-heat");
    Object.assign(pane.style, { zIndex: 240, pointerEvents: "none" });
    this._canvas = make("canvas", "dl-heat leaflet-zoom-hide");
    pane.append(this._canvas);
    map.on("moveend resize", this._draw, this);
  },

  onRemove(map) {
    map.off("moveend resize", this._draw, this);
    this._canvas.remove();
  },

  _draw() {
    const map = this._map;
    const size = map.getSize();
    const canvas = this._canvas;
    canvas.width = size.x;
    canvas.height = size.y;
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const { level, cells } = this.answer;
    const most = Math.max(1, ...cells.map((cell) => cell[2]));
    const side = 2 ** level;
    const reach = Math.max(REACH, (256 * 2 ** map.getZoom()) / side);
    const spot = softSpot(reach);
    const centre = map.getCenter().lng;
    for (const [column, row, count] of cells) {
      const lon = ((column + 0.5) / side - 0.5) * 360;
      const at = map.latLngToContainerPoint([latitudeOf((row + 0.5) / side), nearestCopy(lon, centre)]);
      context.globalAlpha = 0.18 + (0.82 * Math.log1p(count)) / Math.log1p(most);
      context.drawImage(spot, at.x - reach, at.y - reach);
    }
    colourise(context, size);
  },
});

function softSpot(reach) {
  const canvas = make("canvas");
  canvas.width = canvas.height = 2 * reach;
  const context = canvas.getContext("2d");
  const fade = context.createRadialGradient(reach, reach, 0, reach, reach, reach);
  fade.addColorStop(0, "rgba(0, 0, 0, 0.75)");
  fade.addColorStop(1, "rgba(0, 0, 0, 0)");
  context.fillStyle = fade;
  context.fillRect(0, 0, 2 * reach, 2 * reach);
  return canvas;
}

/** Give each pixel the colour of its strength. */
function colourise(context, size) {
  if (!size.x || !size.y) return;
  const picture = context.getImageData(0, 0, size.x, size.y);
  const pixels = picture.data;
  for (let index = 3; index < pixels.length; index += 4) {
    const strength = pixels[index];
    if (!strength) continue;
    const place = (strength / 255) * (WARMTH.length - 1);
    const low = Math.min(WARMTH.length - 2, Math.floor(place));
    for (let part = 0; part < 3; part++)
      pixels[index - 3 + part] = WARMTH[low][part] + (WARMTH[low + 1][part] - WARMTH[low][part]) * (place - low);
    pixels[index] = Math.min(225, 60 + strength);
  }
  context.putImageData(picture, 0, 0);
}
