/** Web Mercator, the world as the unit square. */
function projectX(lon) {
  return lon / 360 + 0.5;
}

function projectY(lat) {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

let world = null;

/**
 * Decode and project the basemap, once a page. The outlines run on across the 180th meridian:
 * each arc is made continuous, and each ring notes by how many worlds an arc is moved.
 */
function loadWorld() {
  if (world) return world;
  const arcs = BASEMAP.arcs.map((text) => {
    const flat = decodeLine(text);
    const points = new Float64Array(flat.length);
    for (let index = 0; index < flat.length; index += 2) {
      const x = projectX(flat[index + 1]);
      points[index] = index ? x + Math.round(points[index - 2] - x) : x;
      points[index + 1] = projectY(flat[index]);
    }
    return points;
  });
  const rings = [];
  for (const code in BASEMAP.countries)
    for (const polygon of BASEMAP.countries[code])
      for (const ring of polygon) rings.push(joinArcs(ring, arcs));
  world = { arcs, rings, boxes: arcs.map(boxOf), thinned: {} };
  return world;
}

/** A ring as [arc, moved by so many worlds] with its box; `turns` if it goes round the pole. */
function joinArcs(numbers, arcs) {
  const parts = [];
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let end = null;
  let start = null;
  for (const number of numbers) {
    const points = arcs[number < 0 ? ~number : number];
    const first = number < 0 ? points[points.length - 2] : points[0];
    const last = number < 0 ? points[0] : points[points.length - 2];
    const move = end === null ? 0 : Math.round(end - first);
    if (start === null) start = first;
    end = last + move;
    parts.push([number, move]);
    const own = boxOf(points);
    box[0] = Math.min(box[0], own[0] + move);
    box[1] = Math.min(box[1], own[1]);
    box[2] = Math.max(box[2], own[2] + move);
    box[3] = Math.max(box[3], own[3]);
  }
  const turns = Math.abs(end - start) > 0.5;
  if (turns) box[3] = 2;
  return { parts, box, turns };
}

function boxOf(points) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < points.length; index += 2) {
    box[0] = Math.min(box[0], points[index]);
    box[1] = Math.min(box[1], points[index + 1]);
    box[2] = Math.max(box[2], points[index]);
    box[3] = Math.max(box[3], points[index + 1]);
  }
  return box;
}

/** Arcs without the points that fall on the same pixel at this zoom; ends stay, arcs meet. */
function thinnedArcs(zoom) {
  const { arcs, thinned } = loadWorld();
  if (thinned[zoom]) return thinned[zoom];
  const least = 0.8 / (256 * 2 ** zoom);
  thinned[zoom] = arcs.map((points) => {
    const kept = [points[0], points[1]];
    for (let index = 2; index < points.length; index += 2) {
      const far = Math.max(
        Math.abs(points[index] - kept[kept.length - 2]),
        Math.abs(points[index + 1] - kept[kept.length - 1]));
      if (far >= least || index === points.length - 2) kept.push(points[index], points[index + 1]);
    }
    return kept;
  });
  return thinned[zoom];
}

/** The vector basemap, drawn on canvas tiles: sharp at every zoom, repeated round the world. */
const Basemap = L.GridLayer.extend({
  options: { tileSize: TILE, updateWhenZooming: false, keepBuffer: 1, theme: "light" },

  createTile(coords) {
    const tile = document.createElement("canvas");
    const ratio = Math.max(1, Math.min(2, window.devicePixelRatio || 1));
    tile.width = tile.height = TILE * ratio;
    const context = tile.getContext("2d");
    context.scale(ratio, ratio);
    drawTile(context, coords, THEMES[this.options.theme]);
    return tile;
  },

  setTheme(theme) {
    if (theme === this.options.theme) return;
    this.options.theme = theme;
    this.redraw();
  },
});

function drawTile(context, coords, colours) {
  const { rings, boxes } = loadWorld();
  const arcs = thinnedArcs(coords.z);
  const scale = 256 * 2 ** coords.z;
  const size = TILE / scale;
  const view = { scale, west: coords.x * size, north: coords.y * size, size, margin: 4 / scale };
  context.fillStyle = colours.ocean;
  context.fillRect(0, 0, TILE, TILE);
  context.beginPath();
  for (const copy of [-1, 0, 1])
    for (const ring of rings) if (touches(ring.box, view, copy)) traceRing(context, ring, arcs, boxes, view, copy);
  context.fillStyle = colours.land;
  context.fill();
  context.lineJoin = "round";
  const fine = coords.z < 4 ? 0.6 : 0.9;
  strokeArcs(context, BASEMAP.coasts, arcs, boxes, view, colours.coast, fine, []);
  strokeArcs(context, BASEMAP.borders, arcs, boxes, view, colours.border, fine * 1.2, []);
  strokeArcs(context, BASEMAP.disputed, arcs, boxes, view, colours.disputed, fine * 1.2, [4, 3]);
}

function touches(box, view, copy) {
  return box[0] + copy <= view.west + view.size + view.margin && box[2] + copy >= view.west - view.margin &&
    box[1] <= view.north + view.size + view.margin && box[3] >= view.north - view.margin;
}

function traceRing(context, ring, arcs, boxes, view, copy) {
  let x = null;
  let first = 0;
  for (const [number, move] of ring.parts) {
    const arc = number < 0 ? ~number : number;
    const points = arcs[arc];
    const count = points.length / 2;
    // What lies on one side of the tile fills it as its ends alone do.
    const stride = touches(boxes[arc], view, move + copy) ? 1 : Math.max(1, count - 1);
    for (let step = 0; step < count; step += stride) {
      const index = 2 * (number < 0 ? count - 1 - step : step);
      const started = x !== null;
      x = (points[index] + move + copy - view.west) * view.scale;
      const y = (points[index + 1] - view.north) * view.scale;
      if (started) context.lineTo(x, y);
      else context.moveTo((first = x), y);
    }
  }
  if (ring.turns) {
    // Antarctica: round the pole, below the edge of the map
    const bottom = (1.2 - view.north) * view.scale;
    context.lineTo(x, bottom);
    context.lineTo(first, bottom);
  }
  context.closePath();
}

function strokeArcs(context, numbers, arcs, boxes, view, colour, width, dash) {
  context.beginPath();
  for (const copy of [-1, 0, 1])
    for (const number of numbers)
      if (touches(boxes[number], view, copy)) traceArc(context, arcs[number], view, copy);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke();
}

function traceArc(context, points, view, copy) {
  for (let index = 0; index < points.length; index += 2) {
    const x = (points[index] + copy - view.west) * view.scale;
    const y = (points[index + 1] - view.north) * view.scale;
    if (index) context.lineTo(x, y);
    else context.moveTo(x, y);
  }
}
