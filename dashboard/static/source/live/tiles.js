const TILES_KEPT_AS = "dateline-tiles";
const MOST_TILE_ZOOM = 18;

/** Fields to lay the events over tiles of a server that the reader names; without, none is asked. */
function tileFields(live) {
  const box = fieldset("Basemap");
  const kept = keptTiles();
  const offline = option("radio", "Outlines, without a network", () => use(null));
  const online = option("radio", "Tiles of a server", () => { fields.hidden = false; });
  offline.input.name = online.input.name = "dl-basemap";
  const fields = make("form", "dl-panel-more");
  fields.hidden = true;
  const address = field("Address, with {z}, {x} and {y}", "https://…/{z}/{x}/{y}.png", kept && kept.url);
  const credit = field("Attribution that its owner asks for", "© …", kept && kept.credit);
  const told = make("p", "dl-panel-told", "The server sees which part of the world you look at.");
  told.setAttribute("role", "status");
  const apply = make("button", "", "Use these tiles");
  fields.append(address.label, credit.label, apply, told);
  const use = (tiles) => {
    const problem = tiles && problemOf(tiles);
    if (problem) {
      told.textContent = problem;
      return;
    }
    if (live.tiles) live.tiles.remove();
    live.tiles = tiles ? tileLayer(live, tiles, (text) => { told.textContent = text; }) : null;
    fields.hidden = !tiles;
    setPlain(live.map, !tiles);
    keepIn(window.localStorage, TILES_KEPT_AS, tiles);
  };
  fields.addEventListener("submit", (event) => {
    event.preventDefault();
    use({ url: address.input.value.trim(), credit: credit.input.value.trim() });
  });
  box.append(offline.label, online.label, fields);
  (kept ? online : offline).input.checked = true;
  if (kept) use(kept);
  return box;
}

function field(words, placeholder, value) {
  const label = make("label", "dl-field");
  const input = make("input");
  input.type = "text";
  input.placeholder = placeholder;
  input.value = value || "";
  label.append(make("span", "", words), input);
  return { label, input };
}

function problemOf({ url, credit }) {
  if (!webLink(url.replace(/[{}]/g, ""))) return "The address is not one of the web: it starts with https://.";
  if (!["{z}", "{x}", "{y}"].every((part) => url.includes(part))) return "The address must hold {z}, {x} and {y}.";
  return credit ? "" : "Name whom the tiles are owed to: their owner asks for it.";
}

function tileLayer(live, { url, credit }, tell) {
  const holder = make("span", "", credit);
  const layer = L.tileLayer(url, { maxZoom: MOST_TILE_ZOOM, zIndex: 2, attribution: holder.innerHTML, referrerPolicy: "no-referrer" });
  layer.on("tileerror", () => tell("The server gave no tile: " + new URL(url.replace(/[{}]/g, "")).host + "."));
  layer.on("tileload", () => tell("Tiles come from " + new URL(url.replace(/[{}]/g, "")).host + "; it sees which part of the world you look at."));
  return layer.addTo(live.map);
}

/** Our own labels would double those of the tiles; tiles reach nearer than our outlines. */
function setPlain(map, isPlain) {
  const { labels } = states.get(map);
  if (isPlain) map.addLayer(labels);
  else map.removeLayer(labels);
  map.setMaxZoom(isPlain ? window.DATELINE.parts.MAX_ZOOM : MOST_TILE_ZOOM);
}

function keptTiles() {
  const kept = keptIn(window.localStorage, TILES_KEPT_AS);
  return kept && !problemOf(kept) ? kept : null;
}
