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
  const popup = L.popup({
    className: "dl-popup", ...roomFor(map, at), autoPanPaddingTopLeft: [12, 12],
    autoPanPaddingBottomRight: [56, 48], offset: [0, -10],
  });
  // A click that replaces its own button must not reach the map, which would take it for its own.
  content.addEventListener("click", (event) => event.stopPropagation());
  content.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePopup(map, event);
  });
  popup.on("remove", () => {
    if (!state.popup || state.popup.leaflet !== popup) return;
    state.popup = null;
    // Another may open in its place.
    window.setTimeout(() => { if (!state.popup) report(map, null); }, 0);
  });
  popup.setLatLng(at).setContent(content).openOn(map);
  state.popup = { leaflet: popup, content, marks, keys: marks.map(keyOf), eventId: eventId || null, first: eventId, pages: 1, from: state.focused };
  fillPopup(map, marks);
  if (document.hasFocus()) content.focus({ preventScroll: true });
}

/** How wide and high a popup may be: the map can be moved no farther north than the world goes. */
function roomFor(map, at) {
  const size = map.getSize();
  const width = Math.min(360, Math.max(220, size.x - 84));
  const above = Math.max(map.project(at).y, map.latLngToContainerPoint(at).y);
  return {
    minWidth: Math.min(280, width), maxWidth: width,
    maxHeight: Math.max(110, Math.min(size.y - 150, above - 70)),
  };
}

/** The room of the open popup changes with the zoom and the frame. */
function fitPopup(map) {
  const { popup } = states.get(map);
  if (!popup) return;
  Object.assign(popup.leaflet.options, roomFor(map, popup.leaflet.getLatLng()));
  popup.leaflet.update();
}

/** Close by keyboard: the focus goes back to the mark that it came from. */
function closePopup(map, event) {
  const state = states.get(map);
  const mark = state.nodes.get(state.popup.from);
  event.stopPropagation();
  map.closePopup(state.popup.leaflet);
  (mark || map.getContainer()).focus({ preventScroll: true });
}

/** Put the events of the marks into the open popup, as many pages of them as it had. */
function fillPopup(map, marks) {
  const { popup, layers } = states.get(map);
  const known = { events: [], articles: [], total: 0, pages: 0 };
  popup.content.setAttribute("aria-label", marks.map((mark) => mark.name).join(", "));
  const isOpen = () => states.get(map).popup === popup;
  if (layers.popupOf && !popup.eventId)
    return layers.popupOf(marks).then((nodes) => {
      if (!isOpen()) return;
      popup.content.replaceChildren(popupHead(marks), ...nodes);
      popup.leaflet.update();
    });
  let underWay = null;
  const load = () => underWay ??= cardsAt(map, marks, known.pages, popup.first).then((answer) => {
    const offset = known.articles.length;
    const seen = new Set(known.events.map((event) => event.id));
    for (const event of answer.events)
      if (!seen.has(event.id)) known.events.push({ ...event, article: event.article + offset, reports: (event.reports || [event.article]).map((number) => number + offset) });
    known.articles.push(...answer.articles);
    known.total = answer.total;
    known.pages += 1;
    popup.pages = Math.max(popup.pages, known.pages);
  }).finally(() => { underWay = null; });
  const hasMore = () => known.events.length < known.total;
  const loadAll = () => load().then(() => known.pages < popup.pages && hasMore() ? loadAll() : null);
  const show = (position) => {
    if (!isOpen()) return;
    // What is there already stays: a button that is being pressed would go from under the finger.
    const head = popupHead(marks);
    const shown = JSON.stringify([head.textContent, position, known]);
    if (shown === popup.shown) return;
    popup.shown = shown;
    const hadFocus = popup.content.contains(document.activeElement);
    const pressed = document.activeElement && document.activeElement.ariaLabel;
    const more = hasMore() ? () => load().then(() => show(-1)) : null;
    popup.content.replaceChildren(head, ...(position < 0
      ? [eventList(states.get(map).layers, known, show, more)]
      : [pager(known, position, step), eventCard(map, known, known.events[position])]));
    popup.eventId = position < 0 ? null : known.events[position].id;
    popup.leaflet.update();
    // Who goes from event to event by keyboard stays on the same button.
    const again = [...popup.content.querySelectorAll("button")].find((node) => node.ariaLabel === pressed && !node.disabled);
    if (hadFocus) (again || popup.content).focus({ preventScroll: true });
    if (position >= 0) report(map, popup.eventId);
  };
  // The events of a stack are sent a page at a time: the next one may not be here yet.
  const step = (position) => position < known.events.length ? show(position)
    : load().then(() => show(Math.min(position, known.events.length - 1)));
  return loadAll().then(() => {
    if (!isOpen()) return null;
    const chosen = known.events.findIndex((event) => event.id === popup.eventId);
    if (popup.eventId && chosen < 0 && popup.first !== popup.eventId) {
      // It may stand on a page further back than before.
      Object.assign(popup, { first: popup.eventId, pages: 1 });
      return fillPopup(map, marks);
    }
    if (!known.events.length || (popup.eventId && chosen < 0)) map.closePopup(popup.leaflet);
    else show(chosen >= 0 ? chosen : known.total === 1 ? 0 : -1);
    return null;
  });
}

/** An open popup shows the new state of its place, or goes when what it showed is gone. */
function refreshPopup(map) {
  const { popup, layers } = states.get(map);
  if (!popup) return;
  const drawn = [...allMarks(layers), ...(layers.regions || [])].filter((mark) => popup.keys.includes(keyOf(mark)));
  // The place of a chosen event may be drawn as part of another's cluster, or not be in view.
  const marks = layers.live && popup.eventId ? popup.marks : drawn;
  if (marks.length) fillPopup(map, marks);
  else map.closePopup(popup.leaflet);
}

function byDate(a, b) {
  return (b.since || "").localeCompare(a.since || "") || (a.id < b.id ? -1 : 1);
}

function popupHead(marks) {
  const head = make("header", "dl-head");
  const title = make("h3");
  title.dir = "auto";
  title.append(marks[0].name);
  if (placesOf(marks) > 1) title.append(" and " + plural(placesOf(marks) - 1, "place") + " near it");
  head.append(title);
  if (placesOf(marks) === 1 && !marks[0].cell) {
    const precisions = new Set(marks.map((mark) => mark.precision));
    head.append(make("p", "dl-precision", [...precisions].join("; ")));
  }
  return head;
}

function eventList(layers, known, show, more) {
  const list = make("ol", "dl-list");
  known.events.forEach((event, position) => {
    const row = button("dl-row", "", () => show(position));
    row.append(sign(styleOf(layers, event), 16));
    const words = make("span", "dl-row-words");
    words.append(make("strong", "", event.label), make("span", "dl-row-date", whenWords(event)));
    words.append(actors(event));
    row.append(words);
    const item = make("li");
    item.append(row);
    list.append(item);
  });
  if (more) {
    const item = make("li");
    item.append(button("dl-row dl-more-events", "Show more (" + known.events.length + " of " + number(known.total) + ")", more));
    list.append(item);
  }
  return list;
}

function pager(known, position, show) {
  const bar = make("nav", "dl-pager");
  if (known.total === 1) return bar;
  bar.setAttribute("aria-label", "Events here");
  const step = (sign, label, to) => {
    const node = button("", sign, () => show(to));
    node.setAttribute("aria-label", label);
    node.disabled = to < 0 || to >= known.total;
    return node;
  };
  bar.append(
    button("", "All " + number(known.total), () => show(-1)),
    step("‹", "Previous event", position - 1),
    make("span", "", number(position + 1) + " of " + number(known.total)),
    step("›", "Next event", position + 1));
  return bar;
}

function styleOf(layers, event) {
  const styles = layers.styles || layers.families;
  return styles.find((style) => style.name === event.family) || styles[styles.length - 1];
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
  facts.append(actors(event), make("span", "dl-when", whenWords(event)));
  for (const size of event.sizes) facts.append(make("span", "dl-size", size));
  card.append(facts, quote(event));
  card.append(source(known.articles[event.article]), ...furtherReports(map, known, event));
  const more = make("p", "dl-more");
  for (const [name, precision, reason] of event.places) {
    const line = make("span", "dl-where");
    line.append(make("bdi", "", name), " (" + precision + ")");
    if (reason) line.append(": " + reason);
    more.append(line);
  }
  if (event.unplaced) more.append(make("span", "dl-where", "Not on the map: " + event.unplaced));
  more.append(make("span", "", "Confidence " + event.confidence));
  card.append(more, ...recordOf(map, event));
  const { live } = states.get(map);
  if (live) card.append(actionsOf(live, event));
  return card;
}

/** What the record of a data set says in its own words, folded. */
function recordOf(map, event) {
  if (!event.record || !event.record.length) return [];
  const rows = make("dl", "dl-record");
  for (const [name, value] of event.record) {
    const told = make("dd", "", value);
    told.dir = "auto";
    rows.append(make("dt", "", name), told);
  }
  const list = make("details", "dl-further");
  list.append(make("summary", "", "The record's own codes"), rows);
  list.addEventListener("toggle", () => states.get(map).popup?.leaflet.update());
  return [list];
}

/** The other articles that report an event, folded. */
function furtherReports(map, known, event) {
  const others = (event.reports || []).filter((number) => number !== event.article);
  if (!others.length) return [];
  const list = make("details", "dl-further");
  const words = others.length === 1 ? "1 further report" : others.length + " further reports";
  list.append(make("summary", "", words), ...others.map((number) => source(known.articles[number])));
  list.addEventListener("toggle", () => states.get(map).popup?.leaflet.update());
  return [list];
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
  const rest = [article.source, article.published && dayWords(article.published)].filter(Boolean).join(", ");
  if (rest) line.append(make("span", "", rest));
  return line;
}
