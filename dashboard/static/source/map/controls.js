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
  putControlsFirst(map.getContainer());
}

/** By keyboard the controls come before the marks, and these, however many, can be skipped. */
function putControlsFirst(container) {
  const controls = container.querySelector(".leaflet-control-container");
  const end = make("span");
  end.tabIndex = -1;
  controls.append(button("dl-skip", "Skip the marks", () => end.focus({ preventScroll: true })));
  container.prepend(controls);
  container.append(end);
}

function fillLegend(map, layers) {
  const state = states.get(map);
  if (layers.legend) {
    if (state.legendKey === undefined) openLegend(map);
    state.legendKey = null;
    state.legend.replaceChildren(make("summary", "", "Legend"), ...layers.legend);
    return;
  }
  const used = new Set(allMarks(layers).flatMap((mark) => mixOf(layers, [mark]).map((part) => part.style.name)));
  if (!layers.live) for (const event of layers.events) used.add(event.family);
  const key = [...used].sort().join(" ");
  if (state.legendKey === key) return;
  if (state.legendKey === undefined) openLegend(map);
  state.legendKey = key;
  // Places that were looked up are of no kind.
  state.legend.hidden = key === "other";
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

/** Where there is room, the legend is open from the start. */
function openLegend(map) {
  states.get(map).legend.open = map.getSize().x > 640;
}
