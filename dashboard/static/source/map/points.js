function drawPoints(map, layers) {
  const state = states.get(map);
  const centre = map.getCenter().lng;
  const view = layers.points.length > FEW_MARKS ? map.getBounds().pad(0.3) : null;
  for (const group of clusters(map, layers.points)) {
    const at = [group.lat, nearestCopy(group.lon, centre)];
    if (view && !view.contains(at)) continue;
    const mix = mixOf(layers, group.marks);
    const count = totalOf(mix);
    const doubtful = group.marks.length === 1 && group.marks[0].radius;
    const node = button("dl-mark" + (doubtful ? " dl-doubtful" : ""));
    node.append(count === 1 ? sign(mix[0].style, sizeFor(1)) : donut(mix, count));
    node.setAttribute("aria-label", groupWords(state.layers, group, mix));
    if (doubtful) drawDoubt(map, group.marks[0], at, mix);
    const key = keyOf(group.marks[0]);
    const point = map.latLngToLayerPoint(at);
    const half = sizeFor(count) / 2;
    state.taken.push([point.x - half, point.y - half, point.x + half, point.y + half]);
    addMarker(map, key, group.marks, at, node, () => openGroup(map, group, at));
  }
}

function drawDoubt(map, mark, at, mix) {
  states.get(map).shapes.addLayer(L.circle(at, {
    radius: mark.radius * 1000, color: colourOf(map, mix), weight: 1.5, dashArray: "5 5",
    fillOpacity: 0.08, interactive: false,
  }));
}

function groupWords(layers, group, mix) {
  const others = placesOf(group.marks) - 1;
  const name = group.marks[0].name + (others ? " and " + plural(others, "place") + " near it" : "");
  return name + ", " + countWords(layers, mix);
}

/** "12 events: 10 violence, 2 protest", or "12 mentions". */
function countWords(layers, mix) {
  return layers.noun ? plural(totalOf(mix), layers.noun) : plural(totalOf(mix), "event") + ": " + mixWords(mix);
}

/** Come nearer when that takes the group apart; else show all its events. */
function openGroup(map, group, at) {
  const bounds = L.latLngBounds(group.marks.flatMap((mark) => cornersOf(mark, at[1])));
  const zoom = map.getBoundsZoom(bounds.pad(0.2));
  const spread = map.project(bounds.getNorthEast(), MAX_ZOOM).distanceTo(map.project(bounds.getSouthWest(), MAX_ZOOM));
  const comesApart = placesOf(group.marks) > 1 && spread > CLUSTER_PIXELS && map.getZoom() < MAX_ZOOM;
  if (comesApart) map.flyToBounds(bounds.pad(0.3), { maxZoom: Math.max(map.getZoom() + 1, Math.min(zoom, MAX_ZOOM)), duration: 0.4 });
  else openAt(map, group.marks, at);
}

/** Where a mark lies: its point, or the corners of the cluster that it stands for. */
function cornersOf(mark, lon) {
  const [south, west, north, east] = mark.spread || [mark.lat, mark.lon, mark.lat, mark.lon];
  return [[south, nearestCopy(west, lon)], [north, nearestCopy(east, lon)]];
}

/** Steps aside that a badge tries, in pixels, the nearest first, when its own place is taken. */
const ASIDE = stepsAside();

function stepsAside() {
  const steps = [];
  for (let x = -9; x <= 9; x++) for (let y = -12; y <= 12; y++) steps.push([23 * x, 15 * y]);
  return steps.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
}

/** Where a badge of this width covers no other mark; a thin line leads back to its place. */
function freeSpot(map, at, width) {
  const state = states.get(map);
  const centre = map.latLngToLayerPoint(at);
  const boxAt = ([x, y]) => [centre.x + x - width / 2, centre.y + y - 14, centre.x + x + width / 2, centre.y + y + 14];
  const step = ASIDE.find((aside) => !state.taken.some((box) => overlap(box, boxAt(aside)))) || ASIDE[0];
  state.taken.push(boxAt(step));
  if (step === ASIDE[0]) return at;
  const spot = map.layerPointToLatLng(centre.add(step));
  state.shapes.addLayer(L.polyline([at, spot], { color: THEMES[state.theme].neutral, weight: 1, interactive: false }));
  return spot;
}

function addMarker(map, key, marks, at, node, action) {
  const state = states.get(map);
  const icon = L.divIcon({ className: "dl-icon", html: node, iconSize: null });
  const marker = L.marker(at, { icon, keyboard: false, riseOnHover: true });
  marker.on("click", action);
  node.addEventListener("focus", () => { state.focused = key; });
  node.addEventListener("blur", () => { if (!state.drawing) state.focused = null; });
  state.marks.addLayer(marker);
  state.nodes.set(key, node);
  state.marksOf.set(node, marks);
  if (key === state.focused) node.focus({ preventScroll: true });
}
