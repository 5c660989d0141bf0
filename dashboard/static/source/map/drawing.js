function addStyles() {
  if (document.getElementById("dateline-styles")) return;
  const styles = make("style", "", window.DATELINE_STYLES);
  styles.id = "dateline-styles";
  document.head.append(styles);
}

/** Lowest zoom at which the world is at least as wide as the map: no place is shown twice. */
function leastZoom(map) {
  return Math.min(4, Math.max(0, Math.ceil(20 * Math.log2(map.getSize().x / 256)) / 20));
}

/**
 * Show this view. The lowest zoom lies between two steps, and Leaflet, which takes the nearest
 * step each time it sets a view, would come in from it and cut off what is at the edges.
 */
function showView(map, centre, zoom, options) {
  const { zoomSnap } = map.options;
  map.options.zoomSnap = 0;
  map.setView(centre, zoom, options);
  map.options.zoomSnap = zoomSnap;
}

/** Leaflet's own setMinZoom would start an animation that a later setView does not stop. */
function limitZoom(map) {
  map.options.minZoom = leastZoom(map);
  if (map.getZoom() < map.options.minZoom) showView(map, map.getCenter(), map.options.minZoom, { animate: false });
}

function prepare(map, options) {
  if (states.has(map)) return;
  addStyles();
  const theme = options.theme || "light";
  const container = map.getContainer();
  container.classList.add("dl-map");
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", "Map of the events: arrow keys move it, plus and minus zoom");
  if (options.fillFrame) document.documentElement.classList.add("dl-fill");
  const basemap = new Basemap({ theme });
  const state = {
    options: { ...options }, basemap, theme, layers: null,
    shapes: L.layerGroup(), marks: L.layerGroup(), settled: false, drawing: false,
    popup: null, focused: null, told: [], nodes: new Map(), marksOf: new Map(), taken: [], addressed: {},
  };
  states.set(map, state);
  if (window.Streamlit && !options.onSelect) reportToStreamlit(map, state.options);
  map.options.wheelPxPerZoomLevel = 90;
  map.setMaxZoom(MAX_ZOOM);
  map.options.maxBoundsViscosity = 1;
  map.setMaxBounds([[-85.05, -36000], [85.05, 36000]]);
  limitZoom(map);
  state.labels = new Labels();
  map.addLayer(state.labels);
  addHatches(map, state);
  map.addLayer(state.shapes);
  map.addLayer(state.marks);
  addControls(map);
  setTheme(map, theme);
  const view = (options.addressView && viewInAddress()) || options.view;
  state.fitted = Boolean(view);
  if (view) {
    showView(map, [view[0], view[1]], view[2], { animate: false });
    showBasemap(map);
  }
  if (options.addressView) keepViewInAddress(map);
  map.on("zoomend", () => fitPopup(map));
  map.on("moveend", () => { if (drawingKey(map) !== state.drawnFor) redraw(map); });
  new window.ResizeObserver(() => resized(map)).observe(container);
}

/** Once it is known which part of the world is seen: for another view all would be drawn again. */
function showBasemap(map) {
  map.addLayer(states.get(map).basemap);
}

function addHatches(map, state) {
  const svg = makeSvg("svg", { width: 0, height: 0, "aria-hidden": "true", class: "dl-hatches" });
  state.hatches = makeSvg("defs", {});
  svg.append(state.hatches);
  map.getContainer().append(svg);
}

function setTheme(map, theme) {
  const state = states.get(map);
  state.theme = theme;
  state.basemap.setTheme(theme);
  map.getContainer().dataset.theme = theme;
  map.getContainer().style.background = THEMES[theme].ocean;
}

/** The frame gets its height after the first drawing: what was fitted before is fitted again. */
function resized(map) {
  const state = states.get(map);
  map.invalidateSize({ animate: false });
  limitZoom(map);
  if (!state.settled && state.layers && !state.fitted) fit(map, { animate: false });
  fitPopup(map);
  // The reader, opened beside the map, leaves no room for it.
  if (map.getSize().x <= 640) state.legend.open = state.legend.open && state.isNarrow === true;
  state.isNarrow = map.getSize().x <= 640;
  settleWhenShown(map);
}

function settleWhenShown(map) {
  const state = states.get(map);
  const size = map.getSize();
  if (state.layers && size.x > 60 && size.y > 60) window.setTimeout(() => { state.settled = true; }, 300);
}

function draw(map, layers, options) {
  const state = states.get(map);
  const wanted = options || {};
  const isOther = layers !== state.layers;
  state.layers = layers;
  if (wanted.theme && wanted.theme !== state.theme) setTheme(map, wanted.theme);
  fillLegend(map, layers);
  redraw(map);
  const fitChanged = wanted.fit !== undefined && wanted.fit !== state.fitToken;
  const refit = fitChanged && state.fitToken !== undefined;
  if (wanted.fit !== undefined) state.fitToken = wanted.fit;
  if ((!state.fitted && !state.settled) || refit) fit(map, { animate: false });
  showBasemap(map);
  settleWhenShown(map);
  if (isOther) refreshPopup(map);
  const shown = state.popup && state.popup.eventId;
  // What comes back of the reader's own steps must not take him back from a later one.
  const step = state.told.indexOf(wanted.selected);
  state.told.splice(0, step + 1);
  const isNew = step < 0 && wanted.selected !== state.selected && wanted.selected !== shown;
  if (wanted.selected && isNew) select(map, wanted.selected);
  state.selected = wanted.selected;
}

function allMarks(layers) {
  return [...layers.points, ...layers.lines, ...layers.areas, ...(layers.badges || [])];
}

const FEW_MARKS = 400;

/** What a drawing depends on besides its layers: panning alone needs no new one. */
function drawingKey(map) {
  const { layers } = states.get(map);
  const centre = map.getCenter().lng;
  if (!layers) return "";
  if (layers.points.length > FEW_MARKS) return map.getZoom() + "/" + map.getCenter();
  const copies = allMarks(layers).map((mark) => Math.round((centre - mark.lon) / 360));
  return map.getZoom() + "/" + copies.join("");
}

function redraw(map) {
  const state = states.get(map);
  if (!state.layers) return;
  state.drawnFor = drawingKey(map);
  state.drawing = true;
  state.taken = [];
  state.nodes = new Map();
  state.marksOf = new Map();
  state.shapes.clearLayers();
  state.marks.clearLayers();
  drawPoints(map, state.layers);
  drawAreas(map, state.layers);
  for (const mark of state.layers.lines) drawLine(map, mark, state.layers);
  for (const mark of state.layers.badges || [])
    addBadge(map, [mark], mixOf(state.layers, [mark]), "area", [mark.lat, nearestCopy(mark.lon, map.getCenter().lng)]);
  state.drawing = false;
  if (map.hasLayer(state.labels)) state.labels._update();
}

function fit(map, options) {
  const { layers } = states.get(map);
  const points = !layers ? [] : layers.live ? cornersOfBox(layers.extent) : allMarks(layers).flatMap(extremes);
  if (!points.length) return;
  // A box names its western edge; of points it must be found.
  const west = layers.live ? layers.extent[1] : westOf(points.map((point) => point[1]));
  const bounds = L.latLngBounds(points.map(([lat, lon]) => [lat, west + ((((lon - west) % 360) + 360) % 360)]));
  const zoom = Math.min(7, map.getBoundsZoom(bounds, false, L.point(96, 96)));
  const [low, high] = [bounds.getSouthWest(), bounds.getNorthEast()].map((corner) => map.project(corner, zoom));
  showView(map, map.unproject(low.add(high).divideBy(2), zoom), zoom, options);
}

function cornersOfBox(extent) {
  return extent ? [[extent[0], extent[1]], [extent[2], extent[3]]] : [];
}

/** Points that must be in view for a mark to be seen whole; of a very large area what lies round its middle. */
function extremes(mark) {
  const lines = mark.paths ? mark.paths.map((path) => toPairs(decodeLine(path)))
    : mark.country || mark.polygons ? outlines(mark, mark.lon).map((rings) => rings[0]) : [];
  const points = lines.flat();
  if (!points.length) return [[mark.lat, mark.lon]];
  const lats = points.map((point) => point[0]);
  const wide = Math.max(...lats) - Math.min(...lats) > 25;
  return wide ? [[mark.lat - 8, mark.lon - 12], [mark.lat + 8, mark.lon + 12]] : points;
}

/**
 * The western edge of the smallest stretch that holds all these longitudes. Across the 180th
 * meridian it goes only if it is less than half of the world: else the world is shown as usual.
 */
function westOf(lons) {
  const sorted = [...lons].sort((a, b) => a - b);
  let west = sorted[0];
  let widest = sorted[0] + 360 - sorted[sorted.length - 1];
  for (let index = 1; index < sorted.length; index++) {
    if (sorted[index] - sorted[index - 1] <= widest) continue;
    widest = sorted[index] - sorted[index - 1];
    west = sorted[index];
  }
  return widest > 180 ? west : sorted[0];
}

function select(map, eventId) {
  const { layers } = states.get(map);
  const { live } = states.get(map);
  if (live) return live.select(eventId);
  const number = layers.events.findIndex((event) => event.id === eventId);
  const mark = allMarks(layers).find((candidate) => candidate.events.includes(number));
  if (!mark) return false;
  showAt(map, mark, eventId);
  return true;
}

function showAt(map, mark, eventId) {
  const at = mark.paths ? halfway(mark.paths.map((path) => toPairs(decodeLine(path)))) : [mark.lat, mark.lon];
  const near = [at[0], nearestCopy(at[1], map.getCenter().lng)];
  if (!map.getBounds().pad(-0.1).contains(near)) showView(map, near, map.getZoom(), { animate: false });
  openAt(map, [mark], near, eventId);
}

/** The layers with only the events that pass `test`. */
function keep(layers, test) {
  const kept = layers.events.map((event, number) => test(event, number));
  const some = (marks) => marks
    .map((mark) => ({ ...mark, events: mark.events.filter((number) => kept[number]) }))
    .filter((mark) => mark.events.length);
  return { ...layers, points: some(layers.points), lines: some(layers.lines), areas: some(layers.areas) };
}

window.DATELINE = {
  prepare, draw, select, fit, keep, decodeLine, viewOf, sign,
  /** What the app's own part of the script builds on. */
  parts: {
    L, states, THEMES, MAX_ZOOM, make, makeSvg, button, plural, number, dayWords, monthWords, webLink, decodeLine, toPairs,
    loadWorld, joinArcs, thinnedArcs, latitudeOf, nearestCopy, shifted, draw, fit, setTheme, showBasemap, showAt, openAt,
    pageAddress, VIEW_KEYS, viewInAddress, viewOf, showView,
  },
};
