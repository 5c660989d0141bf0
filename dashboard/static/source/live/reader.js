/**
 * The reader beside the map, on the page that the map's frame lies in: resting on a mark there
 * rings the event's place here, a click or Enter opens it; an event that is open here is marked
 * there, and so is one whose mark here is rested on.
 */
function linkReader(map, live) {
  let page = null;
  try {
    page = window.parent.document;
  } catch (error) {
    return;
  }
  const linked = (event) => event.target.closest && event.target.closest("mark[data-events]");
  const first = (mark) => mark.dataset.events.split(" ")[0];
  const ring = L.circleMarker([0, 0], { radius: 24, weight: 3, color: "#1f6f8b", fill: false, interactive: false });
  const point = async (event) => {
    const mark = linked(event);
    if (!mark) return;
    const answer = await live.get("event", "id=" + first(mark));
    const stays = mark.matches(":hover") || mark === page.activeElement;
    if (answer.mark && stays) ring.setLatLng([answer.mark.lat, nearestCopy(answer.mark.lon, map.getCenter().lng)]).addTo(map);
  };
  const leave = (event) => { if (linked(event)) ring.remove(); };
  const open = async (event) => {
    const mark = linked(event);
    if (!mark) return;
    event.preventDefault();
    await live.select(first(mark));
    // On a phone the map lies above the reader, out of view.
    if (window.frameElement.getBoundingClientRect().bottom < 80) window.frameElement.scrollIntoView({ block: "center" });
  };
  page.addEventListener("mouseover", point);
  page.addEventListener("focusin", point);
  page.addEventListener("mouseout", leave);
  page.addEventListener("focusout", leave);
  page.addEventListener("click", open);
  page.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") open(event); });
  // The reader comes after the choice that opened it.
  new window.parent.MutationObserver((changes) => {
    const isNew = (node) => node.nodeType === 1 && (node.matches("mark[data-events]") || node.querySelector("mark[data-events]"));
    if (!live.lastShown || !changes.some((change) => [...change.addedNodes].some(isNew))) return;
    markInReader(live.lastShown);
    // In a narrow window the reader stands below the map.
    const reader = page.querySelector(".st-key-reader");
    if (reader && reader.getBoundingClientRect().top > 0.6 * window.parent.innerHeight) reader.scrollIntoView();
  }).observe(page.body, { childList: true, subtree: true });
  linkMarks(map, live);
}

/** Resting on a mark of the map marks the words of its events in the reader. */
function linkMarks(map, live) {
  const asked = new Map();
  map.getContainer().addEventListener("mouseover", async (event) => {
    const node = event.target.closest && event.target.closest(".dl-mark");
    const marks = readerMarks();
    const mark = node && states.get(map).marksOf.get(node);
    if (!mark || !marks.length) return;
    const key = live.parameters() + live.placesOf(mark);
    if (!asked.has(key)) asked.set(key, live.cardsAt(mark, 0).then((answer) => answer.events.map((one) => one.id)));
    const ids = await asked.get(key);
    if (node.matches(":hover")) choose(marks, (id) => ids.includes(id));
  });
  map.getContainer().addEventListener("mouseout", (event) => {
    if (event.target.closest && event.target.closest(".dl-mark")) markInReader(live.lastShown);
  });
}

function readerMarks() {
  try {
    return [...window.parent.document.querySelectorAll("mark[data-events]")];
  } catch (error) {
    return [];
  }
}

/** Mark the words of the events that pass, and bring the first into view. */
function choose(marks, passes) {
  let first = null;
  for (const mark of marks) {
    const chosen = mark.dataset.events.split(" ").some(passes);
    mark.classList.toggle("dl-chosen", chosen);
    if (chosen && !first) first = mark;
  }
  if (!first) return;
  // What a place rests on is asked of its own mention.
  const place = first.ownerDocument.querySelector(".st-key-why") && marks.find((mark) => mark.matches(".dl-chosen.dl-place"));
  showWithin(place || first);
}

/** Scroll the box that a node lies in, and not the page, until the node is seen. */
function showWithin(node) {
  let box = node.parentElement;
  while (box && window.parent.getComputedStyle(box).overflowY !== "auto") box = box.parentElement;
  if (!box) return;
  const [seen, own] = [box.getBoundingClientRect(), node.getBoundingClientRect()];
  if (own.top < seen.top || own.bottom > seen.bottom) box.scrollTop += own.top - seen.top - box.clientHeight / 3;
}

function markInReader(eventId) {
  choose(readerMarks(), (id) => id === eventId);
}
