/** Tells that what the filter leaves lies elsewhere, and leads there. */
function addAwayNotice(live) {
  const notice = button("dl-away", null, () => fit(live.map));
  notice.hidden = true;
  L.DomEvent.disableClickPropagation(notice);
  live.map.getContainer().append(notice);
  const tell = () => {
    const { layers } = states.get(live.map);
    const extent = layers && layers.extent;
    notice.hidden = !extent || isInView(live.map, extent);
    if (!notice.hidden) notice.textContent = plural(live.shownCount, live.layer.kind === "mentions" ? "mention" : "event") + " outside of this view: show";
  };
  live.map.on("moveend", tell);
  return tell;
}

/** Tells that an event that was asked for has no place; pressed, or when another is shown, it goes. */
function addUnplacedNotice(map) {
  const notice = button("dl-away dl-unplaced", null, () => tell(null));
  const told = make("div");
  told.setAttribute("role", "status");
  L.DomEvent.disableClickPropagation(told);
  map.getContainer().append(told);
  const tell = (words) => {
    notice.textContent = words;
    told.replaceChildren(...(words ? [notice] : []));
  };
  map.on("popupopen", () => tell(null));
  return tell;
}

/** Whether a box of south, west, north and east reaches into the view, on whichever turn of the globe. */
function isInView(map, [south, west, north, east]) {
  const width = (((east - west) % 360) + 360) % 360;
  const from = nearestCopy(west + width / 2, map.getCenter().lng) - width / 2;
  return map.getBounds().intersects([[south, from], [north, from + width]]);
}
