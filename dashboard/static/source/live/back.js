/** Where this tab keeps what its reader last saw of the map. */
const SEEN_AS = "dateline-seen";

/**
 * Who comes back from another page of the app finds the view and the layer that he left. What
 * leads to the map by asking for something, a link or a button, begins anew.
 */
function comeBack(map, isBack) {
  const seen = isBack ? keptIn(window.sessionStorage, SEEN_AS) : null;
  if (!seen) {
    keepIn(window.sessionStorage, SEEN_AS, null);
    return;
  }
  completeAddress(seen);
  const state = states.get(map);
  if (!viewInAddress()) return;
  const [lat, lon, zoom] = viewInAddress();
  state.fitted = state.isMoved = true;
  showView(map, [lat, lon], zoom, { animate: false });
}

function rememberSeen(map) {
  keepIn(window.sessionStorage, SEEN_AS, seenOf(map));
}

/** What is seen, as a link says it: the view only once it was moved. */
function seenOf(map) {
  const { isMoved, addressed } = states.get(map);
  const seen = {};
  if (isMoved) VIEW_KEYS.forEach((key, index) => { seen[key] = String(viewOf(map)[index]); });
  if (addressed.layer) seen.layer = addressed.layer;
  return seen;
}

/** What a browser's storage keeps under a name; null when there is none, or it cannot be read. */
function keptIn(storage, name) {
  try {
    return JSON.parse(storage.getItem(name));
  } catch (error) {
    return null;
  }
}

/** Keep a value under a name, or nothing (null); says whether the browser does. */
function keepIn(storage, name, value) {
  try {
    if (value === null) storage.removeItem(name);
    else storage.setItem(name, JSON.stringify(value));
    return true;
  } catch (error) {
    return false;
  }
}
