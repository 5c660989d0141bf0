/** What a map can show of the events, and how each is asked for and drawn. */
const LAYERS = {
  events: { label: "Events", load: (live, isLast) => live.loadMarks("marks", isLast, {}) },
  heat: { label: "Heat map of the events", load: loadHeat },
  countries: { label: "Events by country", load: loadRegions, measured: true },
  divisions: { label: "Events by province", load: loadRegions, measured: true },
  datasets: { label: "Events by data set", load: loadDatasets },
  mentions: { label: "Mentions of places", load: loadMentions },
};

/** The layer that the address names, as "countries.last"; else the events. */
function layerInAddress() {
  const address = pageAddress();
  return layerOf((address && address.searchParams.get("layer")) || "");
}

function layerOf(words) {
  const [kind, measure] = words.split(".");
  return LAYERS[kind] ? { kind, measure: (LAYERS[kind].measured && measure) || "events" } : { kind: "events", measure: "events" };
}

function layerWords({ kind, measure }) {
  if (kind === "events") return "";
  return measure === "events" ? kind : kind + "." + measure;
}

/** The button and the panel where layers, overlays and the basemap are chosen. */
function addLayersPanel(live) {
  const panel = make("div", "dl-panel");
  panel.hidden = true;
  panel.id = "dl-layers";
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "Layers");
  L.DomEvent.disableClickPropagation(panel);
  L.DomEvent.disableScrollPropagation(panel);
  const opener = live.addButton("M12 3 21 8 12 13 3 8ZM3 12 12 17 21 12M3 16 12 21 21 16", "Layers", () => {
    panel.hidden = !panel.hidden;
    opener.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) panel.querySelector("input:checked, input").focus();
  });
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", panel.id);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    opener.click();
    opener.focus();
  });
  panel.append(layerChoice(live), overlayFields(live), tileFields(live));
  live.map.getContainer().append(panel);
  states.get(live.map).addressed.layer = layerWords(live.layer);
}

function layerChoice(live) {
  const box = fieldset("Show");
  const measure = choice("What the colours tell", { events: "number of events", last: "last event" }, (value) => change({ measure: value }));
  const measured = make("div", "dl-panel-more");
  measured.append(measure);
  const inputs = {};
  live.setLayer = (layer) => {
    live.layer = layer;
    inputs[layer.kind].checked = true;
    if (LAYERS[layer.kind].measured) measure.value = layer.measure;
    measured.hidden = !LAYERS[live.layer.kind].measured;
    const { addressed, writeAddress } = states.get(live.map);
    addressed.layer = layerWords(live.layer);
    if (writeAddress) writeAddress();
    rememberSeen(live.map);
    live.map.closePopup();
  };
  const change = (parts) => {
    live.setLayer({ ...live.layer, ...parts });
    live.load();
  };
  for (const kind in LAYERS) {
    const one = option("radio", LAYERS[kind].label, () => change({ kind, measure: LAYERS[kind].measured ? measure.value : "events" }));
    one.input.name = "dl-layer";
    one.input.checked = kind === live.layer.kind;
    inputs[kind] = one.input;
    box.append(one.label);
    if (LAYERS[kind].measured) box.append(measured); // after the last of these
  }
  measured.hidden = !LAYERS[live.layer.kind].measured;
  live.names = live.get("names", "").then((names) => {
    for (const type in names.types) {
      const node = make("option", "", "events: " + names.types[type].toLowerCase());
      node.value = type;
      measure.append(node);
    }
    measure.value = live.layer.measure;
    return names;
  });
  return box;
}

function fieldset(title) {
  const box = make("fieldset");
  box.append(make("legend", "", title));
  return box;
}

/** A box to tick or a point to choose, with its words. */
function option(type, words, action) {
  const label = make("label");
  const input = make("input");
  input.type = type;
  input.addEventListener("change", () => action(input.checked));
  label.append(input, make("span", "", words));
  return { label, input };
}

/** The events with the signs of the data sets that hold them, to compare these. */
async function loadDatasets(live, isLast) {
  const names = await live.names;
  return live.loadMarks("datasets", isLast, { styles: names.families });
}

/** How often each place is named, whether an event happened there or not. */
async function loadMentions(live, isLast) {
  const names = await live.names;
  const words = make("p", "dl-legend-note", "How often the articles name a place, whether an event happened there or not. With a filter: the articles that report its events.");
  return live.loadMarks("mentions", isLast, {
    noun: "mention", styles: names.families, legend: [words],
    popupOf: async (marks) => {
      const answer = await live.get("naming", live.parameters() + live.placesOf(marks));
      return [articleList(answer)];
    },
  });
}

function articleList(answer) {
  const list = make("ol", "dl-list dl-articles");
  for (const article of answer.articles) {
    const item = make("li");
    const url = webLink(article.url);
    const title = make(url ? "a" : "strong", "", article.title);
    title.dir = "auto";
    if (url) Object.assign(title, { href: url, target: "_blank", rel: "noopener noreferrer" });
    const rest = [article.source, article.date, plural(article.times, "mention")].filter(Boolean).join(", ");
    item.append(title, make("span", "dl-source", rest));
    list.append(item);
  }
  if (answer.total > answer.articles.length)
    list.append(make("li", "dl-source", "and " + plural(answer.total - answer.articles.length, "more article")));
  return list;
}
