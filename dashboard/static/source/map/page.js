function report(map, eventId) {
  const state = states.get(map);
  if ((state.reported || null) === eventId) return;
  state.reported = eventId;
  if (state.live && eventId) state.live.shown(eventId);
  if (state.options.onSelect) state.options.onSelect(eventId);
}

/** Tell Streamlit which event is shown, and what the reader wants to do with it. */
function reportToStreamlit(map, options) {
  let clicks = 0;
  const tell = (action, eventId, more) => {
    clicks += 1;
    window.Streamlit.setComponentValue({ event: eventId, action, clicks: Date.now() + clicks, view: viewOf(map), ...more });
  };
  options.onSelect = (eventId) => {
    if (eventId) states.get(map).told.push(eventId);
    tell("", eventId);
  };
  options.onAction = tell;
}

/** Latitude, longitude and zoom; a zoom between two steps is the lower, which shows no less. */
function viewOf(map) {
  const centre = map.getCenter().wrap();
  return [Number(centre.lat.toFixed(3)), Number(centre.lng.toFixed(3)), Math.floor(map.getZoom())];
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
 * Keep the view in the page's address, once the reader has moved the map, and what else is to be
 * there (`addressed`). Streamlit writes the address too, from its own memory of it, so what it
 * overwrote is written again.
 */
function keepViewInAddress(map) {
  const state = states.get(map);
  state.isMoved = viewInAddress() !== null;
  const write = () => {
    const address = pageAddress();
    if (!address) return;
    const before = address.href;
    const view = viewOf(map).map(String);
    if (state.isMoved && state.settled) VIEW_KEYS.forEach((key, index) => address.searchParams.set(key, view[index]));
    for (const [key, value] of Object.entries(state.addressed)) {
      if (value) address.searchParams.set(key, value);
      else address.searchParams.delete(key);
    }
    if (sameQuery(before, address.href)) return;
    window.parent.history.replaceState(window.parent.history.state, "", address);
  };
  state.writeAddress = write;
  map.on("moveend", () => {
    state.isMoved = state.isMoved || state.settled;
    write();
  });
  window.setInterval(write, 700);
}

/** Whether two addresses ask the same, however their queries are escaped. */
function sameQuery(one, other) {
  const text = (address) => new URL(address).searchParams.toString();
  return text(one) === text(other);
}
