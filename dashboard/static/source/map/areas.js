/** Outline polygons of an area as Leaflet wants them, in the copy of the world near `lon`. */
function outlines(mark, lon) {
  const polygons = mark.country ? countryPolygons(mark.country)
    : mark.polygons.map((rings) => rings.map((ring) => toPairs(decodeLine(ring))));
  return polygons.map((rings) => rings.map((ring) => shifted(ring, lon)));
}

function countryPolygons(code) {
  const { arcs } = loadWorld();
  return BASEMAP.countries[code].map((rings) => rings.map((numbers) => {
    const ring = [];
    for (const [number, move] of joinArcs(numbers, arcs).parts) {
      const points = arcs[number < 0 ? ~number : number];
      const pairs = [];
      for (let index = 0; index < points.length; index += 2)
        pairs.push([latitudeOf(points[index + 1]), (points[index] + move - 0.5) * 360]);
      ring.push(...(number < 0 ? pairs.reverse() : pairs));
    }
    return ring;
  }));
}

function latitudeOf(y) {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** Parts that the 180th meridian cuts off come back to the part that they belong to. */
function shifted(line, lon) {
  const lons = line.map((point) => point[1]);
  const middle = (Math.min(...lons) + Math.max(...lons)) / 2;
  const by = nearestCopy(middle, lon) - middle;
  return by ? line.map(([lat, old]) => [lat, old + by]) : line;
}

/** Vertex halfway along the longest path: where a line's badge sits. */
function halfway(paths) {
  const lengths = paths.map((path) => path.slice(1).map((point, index) =>
    Math.hypot(point[0] - path[index][0], (point[1] - path[index][1]) * Math.cos(point[0] * Math.PI / 180))));
  const totals = lengths.map((steps) => steps.reduce((sum, step) => sum + step, 0));
  const longest = totals.indexOf(Math.max(...totals));
  let rest = totals[longest] / 2;
  for (let index = 0; index < lengths[longest].length; index++) {
    rest -= lengths[longest][index];
    if (rest <= 0) return paths[longest][index + 1];
  }
  return paths[longest][0];
}

/** The colour of a line or an area: its family's, or a neutral one for a mix. */
function colourOf(map, mix) {
  const { theme } = states.get(map);
  if (mix.length !== 1) return THEMES[theme].neutral;
  return theme === "dark" ? lightened(mix[0].style.colour) : mix[0].style.colour;
}

/** Halfway to white, for a thin line upon a dark ground. */
function lightened(colour) {
  const parts = [1, 3, 5].map((at) => Math.round((parseInt(colour.slice(at, at + 2), 16) + 255) / 2));
  return "#" + parts.map((part) => part.toString(16).padStart(2, "0")).join("");
}

/**
 * How strongly an area is hatched: the more of the view it fills, the less, so that the map
 * stays readable from within; what is left then is its outline and its badge.
 */
const HATCHES = [
  { share: 0.45, step: 9, width: 1.5, stripe: 0.26, ground: 0.05 },
  { share: 1.1, step: 13, width: 1.3, stripe: 0.15, ground: 0.03 },
  { share: 3, step: 20, width: 1.1, stripe: 0.09, ground: 0.015 },
  { share: Infinity, step: 30, width: 1, stripe: 0.045, ground: 0 },
];

/** Directions in turn, so that areas that lie upon each other can be told apart. */
const SLANTS = [45, -45, 90, 0];

/** A hatch of this colour, strength and slant, made once a map; SVG paths fill with it. */
function hatch(map, colour, level, slant) {
  const state = states.get(map);
  const id = "dl-hatch-" + [colour.replace(/[^a-z0-9]/gi, ""), level, slant].join("-");
  if (!state.hatches.querySelector("#" + id)) {
    const { step, width, stripe, ground } = HATCHES[level];
    const pattern = makeSvg("pattern", {
      id, width: step, height: step, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(" + SLANTS[slant] + ")",
    });
    pattern.append(makeSvg("rect", { width: step, height: step, fill: colour, "fill-opacity": ground }));
    pattern.append(makeSvg("rect", { width, height: step, fill: colour, "fill-opacity": stripe }));
    state.hatches.append(pattern);
  }
  return "url(#" + id + ")";
}

/** Which hatch an area takes at this zoom. */
function hatchLevel(map, bounds) {
  const view = map.getSize();
  const northWest = map.project(bounds.getNorthWest(), map.getZoom());
  const southEast = map.project(bounds.getSouthEast(), map.getZoom());
  const share = Math.max((southEast.x - northWest.x) / view.x, (southEast.y - northWest.y) / view.y);
  return HATCHES.findIndex((level) => share <= level.share);
}

/** Each area's slant: the first that no larger area across it has. */
function giveSlants(areas) {
  areas.forEach((area, number) => {
    const used = areas.slice(0, number)
      .filter((other) => other.shape.bounds.intersects(area.shape.bounds))
      .map((other) => other.slant);
    area.slant = Math.max(0, SLANTS.findIndex((_, slant) => !used.includes(slant)));
  });
}

/** With more areas than these, badges that would cover each other are one. */
const FEW_AREAS = 60;

/** Draw the areas, the largest below, so that the small ones can be pointed at. */
function drawAreas(map, layers) {
  const centre = map.getCenter().lng;
  const many = layers.areas.length > FEW_AREAS;
  const areas = layers.areas.map((mark) => {
    const mix = mixOf(layers, [mark]);
    const at = [mark.lat, nearestCopy(mark.lon, centre)];
    const colour = colourOf(map, mix);
    return { mark, mix, at, colour, shape: areaShape(mark, colour, at, many ? 1 : 1.6) };
  });
  for (const area of areas) area.size = sizeOf(area.shape.bounds);
  areas.sort((a, b) => b.size - a.size || (keyOf(a.mark) < keyOf(b.mark) ? -1 : 1));
  giveSlants(areas);
  for (const { mark, colour, slant, shape } of areas) {
    const fill = hatch(map, colour, hatchLevel(map, shape.bounds), slant);
    shape.layer.on("add", () => { shape.layer.getElement().style.fill = fill; });
    shape.layer.on("click", (event) => openAt(map, [mark], event.latlng));
    states.get(map).shapes.addLayer(shape.layer);
  }
  if (!many) {
    for (const { mark, mix, at } of areas.reverse()) addBadge(map, [mark], mix, "area", at);
    return;
  }
  for (const { marks, lat, lon } of clusters(map, layers.areas))
    addBadge(map, marks, mixOf(layers, marks), "area", [lat, nearestCopy(lon, centre)]);
}

/** An area as a Leaflet layer; dashed where nobody drew its edge: a circle, a box, a part. */
function areaShape(mark, colour, at, weight) {
  const style = { color: colour, weight, opacity: 0.85, fillOpacity: 1, className: "dl-area" };
  const fuzzy = { ...style, dashArray: "6 5", opacity: 0.75 };
  if (mark.radius) {
    const radius = mark.radius * 1000;
    return { layer: L.circle(at, { radius, ...fuzzy }), bounds: L.latLng(at).toBounds(2 * radius) };
  }
  const polygons = outlines(mark, at[1]);
  const layer = L.polygon(polygons, mark.fuzzy ? fuzzy : style);
  return { layer, bounds: layer.getBounds() };
}

function sizeOf(bounds) {
  return (bounds.getNorth() - bounds.getSouth()) * (bounds.getEast() - bounds.getWest());
}

function drawLine(map, mark, layers) {
  const state = states.get(map);
  const mix = mixOf(layers, [mark]);
  const lon = nearestCopy(mark.lon, map.getCenter().lng);
  const paths = mark.paths.map((path) => shifted(toPairs(decodeLine(path)), lon));
  const colour = colourOf(map, mix);
  const casing = L.polyline(paths, { color: colour, weight: 13, opacity: 0.28, className: "dl-line" });
  const core = L.polyline(paths, { color: colour, weight: 3.5, opacity: 1, dashArray: "9 5", interactive: false });
  casing.on("click", (event) => openAt(map, [mark], event.latlng));
  state.shapes.addLayer(casing);
  state.shapes.addLayer(core);
  addBadge(map, [mark], mix, "line", halfway(paths));
}

/** The badge of marks that share one: it comes nearer where that takes them apart. */
function addBadge(map, marks, mix, kind, at) {
  const [mark] = marks;
  const others = placesOf(marks) - 1;
  const name = others ? mark.name + " +" + others : mark.name;
  const shown = map.getZoom() >= 4 ? name : "";
  const node = button("dl-mark dl-mark-badge");
  node.append(badge(shown, mix, totalOf(mix), kind));
  const words = others ? groupWords(states.get(map).layers, { marks }, mix)
    : mark.name + ", " + kind + ", " + countWords(states.get(map).layers, mix);
  node.setAttribute("aria-label", words);
  node.title = name;
  const spot = freeSpot(map, at, badgeWidth(map, shown, brief(totalOf(mix))));
  const open = () => (others ? openGroup(map, { marks }, at) : openAt(map, marks, spot));
  addMarker(map, kind + keyOf(mark), marks, spot, node, open);
}
