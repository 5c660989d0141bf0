/** Largest file that can be laid over the map, in bytes, and most corners of all its shapes. */
const MOST_BYTES = 5000000;
const MOST_CORNERS = 50000;
const KEPT_AS = "dateline-overlays";
const MOST_PROPERTIES = 12;

/** How close a small shape is brought: a country with its towns, which tell where it lies. */
const CLOSEST_ZOOM = 6;

/** Fields to lay files of one's own over the map. They stay in this browser's tab. */
function overlayFields(live) {
  const box = fieldset("Your own overlays");
  const list = make("div", "dl-overlays");
  const told = make("p", "dl-panel-told");
  told.setAttribute("role", "status");
  const label = make("label", "dl-file");
  const file = make("input");
  file.type = "file";
  file.accept = ".geojson,.json,.kml";
  label.append(make("span", "", "Add a file: GeoJSON or KML"), file);
  box.append(list, label, told);
  const kept = keptIn(window.sessionStorage, KEPT_AS) || [];
  kept.forEach((overlay) => listOverlay(live, list, kept, overlay));
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    try {
      const overlay = { name: chosen.name, shapes: await readOverlay(chosen) };
      kept.push(overlay);
      const shape = listOverlay(live, list, kept, overlay);
      const isKept = keepIn(window.sessionStorage, KEPT_AS, kept);
      bringIntoView(live.map, shape.getBounds());
      told.textContent = chosen.name + " lies over the map" + (isKept ? "." : "; it is too large to be kept for the next visit to this page.");
    } catch (error) {
      told.textContent = chosen.name + " cannot be shown: " + error.message;
    }
  });
  return box;
}

/** Show where a file's shapes lie; where they are in view already, the view stays as it is. */
function bringIntoView(map, bounds) {
  if (!bounds.isValid() || map.getBounds().contains(bounds)) return;
  map.fitBounds(bounds, { maxZoom: Math.max(map.getZoom(), CLOSEST_ZOOM), padding: [40, 40] });
}

function listOverlay(live, list, kept, overlay) {
  const shape = overlayLayer(overlay.shapes);
  shape.addTo(live.map);
  const row = make("div", "dl-overlay");
  const one = option("checkbox", overlay.name, (isOn) => (isOn ? shape.addTo(live.map) : shape.remove()));
  one.input.checked = true;
  const remove = button("", "✕", () => {
    shape.remove();
    row.remove();
    kept.splice(kept.indexOf(overlay), 1);
    keepIn(window.sessionStorage, KEPT_AS, kept);
  });
  remove.setAttribute("aria-label", "Remove " + overlay.name);
  row.append(one.label, remove);
  list.append(row);
  return shape;
}

/** Shapes in a colour that no family of events has; what they say of themselves, as text. */
function overlayLayer(shapes) {
  return L.geoJSON(shapes, {
    style: { color: "#a3166f", weight: 2, fillOpacity: 0.08 },
    pointToLayer: (feature, at) => L.circleMarker(at, { radius: 6, color: "#a3166f", weight: 2, fillOpacity: 0.35 }),
    onEachFeature: (feature, layer) => layer.bindPopup(() => propertiesOf(feature), { className: "dl-popup", maxWidth: 320 }),
  });
}

function propertiesOf(feature) {
  const card = make("div", "dl-card");
  const properties = Object.entries(feature.properties || {}).filter(([, value]) => value !== null && value !== "" && typeof value !== "object");
  const name = properties.find(([key]) => /^(name|title)$/i.test(key));
  card.append(make("h3", "", name ? String(name[1]) : "Overlay"));
  const list = make("dl", "dl-properties");
  for (const [key, value] of properties.filter((one) => one !== name).slice(0, MOST_PROPERTIES)) {
    const words = make("dd", "", String(value).slice(0, 500));
    words.dir = "auto";
    list.append(make("dt", "", key), words);
  }
  card.append(list);
  return card;
}

/** Read a file into GeoJSON. Raises an error in the reader's words. */
async function readOverlay(file) {
  if (file.size > MOST_BYTES) throw new Error("it is larger than 5 MB.");
  const text = await file.text();
  const shapes = /^\s*</.test(text) ? fromKml(text) : fromGeoJson(text);
  if (!shapes.features.length) throw new Error("no point, line or area is in it.");
  let corners = 0;
  const check = (part) => {
    if (!Array.isArray(part)) throw new Error("a shape has no coordinates.");
    if (part.length && Array.isArray(part[0])) {
      part.forEach(check);
      return;
    }
    if (!part.length) return;
    corners += 1;
    const [lon, lat] = part;
    if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 540)) throw new Error("its coordinates are not longitude and latitude in degrees.");
  };
  for (const { geometry } of shapes.features) for (const one of geometry.geometries || [geometry]) check(one.coordinates);
  if (corners > MOST_CORNERS) throw new Error("it has more than " + number(MOST_CORNERS) + " corners.");
  return shapes;
}

const GEOMETRIES = /^(Multi)?(Point|LineString|Polygon)$|^GeometryCollection$/;

function fromGeoJson(text) {
  let value = null;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error("it is neither GeoJSON nor KML.");
  }
  const features = value && value.type === "FeatureCollection" ? value.features : value && value.type === "Feature" ? [value]
    : value && GEOMETRIES.test(value.type) ? [{ type: "Feature", properties: {}, geometry: value }] : null;
  if (!Array.isArray(features)) throw new Error("it is JSON, but not GeoJSON.");
  return { type: "FeatureCollection", features: features.filter((one) => one && one.geometry && GEOMETRIES.test(one.geometry.type)) };
}

function fromKml(text) {
  const page = new window.DOMParser().parseFromString(text, "application/xml");
  if (page.querySelector("parsererror")) throw new Error("it is neither GeoJSON nor KML.");
  const features = [];
  for (const placemark of page.getElementsByTagNameNS("*", "Placemark")) {
    const own = (tag) => [...placemark.children].find((child) => child.localName === tag);
    const properties = {};
    for (const tag of ["name", "description"]) if (own(tag)) properties[tag] = own(tag).textContent.trim();
    for (const data of placemark.getElementsByTagNameNS("*", "Data")) properties[data.getAttribute("name")] = data.textContent.trim();
    for (const geometry of kmlGeometries(placemark)) features.push({ type: "Feature", properties, geometry });
  }
  return { type: "FeatureCollection", features };
}

function kmlGeometries(placemark) {
  const all = (node, tag) => [...node.getElementsByTagNameNS("*", tag)];
  const line = (node) => (all(node, "coordinates")[0] || make("p")).textContent.trim().split(/\s+/).filter(Boolean).map((corner) => corner.split(",").slice(0, 2).map(Number));
  return [
    ...all(placemark, "Point").map((node) => ({ type: "Point", coordinates: line(node)[0] || [] })),
    ...all(placemark, "LineString").map((node) => ({ type: "LineString", coordinates: line(node) })),
    ...all(placemark, "Polygon").map((node) => ({
      type: "Polygon", coordinates: [...all(node, "outerBoundaryIs"), ...all(node, "innerBoundaryIs")].map(line),
    })),
  ];
}
