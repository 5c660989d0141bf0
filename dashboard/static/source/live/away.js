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

/** Whether a box of south, west, north and east reaches into the view, on whichever turn of the globe. */
function isInView(map, [south, west, north, east]) {
  const width = (((east - west) % 360) + 360) % 360;
  const from = nearestCopy(west + width / 2, map.getCenter().lng) - width / 2;
  return map.getBounds().intersects([[south, from], [north, from + width]]);
}
