/*
 * Dateline's map: one script for the app and for the snapshot.
 *
 *   DATELINE.prepare(map, options)       basemap, controls, legend, once for each Leaflet map
 *   DATELINE.draw(map, layers, options)  draws layers (dashboard/layers.py); again and again
 *   DATELINE.select(map, eventId)        shows an event's popup, wherever it is
 *   DATELINE.show(map, query, options)   asks the app's server for what a filter leaves in view,
 *                                        again whenever the map is moved; nothing else is sent
 *   DATELINE.fit(map)                    shows all that is drawn
 *   DATELINE.keep(layers, test)          the layers with only the events that pass `test`
 *
 * Options of prepare: theme ("light", "dark"); view ([lat, lon, zoom]); addressView (the page's
 * address keeps the view as lat, lon and zoom); fillFrame (the map takes the whole frame);
 * onSelect(eventId). Options of draw: theme; selected (an event id);
 * fit (a text: when it changes, everything drawn is brought into view).
 *
 * Text from outside reaches the page through textContent alone.
 */
(function (window) {
  "use strict";

  const L = window.L;
  const document = window.document;
  const BASEMAP = window.DATELINE_BASEMAP;
  const SVG = "http://www.w3.org/2000/svg";

  const TILE = 512;
  const MAX_ZOOM = 11;
  const CLUSTER_PIXELS = 44;

  const THEMES = {
    light: {
      ocean: "#cfe0ea", land: "#f6f3ec", coast: "#9fb4c0", border: "#b3ab9c",
      disputed: "#b3ab9c", neutral: "#4a5560",
    },
    dark: {
      ocean: "#16212b", land: "#26323d", coast: "#4a6070", border: "#566472",
      disputed: "#566472", neutral: "#b4c0c9",
    },
  };

  /** What is known of each prepared map. */
  const states = new WeakMap();

  // ---------------------------------------------------------------- small tools

  /** Make an HTML element; `text` goes in as text. */
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined && text !== null) element.textContent = text;
    return element;
  }

  function makeSvg(tag, attributes) {
    const element = document.createElementNS(SVG, tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    return element;
  }

  function button(className, text, action) {
    const element = make("button", className, text);
    element.type = "button";
    if (action) element.addEventListener("click", action);
    return element;
  }

  function plural(count, one, many) {
    return count === 1 ? "1 " + one : count + " " + (many || one + "s");
  }

  function webLink(url) {
    try {
      const protocol = new URL(url).protocol;
      return protocol === "http:" || protocol === "https:" ? url : null;
    } catch (error) {
      return null;
    }
  }

  // ---------------------------------------------------------------- lines as strings

  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
  const GROUPS = {};
  for (let index = 0; index < 64; index++) GROUPS[ALPHABET[index]] = index;

  /** Decode what dashboard/polyline.py wrote: a flat list lat, lon, lat, lon ... in degrees. */
  function decodeLine(text) {
    const steps = BASEMAP.steps;
    const numbers = [];
    const last = [0, 0];
    let value = 0;
    let shift = 0;
    for (let index = 0; index < text.length; index++) {
      const group = GROUPS[text[index]];
      value += (group & 31) * 2 ** shift;
      shift += 5;
      if (group & 32) continue;
      const axis = numbers.length % 2;
      last[axis] += value % 2 ? -(value + 1) / 2 : value / 2;
      numbers.push(last[axis] / steps);
      value = shift = 0;
    }
    return numbers;
  }

  function toPairs(flat) {
    const pairs = [];
    for (let index = 0; index < flat.length; index += 2) pairs.push([flat[index], flat[index + 1]]);
    return pairs;
  }

  // ---------------------------------------------------------------- basemap

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
      for (const ring of rings) if (touches(ring.box, view, copy)) traceRing(context, ring, arcs, view, copy);
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

  function traceRing(context, ring, arcs, view, copy) {
    let x = null;
    let first = 0;
    for (const [number, move] of ring.parts) {
      const points = arcs[number < 0 ? ~number : number];
      const count = points.length / 2;
      for (let step = 0; step < count; step++) {
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

  // ---------------------------------------------------------------- labels

  /** Names of countries and large cities, those that have room. */
  const Labels = L.Layer.extend({
    onAdd(map) {
      this._pane = map.createPane("dateline-labels");
      this._pane.style.zIndex = 250;
      this._pane.style.pointerEvents = "none";
      this._pane.setAttribute("aria-hidden", "true");
      map.on("moveend resize", this._update, this);
      map.on("zoomstart", this._hide, this);
      this._update();
    },

    onRemove(map) {
      map.off("moveend resize", this._update, this);
      map.off("zoomstart", this._hide, this);
      this._pane.replaceChildren();
    },

    _hide() {
      this._pane.replaceChildren();
    },

    _update() {
      const map = this._map;
      const zoom = map.getZoom();
      const size = map.getSize();
      const centre = map.getCenter().lng;
      const state = states.get(map);
      const origin = map.containerPointToLayerPoint([0, 0]);
      const taken = (state && state.taken || []).map((box) =>
        [box[0] - origin.x, box[1] - origin.y, box[2] - origin.x, box[3] - origin.y]);
      const fragment = document.createDocumentFragment();
      const place = (text, lat, lon, className, letter, dot) => {
        const at = map.latLngToContainerPoint([lat, nearestCopy(lon, centre)]);
        const half = (text.length * letter) / 2 + 4;
        const hidden = dot && taken.some((other) => overlap([at.x - 1, at.y - 1, at.x + 1, at.y + 1], other));
        if (hidden) at.x += 13; // the name steps out from under the mark that covers its town
        const middle = dot ? at.x + half + 3 : at.x;
        const box = [middle - half, at.y - 8, middle + half, at.y + 8];
        if (box[2] < 0 || box[0] > size.x || box[3] < 0 || box[1] > size.y) return;
        if (taken.some((other) => overlap(box, other))) return;
        taken.push(box);
        const label = make("div", hidden ? className + " dl-covered" : className, text);
        L.DomUtil.setPosition(label, map.containerPointToLayerPoint(at));
        fragment.append(label);
      };
      for (const [text, lat, lon, least] of BASEMAP.countryLabels)
        if (least <= zoom + 0.5 && zoom < 8) place(text, lat, lon, "dl-label dl-country", 7, false);
      for (const [text, lat, lon, least, capital] of BASEMAP.cityLabels)
        if (least <= zoom + 0.01)
          place(text, lat, lon, capital ? "dl-label dl-city dl-capital" : "dl-label dl-city", 6, true);
      this._pane.replaceChildren(fragment);
    },
  });

  function overlap(a, b) {
    return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  }

  /** The longitude in the copy of the world that is nearest to `centre`. */
  function nearestCopy(lon, centre) {
    return lon + 360 * Math.round((centre - lon) / 360);
  }

  // ---------------------------------------------------------------- signs

  /** The sign of one family: shape as well as colour, so that colour alone never tells. */
  function sign(style, size) {
    const svg = makeSvg("svg", { viewBox: "-12 -12 24 24", width: size, height: size, "aria-hidden": "true" });
    svg.append(shape(style.shape, style.colour));
    return svg;
  }

  const CORNERS = {
    triangle: "0,-9.5 9,7 -9,7",
    "triangle-down": "0,9.5 9,-7 -9,-7",
    diamond: "0,-10 10,0 0,10 -10,0",
    square: "-7.5,-7.5 7.5,-7.5 7.5,7.5 -7.5,7.5",
    pentagon: "0,-9.5 9.2,-2.6 5.8,8.2 -5.8,8.2 -9.2,-2.6",
    hexagon: "-5,-8.7 5,-8.7 10,0 5,8.7 -5,8.7 -10,0",
    cross: "-3.5,-9 3.5,-9 3.5,-3.5 9,-3.5 9,3.5 3.5,3.5 3.5,9 -3.5,9 -3.5,3.5 -9,3.5 -9,-3.5 -3.5,-3.5",
    star: "0,-10.5 2.9,-4 10,-3.2 4.8,1.6 6.2,8.5 0,5 -6.2,8.5 -4.8,1.6 -10,-3.2 -2.9,-4",
  };

  function shape(name, colour) {
    const paint = { fill: colour, class: "dl-shape" };
    if (CORNERS[name]) return makeSvg("polygon", { points: CORNERS[name], ...paint });
    return makeSvg("circle", { r: 8.5, ...paint });
  }

  /** A ring whose parts show the mix of families, the count in its middle. */
  function donut(mix, count) {
    const size = count >= 1000 ? 48 : count >= 100 ? 42 : count >= 10 ? 36 : 30;
    const svg = makeSvg("svg", { viewBox: "-20 -20 40 40", width: size, height: size, "aria-hidden": "true" });
    svg.append(makeSvg("circle", { r: 19, class: "dl-donut-ground" }));
    const length = 2 * Math.PI * 14;
    let done = 0;
    for (const { style, share } of mix) {
      svg.append(makeSvg("circle", {
        r: 14, fill: "none", stroke: style.colour, "stroke-width": 6.5,
        "stroke-dasharray": share * length + " " + length, "stroke-dashoffset": -done * length,
        transform: "rotate(-90)",
      }));
      done += share;
    }
    const text = makeSvg("text", { "text-anchor": "middle", dy: "0.35em", class: "dl-count" });
    text.textContent = brief(count);
    svg.append(text);
    return svg;
  }

  /** A badge for a line or an area: a tag with name and count, never a dot. */
  function badge(mark, mix, count, kind, withName) {
    const tag = make("span", "dl-badge dl-badge-" + kind);
    tag.append(make("span", "dl-badge-" + kind + "-sign"));
    if (withName) tag.append(make("bdi", "dl-badge-name", mark.name));
    tag.append(make("span", "dl-badge-count", brief(count)));
    const bar = make("span", "dl-badge-mix");
    for (const { style, share } of mix) {
      const part = make("span");
      part.style.flexGrow = share;
      part.style.background = style.colour;
      bar.append(part);
    }
    tag.append(bar);
    return tag;
  }

  /** The families of the marks' events, the most frequent first, with their shares. */
  function mixOf(layers, marks) {
    const counts = layers.families.map(() => 0);
    if (marks[0].counts) {
      for (const mark of marks) mark.counts.forEach((count, family) => { counts[family] += count; });
    } else {
      for (const number of eventsOf(marks))
        counts[layers.families.findIndex((style) => style.name === layers.events[number].family)] += 1;
    }
    const total = counts.reduce((sum, count) => sum + count, 0);
    return layers.families
      .map((style, family) => ({ style, count: counts[family], share: counts[family] / total }))
      .filter((part) => part.count)
      .sort((a, b) => b.count - a.count);
  }

  function totalOf(mix) {
    return mix.reduce((sum, part) => sum + part.count, 0);
  }

  /** How many events a mark stands for. */
  function weightOf(mark) {
    return mark.counts ? mark.counts.reduce((sum, count) => sum + count, 0) : mark.events.length;
  }

  function placesOf(marks) {
    return marks.reduce((sum, mark) => sum + (mark.places || 1), 0);
  }

  /** A count that fits into a mark: "950", "1.2k", "35k". */
  function brief(count) {
    if (count < 1000) return String(count);
    const thousands = count / 1000;
    if (thousands >= 999.5) return (count / 1e6).toFixed(1).replace(".0", "") + "M";
    return (thousands < 9.95 ? thousands.toFixed(1).replace(".0", "") : Math.round(thousands)) + "k";
  }

  function mixWords(mix) {
    return mix.map(({ style, count }) => count + " " + style.label.toLowerCase()).join(", ");
  }

  // ---------------------------------------------------------------- clusters

  /**
   * Group marks that would cover each other at this zoom. The mark with most events leads, and
   * the group stands at its place: a true place, not a mean in the open sea.
   */
  function clusters(map, marks) {
    const cells = new Map();
    const spots = marks.map((mark) => {
      const at = map.project([mark.lat, mark.lon], map.getZoom());
      const spot = { mark, x: at.x, y: at.y, taken: false };
      const key = Math.floor(at.x / CLUSTER_PIXELS) + ":" + Math.floor(at.y / CLUSTER_PIXELS);
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(spot);
      return spot;
    });
    spots.sort((a, b) => weightOf(b.mark) - weightOf(a.mark) || (keyOf(a.mark) < keyOf(b.mark) ? -1 : 1));
    const groups = [];
    for (const leader of spots) {
      if (leader.taken) continue;
      leader.taken = true;
      const group = { marks: [leader.mark], lat: leader.mark.lat, lon: leader.mark.lon };
      for (const spot of around(cells, leader)) {
        spot.taken = true;
        group.marks.push(spot.mark);
      }
      groups.push(group);
    }
    return groups;
  }

  function around(cells, leader) {
    const found = [];
    const column = Math.floor(leader.x / CLUSTER_PIXELS);
    const row = Math.floor(leader.y / CLUSTER_PIXELS);
    for (let x = column - 1; x <= column + 1; x++)
      for (let y = row - 1; y <= row + 1; y++)
        for (const spot of cells.get(x + ":" + y) || []) {
          const reach = weightOf(spot.mark) + weightOf(leader.mark) > 2 ? 0.8 : 0.55;
          if (!spot.taken && Math.hypot(spot.x - leader.x, spot.y - leader.y) < CLUSTER_PIXELS * reach) found.push(spot);
        }
    return found;
  }

  function eventsOf(marks) {
    const seen = new Set();
    for (const mark of marks) for (const number of mark.events) seen.add(number);
    return [...seen].sort((a, b) => a - b);
  }

  // ---------------------------------------------------------------- lines and areas

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

  /** Draw the areas, the largest below, so that the small ones can be pointed at. */
  function drawAreas(map, layers) {
    const centre = map.getCenter().lng;
    const areas = layers.areas.map((mark) => {
      const mix = mixOf(layers, [mark]);
      const at = [mark.lat, nearestCopy(mark.lon, centre)];
      return { mark, mix, at, colour: colourOf(map, mix), shape: areaShape(mark, colourOf(map, mix), at) };
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
    for (const { mark, mix, at } of areas.reverse()) addBadge(map, mark, mix, "area", at);
  }

  /** An area as a Leaflet layer; dashed where nobody drew its edge: a circle, a box, a part. */
  function areaShape(mark, colour, at) {
    const style = { color: colour, weight: 1.6, opacity: 0.85, fillOpacity: 1, className: "dl-area" };
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
    addBadge(map, mark, mix, "line", halfway(paths));
  }

  function addBadge(map, mark, mix, kind, at) {
    const count = totalOf(mix);
    const withName = map.getZoom() >= 4;
    const node = button("dl-mark dl-mark-badge");
    node.append(badge(mark, mix, count, kind, withName));
    node.setAttribute("aria-label", mark.name + ", " + kind + ", " + plural(count, "event") + ": " + mixWords(mix));
    node.title = mark.name;
    const spot = freeSpot(map, at, 44 + (withName ? Math.min(180, mark.name.length * 7) : 0));
    addMarker(map, kind + keyOf(mark), spot, node, () => openAt(map, [mark], spot));
  }

  // ---------------------------------------------------------------- points

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
      node.append(count === 1 ? sign(mix[0].style, 22) : donut(mix, count));
      node.setAttribute("aria-label", groupWords(group, mix));
      if (doubtful) drawDoubt(map, group.marks[0], at, mix);
      const key = keyOf(group.marks[0]);
      const point = map.latLngToLayerPoint(at);
      state.taken.push([point.x - 15, point.y - 15, point.x + 15, point.y + 15]);
      addMarker(map, key, at, node, () => openGroup(map, group, at));
    }
  }

  function drawDoubt(map, mark, at, mix) {
    states.get(map).shapes.addLayer(L.circle(at, {
      radius: mark.radius * 1000, color: colourOf(map, mix), weight: 1.5, dashArray: "5 5",
      fillOpacity: 0.08, interactive: false,
    }));
  }

  function groupWords(group, mix) {
    const others = placesOf(group.marks) - 1;
    const name = group.marks[0].name + (others ? " and " + plural(others, "place") + " near it" : "");
    return name + ", " + plural(totalOf(mix), "event") + ": " + mixWords(mix);
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

  /** Steps aside that a badge tries, in pixels, when its own place is taken. */
  const ASIDE = [[0, 0], [0, -30], [0, 30], [46, 0], [-46, 0], [46, -30], [-46, -30], [46, 30], [-46, 30],
    [0, -60], [0, 60], [92, 0], [-92, 0], [92, -30], [-92, -30], [92, 30], [-92, 30], [46, -60], [-46, 60]];

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

  function addMarker(map, key, at, node, action) {
    const state = states.get(map);
    const icon = L.divIcon({ className: "dl-icon", html: node, iconSize: null });
    const marker = L.marker(at, { icon, keyboard: false, riseOnHover: true });
    marker.on("click", action);
    node.addEventListener("focus", () => { state.focused = key; });
    node.addEventListener("blur", () => { if (!state.drawing) state.focused = null; });
    state.marks.addLayer(marker);
    state.nodes.set(key, node);
    if (key === state.focused) node.focus({ preventScroll: true });
  }

  // ---------------------------------------------------------------- popups

  const keyOf = (mark) => mark.key || mark.id + " " + mark.precision;

  /** Cards of the marks' events, latest first, one page of them; `first` comes before all. */
  function cardsAt(map, marks, page, first) {
    const { layers, live } = states.get(map);
    if (live) return live.cardsAt(marks, page, first);
    const events = eventsOf(marks).map((number) => layers.events[number]).sort(byDate);
    return Promise.resolve({ events, articles: layers.articles, total: events.length });
  }

  /** Open a popup with all the events of these marks; on the event `eventId`, when it is given. */
  function openAt(map, marks, at, eventId) {
    const state = states.get(map);
    const content = make("div", "dl-card");
    content.setAttribute("role", "dialog");
    content.tabIndex = -1;
    const size = map.getSize();
    const width = Math.min(360, Math.max(220, size.x - 84));
    const popup = L.popup({
      className: "dl-popup", minWidth: Math.min(280, width), maxWidth: width,
      maxHeight: Math.max(160, size.y - 150), autoPanPaddingTopLeft: [12, 12],
      autoPanPaddingBottomRight: [56, 12], offset: [0, -10],
    });
    // A click that replaces its own button must not reach the map, which would take it for its own.
    content.addEventListener("click", (event) => event.stopPropagation());
    content.addEventListener("keydown", (event) => {
      if (event.key === "Escape") closePopup(map, event);
    });
    popup.on("remove", () => { if (state.popup && state.popup.leaflet === popup) state.popup = null; });
    popup.setLatLng(at).setContent(content).openOn(map);
    state.popup = { leaflet: popup, content, keys: marks.map(keyOf), eventId: null, from: state.focused };
    fillPopup(map, marks, eventId);
    if (document.hasFocus()) content.focus({ preventScroll: true });
  }

  /** Close by keyboard: the focus goes back to the mark that it came from. */
  function closePopup(map, event) {
    const state = states.get(map);
    const mark = state.nodes.get(state.popup.from);
    event.stopPropagation();
    map.closePopup(state.popup.leaflet);
    (mark || map.getContainer()).focus({ preventScroll: true });
  }

  /** Put the events of the marks into the open popup, a page at a time. */
  function fillPopup(map, marks, eventId) {
    const { popup } = states.get(map);
    const known = { events: [], articles: [], total: 0, pages: 0 };
    popup.content.setAttribute("aria-label", marks.map((mark) => mark.name).join(", "));
    const isOpen = () => states.get(map).popup === popup;
    const load = () => cardsAt(map, marks, known.pages, eventId).then((answer) => {
      const offset = known.articles.length;
      const seen = new Set(known.events.map((event) => event.id));
      for (const event of answer.events)
        if (!seen.has(event.id)) known.events.push({ ...event, article: event.article + offset, reports: (event.reports || [event.article]).map((number) => number + offset) });
      known.articles.push(...answer.articles);
      known.total = answer.total;
      known.pages += 1;
    });
    const show = (position) => {
      if (!isOpen()) return;
      const hadFocus = popup.content.contains(document.activeElement);
      const more = known.events.length < known.total
        ? () => load().then(() => show(-1)) : null;
      popup.content.replaceChildren(popupHead(marks), ...(position < 0
        ? [eventList(states.get(map).layers, known, show, more)]
        : [pager(known, position, show), eventCard(map, known, known.events[position])]));
      popup.eventId = position < 0 ? null : known.events[position].id;
      popup.leaflet.update();
      if (hadFocus) popup.content.focus({ preventScroll: true });
      if (position >= 0) report(map, popup.eventId);
    };
    return load().then(() => {
      if (!isOpen()) return;
      const chosen = known.events.findIndex((event) => event.id === eventId);
      if (!known.events.length || (eventId && chosen < 0)) map.closePopup(popup.leaflet);
      else show(chosen >= 0 ? chosen : known.total === 1 ? 0 : -1);
    });
  }

  /** An open popup shows the new state of its place, or goes when what it showed is gone. */
  function refreshPopup(map) {
    const { popup, layers } = states.get(map);
    if (!popup) return;
    const marks = allMarks(layers).filter((mark) => popup.keys.includes(keyOf(mark)));
    if (marks.length) fillPopup(map, marks, popup.eventId);
    else map.closePopup(popup.leaflet);
  }

  function byDate(a, b) {
    return (b.since || "").localeCompare(a.since || "") || (a.id < b.id ? -1 : 1);
  }

  function popupHead(marks) {
    const head = make("header", "dl-head");
    const title = make("h3");
    title.append(make("bdi", "", marks[0].name));
    if (placesOf(marks) > 1) title.append(" and " + plural(placesOf(marks) - 1, "place") + " near it");
    head.append(title);
    if (placesOf(marks) === 1) head.append(make("p", "dl-precision", marks[0].precision));
    return head;
  }

  function eventList(layers, known, show, more) {
    const list = make("ol", "dl-list");
    known.events.forEach((event, position) => {
      const row = button("dl-row", "", () => show(position));
      row.append(sign(styleOf(layers, event), 16));
      const words = make("span", "dl-row-words");
      words.append(make("strong", "", event.label), make("span", "dl-row-date", event.when || "no date"));
      words.append(actors(event));
      row.append(words);
      const item = make("li");
      item.append(row);
      list.append(item);
    });
    if (more) {
      const item = make("li");
      item.append(button("dl-row dl-more-events", "Show more (" + known.events.length + " of " + known.total.toLocaleString() + ")", more));
      list.append(item);
    }
    return list;
  }

  function pager(known, position, show) {
    const bar = make("nav", "dl-pager");
    if (known.total === 1) return bar;
    bar.setAttribute("aria-label", "Events here");
    const count = known.events.length;
    bar.append(
      button("", "All " + known.total.toLocaleString(), () => show(-1)),
      button("", "‹", () => show((position + count - 1) % count)),
      make("span", "", position + 1 + " of " + count),
      button("", "›", () => show((position + 1) % count)));
    bar.children[1].setAttribute("aria-label", "Previous event");
    bar.children[3].setAttribute("aria-label", "Next event");
    return bar;
  }

  function styleOf(layers, event) {
    return layers.families.find((style) => style.name === event.family) || layers.families[layers.families.length - 1];
  }

  function actors(event) {
    const line = make("span", "dl-actors");
    line.append(make("bdi", "", event.source.join(", ") || "unnamed"));
    if (event.target.length) line.append(make("span", "dl-arrow", " → "), make("bdi", "", event.target.join(", ")));
    return line;
  }

  /** Everything that is known of one event. */
  function eventCard(map, known, event) {
    const card = make("article", "dl-event");
    const style = styleOf(states.get(map).layers, event);
    const title = make("h4");
    title.append(sign(style, 18), make("span", "", event.label));
    if (event.mode) title.append(make("span", "dl-mode", event.mode));
    if (event.modality) title.append(make("span", "dl-modality", event.modality));
    card.append(title);
    const facts = make("p", "dl-facts");
    facts.append(actors(event), make("span", "dl-when", event.when || "no date"));
    for (const size of event.sizes) facts.append(make("span", "dl-size", size));
    card.append(facts, quote(event));
    for (const number of event.reports || [event.article]) card.append(source(known.articles[number]));
    const more = make("p", "dl-more");
    for (const [name, precision, reason] of event.places) {
      const line = make("span", "dl-where");
      line.append(make("bdi", "", name), " (" + precision + ")");
      if (reason) line.append(": " + reason);
      more.append(line);
    }
    if (event.unplaced) more.append(make("span", "dl-where", "Not on the map: " + event.unplaced));
    more.append(make("span", "", "Confidence " + event.confidence));
    card.append(more);
    const { live } = states.get(map);
    if (live) card.append(actionsOf(live, event));
    return card;
  }

  /** What can be done with an event: read it, see why it lies here, correct that, pass it on. */
  function actionsOf(live, event) {
    const bar = make("div", "dl-actions");
    const copied = make("span", "dl-copied");
    copied.setAttribute("role", "status");
    bar.append(
      button("", "Read", () => live.act("read", event.id)),
      button("", "Why here?", () => live.act("why", event.id)),
      button("", "Correct", () => live.act("correct", event.id)),
      button("", "Copy link", () => copyLink(event.id).then((text) => { copied.textContent = text; })),
      copied);
    return bar;
  }

  /** Put the page's address with this event into the clipboard; say so, or show it to be copied. */
  function copyLink(eventId) {
    const address = pageAddress();
    address.searchParams.set("event", eventId);
    return window.parent.navigator.clipboard.writeText(address.href)
      .then(() => "Copied", () => address.href);
  }

  function quote(event) {
    const block = make("blockquote");
    block.dir = "auto";
    for (const [text, kind] of event.quote)
      block.append(kind ? make("mark", "dl-" + kind, text) : document.createTextNode(text));
    return block;
  }

  function source(article) {
    const line = make("p", "dl-source");
    const url = webLink(article.url);
    const title = make(url ? "a" : "span", "", article.title);
    title.dir = "auto";
    if (url) {
      title.href = url;
      title.target = "_blank";
      title.rel = "noopener noreferrer";
    }
    line.append(title);
    const rest = [article.source, article.date].filter(Boolean).join(", ");
    if (rest) line.append(make("br"), make("span", "", rest));
    return line;
  }

  // ---------------------------------------------------------------- what the page hears

  function report(map, eventId) {
    const state = states.get(map);
    if (state.reported === eventId) return;
    state.reported = eventId;
    if (state.live) markInReader(eventId);
    if (state.options.onSelect) state.options.onSelect(eventId);
  }

  /** Tell Streamlit which event is shown, and what the reader wants to do with it. */
  function reportToStreamlit(map, options) {
    let clicks = 0;
    const tell = (action, eventId, more) => {
      clicks += 1;
      window.Streamlit.setComponentValue({ event: eventId, action, clicks: Date.now() + clicks, view: viewOf(map), ...more });
    };
    options.onSelect = (eventId) => tell("", eventId);
    options.onAction = tell;
  }

  function viewOf(map) {
    const centre = map.getCenter().wrap();
    return [Number(centre.lat.toFixed(3)), Number(centre.lng.toFixed(3)), Math.round(map.getZoom())];
  }

  const VIEW_KEYS = ["lat", "lon", "zoom"];

  /** The page's address; null when the page is of another origin and does not tell. */
  function pageAddress() {
    try {
      return new URL(window.parent.location.href);
    } catch (error) {
      return null;
    }
  }

  /** The view that the address asks for; null when it asks for none, or for nonsense. */
  function viewInAddress() {
    const address = pageAddress();
    const texts = VIEW_KEYS.map((key) => (address && address.searchParams.get(key)) || "");
    const [lat, lon, zoom] = texts.map(Number);
    const sound = texts.every((text) => text.trim()) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 &&
      zoom >= 0 && zoom <= 30;
    return sound ? [lat, lon, zoom] : null;
  }

  /**
   * Keep the view in the page's address, once the reader has moved the map. Streamlit writes the
   * address too, from its own memory of it, so what it overwrote is written again.
   */
  function keepViewInAddress(map) {
    const state = states.get(map);
    let isMoved = viewInAddress() !== null;
    const write = () => {
      const address = pageAddress();
      if (!address || !isMoved || !state.settled) return;
      const view = viewOf(map).map(String);
      if (VIEW_KEYS.every((key, index) => address.searchParams.get(key) === view[index])) return;
      VIEW_KEYS.forEach((key, index) => address.searchParams.set(key, view[index]));
      window.parent.history.replaceState(window.parent.history.state, "", address);
    };
    map.on("moveend", () => {
      isMoved = isMoved || state.settled;
      write();
    });
    window.setInterval(write, 700);
  }

  // ---------------------------------------------------------------- controls

  function addControls(map) {
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution("Boundaries: Natural Earth, no endorsement");
    map.attributionControl.addAttribution("Places: GeoNames");
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);
    const zoom = L.control({ position: "topright" });
    zoom.onAdd = () => {
      const box = make("div", "dl-buttons leaflet-bar");
      const add = (text, label, action) => {
        const node = button("", text, action);
        node.setAttribute("aria-label", label);
        node.title = label;
        box.append(node);
      };
      add("+", "Zoom in", () => map.zoomIn(1));
      add("−", "Zoom out", () => map.zoomOut(1));
      add("⤢", "Show all events", () => {
        map.closePopup();
        fit(map);
      });
      L.DomEvent.disableClickPropagation(box);
      states.get(map).buttons = box;
      return box;
    };
    zoom.addTo(map);
    const legend = L.control({ position: "bottomleft" });
    legend.onAdd = () => {
      const box = make("details", "dl-legend");
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      states.get(map).legend = box;
      return box;
    };
    legend.addTo(map);
  }

  function fillLegend(map, layers) {
    const state = states.get(map);
    const used = new Set(allMarks(layers).flatMap((mark) => mixOf(layers, [mark]).map((part) => part.style.name)));
    if (!layers.live) for (const event of layers.events) used.add(event.family);
    const key = [...used].sort().join(" ");
    if (state.legendKey === key) return;
    if (state.legendKey === undefined) state.legend.open = map.getSize().x > 640;
    state.legendKey = key;
    const families = make("ul");
    for (const style of layers.families) {
      if (!used.has(style.name)) continue;
      const item = make("li");
      item.append(sign(style, 16), make("span", "", style.label));
      families.append(item);
    }
    const kinds = make("ul", "dl-legend-kinds");
    const drawn = [
      ["dl-key-donut", "several events"], ["dl-key-doubt", "near here, circle of doubt"],
      ["dl-key-line", "along a border"], ["dl-key-area", "somewhere in this area"],
    ];
    for (const [className, text] of drawn) {
      const item = make("li");
      item.append(make("span", "dl-key " + className), make("span", "", text));
      kinds.append(item);
    }
    state.legend.replaceChildren(make("summary", "", "Legend"), families, kinds);
  }

  // ---------------------------------------------------------------- prepare and draw

  function addStyles() {
    if (document.getElementById("dateline-styles")) return;
    const styles = make("style", "", window.DATELINE_STYLES);
    styles.id = "dateline-styles";
    document.head.append(styles);
  }

  /** Lowest zoom at which the world is at least as wide as the map: no place is shown twice. */
  function leastZoom(map) {
    return Math.min(4, Math.max(1, Math.ceil(20 * Math.log2(map.getSize().x / 256)) / 20));
  }

  /** Leaflet's own setMinZoom would start an animation that a later setView does not stop. */
  function limitZoom(map) {
    map.options.minZoom = leastZoom(map);
    if (map.getZoom() < map.options.minZoom) map.setZoom(map.options.minZoom, { animate: false });
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
      popup: null, focused: null, nodes: new Map(), taken: [],
    };
    states.set(map, state);
    if (window.Streamlit && !options.onSelect) reportToStreamlit(map, state.options);
    map.options.wheelPxPerZoomLevel = 90;
    map.setMaxZoom(MAX_ZOOM);
    map.options.maxBoundsViscosity = 1;
    map.setMaxBounds([[-85.05, -36000], [85.05, 36000]]);
    limitZoom(map);
    map.addLayer(basemap);
    state.labels = new Labels();
    map.addLayer(state.labels);
    addHatches(map, state);
    map.addLayer(state.shapes);
    map.addLayer(state.marks);
    addControls(map);
    setTheme(map, theme);
    const view = (options.addressView && viewInAddress()) || options.view;
    state.fitted = Boolean(view);
    if (view) map.setView([view[0], view[1]], view[2], { animate: false });
    if (options.addressView) keepViewInAddress(map);
    map.on("moveend", () => { if (drawingKey(map) !== state.drawnFor) redraw(map); });
    new window.ResizeObserver(() => resized(map)).observe(container);
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
    if (state.popup) state.popup.leaflet.update();
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
    state.layers = layers;
    if (wanted.theme && wanted.theme !== state.theme) setTheme(map, wanted.theme);
    fillLegend(map, layers);
    redraw(map);
    const fitChanged = wanted.fit !== undefined && wanted.fit !== state.fitToken;
    const refit = fitChanged && state.fitToken !== undefined;
    if (wanted.fit !== undefined) state.fitToken = wanted.fit;
    if ((!state.fitted && !state.settled) || refit) fit(map, { animate: false });
    settleWhenShown(map);
    refreshPopup(map);
    const shown = state.popup && state.popup.eventId;
    if (wanted.selected && wanted.selected !== state.selected && wanted.selected !== shown) select(map, wanted.selected);
    state.selected = wanted.selected;
  }

  function allMarks(layers) {
    return [...layers.points, ...layers.lines, ...layers.areas];
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
    state.shapes.clearLayers();
    state.marks.clearLayers();
    drawPoints(map, state.layers);
    drawAreas(map, state.layers);
    for (const mark of state.layers.lines) drawLine(map, mark, state.layers);
    state.drawing = false;
    state.labels._update();
  }

  function fit(map, options) {
    const { layers } = states.get(map);
    const points = !layers ? [] : layers.live ? cornersOfBox(layers.extent) : allMarks(layers).flatMap(extremes);
    if (!points.length) return;
    const west = westOf(points.map((point) => point[1]));
    const bounds = L.latLngBounds(points.map(([lat, lon]) => [lat, west + ((((lon - west) % 360) + 360) % 360)]));
    map.fitBounds(bounds, { maxZoom: 7, padding: [48, 48], ...(options || {}) });
  }

  function cornersOfBox(extent) {
    return extent ? [[extent[0], extent[1]], [extent[2], extent[3]]] : [];
  }

  /** Points that must be in view for a mark to be seen whole; a very large area only its middle. */
  function extremes(mark) {
    const lines = mark.paths || (mark.polygons || []).map((rings) => rings[0]);
    const points = lines.flatMap((line) => toPairs(decodeLine(line)));
    const lats = points.map((point) => point[0]);
    const wide = points.length && Math.max(...lats) - Math.min(...lats) > 25;
    return points.length && !wide ? points : [[mark.lat, mark.lon]];
  }

  /** The western edge of the smallest stretch that holds all these longitudes. */
  function westOf(lons) {
    const sorted = [...lons].sort((a, b) => a - b);
    let west = sorted[0];
    let widest = sorted[0] + 360 - sorted[sorted.length - 1];
    for (let index = 1; index < sorted.length; index++) {
      if (sorted[index] - sorted[index - 1] <= widest) continue;
      widest = sorted[index] - sorted[index - 1];
      west = sorted[index];
    }
    return west;
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
    if (!map.getBounds().pad(-0.1).contains(near)) map.setView(near, map.getZoom(), { animate: false });
    openAt(map, [mark], near, eventId);
  }

  // ---------------------------------------------------------------- the app's server

  /** Outlines that this page has been sent, by the mark's key. */
  const outlinesSent = new Map();

  /** How far beyond its edges a view is asked for, so that small moves need no new answer. */
  const PADDING = 0.3;

  /** Show what the filter `query` leaves; the same call with another query shows another. */
  function show(map, query, options) {
    const state = states.get(map);
    if (!state.live) state.live = new Live(map);
    state.live.show(query, options || {});
  }

  /** Asks the server that the page came from; of several questions the last one counts. */
  class Live {
    constructor(map) {
      this.map = map;
      this.query = null;
      this.asked = 0;
      this.span = "";
      this.options = {};
      map.on("moveend", () => this.moved());
      this.addAreaButton();
      linkReader(map, this);
    }

    /** A button to draw the area whose events are asked for: corners by clicks, the first closes. */
    addAreaButton() {
      const { buttons } = states.get(this.map);
      const node = button("", "▱", () => (this.corners ? this.stopDrawing() : this.startDrawing(node)));
      node.setAttribute("aria-label", "Draw an area to filter by");
      node.setAttribute("aria-pressed", "false");
      node.title = "Draw an area to filter by";
      buttons.append(node);
    }

    startDrawing(node) {
      const map = this.map;
      this.corners = [];
      this.drawn = L.polygon([], { color: "#1f6f8b", weight: 2, dashArray: "5 4", interactive: false }).addTo(map);
      this.areaButton = node;
      node.setAttribute("aria-pressed", "true");
      map.getContainer().classList.add("dl-drawing");
      map.doubleClickZoom.disable();
      this.onCorner = (event) => {
        this.corners.push(event.latlng);
        this.drawn.setLatLngs(this.corners);
      };
      this.onEnd = () => this.stopDrawing();
      map.on("click", this.onCorner);
      map.on("dblclick", this.onEnd);
    }

    /** End the drawing: three corners and more are an area, fewer ask for everywhere again. */
    stopDrawing() {
      const map = this.map;
      const corners = this.corners.filter((corner, index, all) => !index || !corner.equals(all[index - 1]));
      map.off("click", this.onCorner);
      map.off("dblclick", this.onEnd);
      map.doubleClickZoom.enable();
      map.getContainer().classList.remove("dl-drawing");
      this.areaButton.setAttribute("aria-pressed", "false");
      this.drawn.remove();
      this.corners = null;
      const area = corners.length < 3 ? "" : corners.slice(0, 60)
        .map((corner) => corner.lat.toFixed(4) + " " + wrapped(corner.lng).toFixed(4)).join(",");
      this.act("area", null, { area });
    }

    async show(query, options) {
      const isNew = query !== this.query;
      this.query = query;
      this.options = options;
      if (isNew || !states.get(this.map).layers) await this.load();
      else draw(this.map, states.get(this.map).layers, options);
    }

    async get(what, parameters) {
      const answer = await window.fetch("../../map/" + what + "?" + parameters);
      if (!answer.ok) throw new Error(what + ": " + answer.status);
      return answer.json();
    }

    parameters() {
      return this.query + this.span;
    }

    /** Ask for the marks of this view, and draw them with the outlines that are known. */
    async load() {
      const map = this.map;
      const asked = ++this.asked;
      this.seen = map.getBounds().pad(PADDING);
      this.zoom = map.getZoom();
      const { _southWest: low, _northEast: high } = this.seen;
      const wide = high.lng - low.lng >= 360;
      const edges = [Math.max(-90, low.lat), wide ? -180 : wrapped(low.lng),
        Math.min(90, high.lat), wide ? 180 : wrapped(high.lng)].map((edge) => edge.toFixed(3));
      const answer = await this.get("marks", this.parameters() + "&bounds=" + edges + "&level=" + this.zoom.toFixed(1));
      if (asked !== this.asked) return;
      this.marks = answer;
      this.draw();
      const missing = answer.marks.filter((mark) => needsOutline(mark) && !outlinesSent.has(mark.key));
      if (!missing.length) return;
      const keys = missing.map((mark) => mark.key);
      for (let index = 0; index < keys.length; index += 20) {
        const part = keys.slice(index, index + 20);
        const sent = await this.get("shapes", "keys=" + encodeURIComponent(part.join("|")));
        for (const key in sent) outlinesSent.set(key, sent[key]);
      }
      if (asked === this.asked) this.draw();
    }

    draw() {
      const marks = this.marks.marks
        .filter((mark) => !needsOutline(mark) || outlinesSent.has(mark.key))
        .map((mark) => ({ id: mark.key, ...outlinesSent.get(mark.key), ...mark }));
      const of = (kind) => marks.filter((mark) => mark.kind === kind);
      draw(this.map, {
        live: true, events: [], articles: [], families: this.marks.families, extent: this.marks.extent,
        points: of("point"), lines: of("line"), areas: of("area"),
      }, this.options);
    }

    moved() {
      const map = this.map;
      if (this.query === null || !this.seen) return;
      if (map.getZoom() === this.zoom && this.seen.contains(map.getBounds())) return;
      this.load();
    }

    cardsAt(marks, page, first) {
      const places = marks.map((mark) => mark.cell ? "&cell=" + mark.cell.join("/") : "&key=" + encodeURIComponent(mark.key));
      return this.get("events", this.parameters() + places.join("") + "&page=" + page + (first ? "&first=" + first : ""));
    }

    async select(eventId) {
      const { mark } = await this.get("event", "id=" + encodeURIComponent(eventId));
      if (!mark) return;
      if (needsOutline(mark) && !outlinesSent.has(mark.key)) {
        const sent = await this.get("shapes", "keys=" + encodeURIComponent(mark.key));
        outlinesSent.set(mark.key, sent[mark.key]);
      }
      showAt(this.map, { ...outlinesSent.get(mark.key), ...mark }, eventId);
    }

    act(action, eventId, more) {
      const { options } = states.get(this.map);
      if (options.onAction) options.onAction(action, eventId, more);
    }
  }

  /**
   * The reader beside the map, on the page that the map's frame lies in: resting on a mark there
   * rings the event's place here, a click opens it; an event that is open here is marked there.
   */
  function linkReader(map, live) {
    let page = null;
    try {
      page = window.parent.document;
    } catch (error) {
      return;
    }
    const linked = (event) => event.target.closest && event.target.closest("mark[data-events]");
    const ring = L.circleMarker([0, 0], { radius: 24, weight: 3, color: "#1f6f8b", fill: false, interactive: false });
    page.addEventListener("mouseover", async (event) => {
      const mark = linked(event);
      if (!mark) return;
      const answer = await live.get("event", "id=" + mark.dataset.events.split(" ")[0]);
      if (answer.mark && mark.matches(":hover"))
        ring.setLatLng([answer.mark.lat, nearestCopy(answer.mark.lon, map.getCenter().lng)]).addTo(map);
    });
    page.addEventListener("mouseout", (event) => { if (linked(event)) ring.remove(); });
    // The reader comes after the choice that opened it.
    new window.parent.MutationObserver((changes) => {
      const { reported } = states.get(map);
      const isNew = (node) => node.nodeType === 1 && (node.matches("mark[data-events]") || node.querySelector("mark[data-events]"));
      if (reported && changes.some((change) => [...change.addedNodes].some(isNew))) markInReader(reported);
    }).observe(page.body, { childList: true, subtree: true });
    page.addEventListener("click", (event) => {
      const mark = linked(event);
      if (mark) live.select(mark.dataset.events.split(" ")[0]);
    });
  }

  /** Mark the words of an event in the reader, and bring them into view. */
  function markInReader(eventId) {
    let marks = [];
    try {
      marks = [...window.parent.document.querySelectorAll("mark[data-events]")];
    } catch (error) {
      return;
    }
    let first = null;
    for (const mark of marks) {
      const chosen = mark.dataset.events.split(" ").includes(eventId);
      mark.classList.toggle("dl-chosen", chosen);
      if (chosen && !first) first = mark;
    }
    if (first) first.scrollIntoView({ block: "nearest" });
  }

  function wrapped(lon) {
    return ((((lon + 180) % 360) + 360) % 360) - 180;
  }

  /** A line or an area whose outline neither a circle nor the basemap gives. */
  function needsOutline(mark) {
    return mark.kind !== "point" && !mark.radius && !mark.country;
  }

  function keep(layers, test) {
    const kept = layers.events.map((event, number) => test(event, number));
    const some = (marks) => marks
      .map((mark) => ({ ...mark, events: mark.events.filter((number) => kept[number]) }))
      .filter((mark) => mark.events.length);
    return { ...layers, points: some(layers.points), lines: some(layers.lines), areas: some(layers.areas) };
  }

  window.DATELINE = { prepare, draw, show, select, fit, keep, decodeLine, viewOf, sign };
})(window);
