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
