/** From little to much: one hue, told apart by its lightness. */
const RAMPS = {
  light: ["#cfe1ec", "#9ac2d8", "#5e9cbd", "#2f7396", "#134b66"],
  dark: ["#22465a", "#2d6985", "#4a92b2", "#82bdd5", "#c9e8f4"],
};

/** Ages of the last event that are told apart, in days before the latest of all. */
const AGES = [365, 90, 30, 7];

/** What this page has been sent of divisions, by their ids. */
const divisionsSent = new Map();

async function loadRegions(live, isLast) {
  const { kind, measure } = live.layer;
  const of = kind === "countries" ? "country" : "division";
  const answer = await live.get("regions", live.parameters() + live.view() + "&of=" + of + "&measure=" + measure);
  if (of === "division") await askDivisions(live, answer.regions.map(([id]) => id));
  const names = await live.names;
  if (!isLast()) return;
  live.shownCount = answer.shown;
  const { theme } = states.get(live.map);
  const classes = measure === "last" ? ageClasses(answer.regions) : countClasses(answer.regions);
  const regions = answer.regions.map(([id, count, last]) => ({
    id, count, last, key: "region " + of + " " + id, region: of + " " + id, places: 1,
    name: of === "country" ? names.countries[id] || id : (divisionsSent.get(id) || { name: id }).name,
    precision: plural(count, "event") + (last ? ", the last on " + dayWords(last) : ""),
    colour: RAMPS[theme][classes.of(count, last)],
  }));
  const layer = new RegionLayer(live, of, regions);
  live.draw({ styles: names.families, legend: regionLegend(live, layer, classes, answer, of), regions });
  live.regions = layer.group.addTo(live.map);
  live.map.getContainer().classList.add("dl-coloured");
}

async function askDivisions(live, ids) {
  const missing = ids.filter((id) => !divisionsSent.has(id));
  for (let index = 0; index < missing.length; index += 100) {
    const part = missing.slice(index, index + 100);
    const sent = await live.get("outlines", "ids=" + encodeURIComponent(part.join("|")));
    for (const id of part) divisionsSent.set(id, sent[id] || null);
  }
}

/** Classes of a count: each its own when they are few, else steps that multiply. */
function countClasses(regions) {
  const most = Math.max(1, ...regions.map(([, count]) => count));
  const edges = [];
  for (let step = 0; step < Math.min(5, most); step++)
    edges.push(Math.max(Math.round(most ** (step / 5)), step ? edges[step - 1] + 1 : 1));
  const of = (count) => Math.max(0, edges.filter((edge) => count >= edge).length - 1);
  const shift = 5 - edges.length;
  return {
    of: (count) => of(count) + shift,
    words: edges.map((edge, step) => {
      const end = step + 1 < edges.length ? edges[step + 1] - 1 : most;
      return [step + shift, edge >= end ? number(edge) : number(edge) + " – " + number(end)];
    }),
    title: "Number of events",
  };
}

/** Classes of the last event's age, counted back from the latest of all. */
function ageClasses(regions) {
  const latest = regions.map((region) => region[2] || "").sort().pop() || "";
  const ageOf = (last) => (last ? (dayOf(latest) - dayOf(last)) / DAY : Infinity);
  return {
    of: (count, last) => AGES.filter((age) => ageOf(last) <= age).length,
    words: [[4, "within 7 days"], [3, "within 30 days"], [2, "within 90 days"], [1, "within a year"], [0, "earlier, or without a date"]],
    title: latest ? "Last event, before " + dayWords(latest) : "Last event",
  };
}

/** The regions as areas in the colour of their class; without an outline, as a disc. */
class RegionLayer {
  constructor(live, of, regions) {
    const { map } = live;
    this.live = live;
    if (!map.getPane("dateline-regions")) map.createPane("dateline-regions").style.zIndex = 230;
    this.group = L.layerGroup();
    live.canvas = live.canvas || L.canvas({ pane: "dateline-regions", padding: 0.3 });
    const style = { renderer: live.canvas, pane: "dateline-regions", weight: 0.7, color: THEMES[states.get(map).theme].land, fillOpacity: 0.85 };
    const lon = map.getCenter().lng;
    for (const region of regions) {
      const rings = of === "country" ? countryRings(region.id, Math.round(map.getZoom()), lon) : divisionRings(region.id, lon);
      const sent = divisionsSent.get(region.id);
      const shape = rings ? L.polygon(rings, { ...style, fillColor: region.colour })
        : sent ? L.circleMarker([sent.lat, nearestCopy(sent.lon, lon)], { ...style, radius: 9, dashArray: "3 2", color: THEMES[states.get(map).theme].neutral, fillColor: region.colour }) : null;
      if (!shape) continue;
      region.at = rings ? null : shape.getLatLng();
      region.shape = shape;
      shape.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        this.open(region, event.latlng);
      });
      this.group.addLayer(shape);
    }
  }

  open(region, at) {
    openAt(this.live.map, [region], at || region.at || region.shape.getBounds().getCenter());
  }
}

function countryRings(code, zoom, lon) {
  const polygons = window.DATELINE_BASEMAP.countries[code];
  if (!polygons) return null;
  const { arcs } = loadWorld();
  const thinned = thinnedArcs(Math.max(1, Math.min(8, zoom + 1)));
  return polygons.map((rings) => rings.map((numbers) => {
    const ring = [];
    for (const [arc, move] of joinArcs(numbers, arcs).parts) {
      const points = thinned[arc < 0 ? ~arc : arc];
      const pairs = [];
      for (let index = 0; index < points.length; index += 2)
        pairs.push([latitudeOf(points[index + 1]), (points[index] + move - 0.5) * 360]);
      ring.push(...(arc < 0 ? pairs.reverse() : pairs));
    }
    return shifted(ring, lon);
  }));
}

function divisionRings(id, lon) {
  const sent = divisionsSent.get(id);
  return sent && sent.polygons ? sent.polygons.map((rings) => rings.map((ring) => shifted(toPairs(decodeLine(ring)), lon))) : null;
}

/** The classes with their colours, the regions with most as buttons, and what is not in them. */
function regionLegend(live, layer, classes, answer, of) {
  const { theme } = states.get(live.map);
  const list = make("ul", "dl-classes");
  for (const [step, words] of classes.words) {
    const item = make("li");
    const key = make("span", "dl-key");
    key.style.background = RAMPS[theme][step];
    item.append(key, make("span", "", words));
    list.append(item);
  }
  const none = "No event shown lies in one " + (of === "country" ? "country" : "province");
  const nodes = answer.regions.length ? [make("p", "dl-legend-title", classes.title), list] : [make("p", "dl-legend-note", none)];
  const shown = states.get(live.map);
  const most = make("ol", "dl-most");
  most.setAttribute("aria-label", "Most events");
  queueMicrotask(() => {
    for (const region of (shown.layers.regions || []).slice(0, 6)) {
      const item = make("li");
      item.append(button("", region.name + " " + number(region.count), () => layer.open(region)));
      most.append(item);
    }
  });
  if (answer.regions.length) nodes.push(most);
  const left = answer.total - answer.regions.length;
  if (of === "division" && left > 0) nodes.push(make("p", "dl-legend-note", plural(left, "more province") + " outside this view, or too many for it"));
  if (answer.without) nodes.push(make("p", "dl-legend-note", plural(answer.without, "event") + " in no one " + (of === "country" ? "country" : "province")));
  return nodes;
}
