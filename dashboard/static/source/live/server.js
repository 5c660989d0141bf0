/** Show what the filter `query` leaves; the same call with another query shows another. */
function show(map, query, options) {
  const state = states.get(map);
  const wanted = options || {};
  if (!state.live) {
    comeBack(map, Boolean(wanted.address));
    state.live = new Live(map);
  }
  state.live.show(query, wanted);
}

/** Asks the server for what a map shows; of several questions the last one counts. */
class Live {
  constructor(map) {
    this.map = map;
    this.query = null;
    this.asked = 0;
    /** Days that stand in place of the filter's while time is played. */
    this.span = null;
    this.options = {};
    this.layer = layerInAddress();
    this.filtered = L.layerGroup().addTo(map);
    map.on("moveend", () => {
      rememberSeen(map);
      this.moved();
    });
    this.tellAway = addAwayNotice(this);
    this.tellUnplaced = addUnplacedNotice(map);
    addLayersPanel(this);
    addTimeBar(this);
    addAreaTool(this);
    linkReader(map, this);
    linkShare(map, this);
  }

  /** Add a button to the map's own; its sign is a path in a square of 24. */
  addButton(path, label, action) {
    const node = button("dl-icon-button", null, () => action(node));
    const sign = makeSvg("svg", { viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true" });
    sign.append(makeSvg("path", { d: path }));
    node.append(sign);
    node.setAttribute("aria-label", label);
    node.title = label;
    states.get(this.map).buttons.append(node);
    return node;
  }

  async show(query, options) {
    const isSent = this.isSentTo(options.sent);
    const isSame = !isSent && query === this.query && options.theme === this.options.theme;
    const isBack = this.query === null && options.address;
    this.query = query;
    this.options = options;
    if (options.address) completeAddress(options.address);
    if (isBack) states.get(this.map).selected = options.selected;
    if (options.theme && options.theme !== states.get(this.map).theme) setTheme(this.map, options.theme);
    if (isSame && states.get(this.map).layers) {
      draw(this.map, states.get(this.map).layers, options);
      return;
    }
    showFilteredArea(this);
    const places = new URLSearchParams(query).get("places");
    const isElsewhere = this.places !== undefined && places && places !== this.places;
    this.places = places;
    await this.load();
    // Who asks for a place wants to see it; any other filter leaves the view as it is.
    if (isSent ? !options.sent.lat : isElsewhere) fit(this.map);
    if (isBack && options.selected) this.select(options.selected, true);
    if (this.time) this.time.refresh();
  }

  /** Go once to the view and the layer of a saved view; says whether it did. */
  isSentTo(sent) {
    const isNew = Boolean(sent) && this.query !== null && sent.number !== this.sentTo;
    this.sentTo = sent && sent.number;
    if (!isNew) return false;
    const state = states.get(this.map);
    this.setLayer(layerOf(sent.layer || ""));
    if (VIEW_KEYS.every((key) => sent[key])) {
      state.isMoved = true;
      showView(this.map, [Number(sent.lat), Number(sent.lon)], Number(sent.zoom), { animate: false });
    }
    return true;
  }

  async get(what, parameters) {
    const answer = await window.fetch("../../map/" + what + "?" + parameters);
    if (!answer.ok) throw new Error(what + ": " + answer.status);
    return answer.json();
  }

  /** The filter with the days that are played, which never reach beyond the filter's own. */
  parameters() {
    if (!this.span) return this.query;
    const asked = new URLSearchParams(this.query);
    const [since, until] = [asked.get("since"), asked.get("until")];
    asked.set("since", since && since > this.span.since ? since : this.span.since);
    asked.set("until", until && until < this.span.until ? until : this.span.until);
    return asked.toString();
  }

  /** Play: show only what falls into these days; null: all that the filter leaves. */
  async showSpan(span) {
    this.span = span;
    await this.load();
    return this.shownCount;
  }

  /** Ask for what this view shows of the chosen layer, and draw it. */
  async load() {
    const map = this.map;
    const asked = ++this.asked;
    this.seen = map.getBounds().pad(PADDING);
    this.zoom = map.getZoom();
    try {
      await LAYERS[this.layer.kind].load(this, () => asked === this.asked);
    } finally {
      showBasemap(map);
    }
  }

  /** The view, in the words of a question. */
  view() {
    const { _southWest: low, _northEast: high } = this.seen;
    const wide = high.lng - low.lng >= 360;
    const edges = [Math.max(-90, low.lat), wide ? -180 : wrapped(low.lng),
      Math.min(90, high.lat), wide ? 180 : wrapped(high.lng)].map((edge) => edge.toFixed(3));
    return "&bounds=" + edges + "&level=" + this.zoom.toFixed(1);
  }

  /** Ask for marks, and draw them with the outlines that are known; then with all. */
  async loadMarks(what, isLast, more) {
    const answer = await this.get(what, this.parameters() + this.view());
    if (!isLast()) return;
    this.shownCount = answer.shown;
    const drawMarks = () => {
      const marks = answer.marks
        .filter((mark) => !needsOutline(mark) || outlinesSent.has(mark.key))
        .map((mark) => ({ id: mark.key, ...outlinesSent.get(mark.key), ...mark }));
      const of = (kind) => marks.filter((mark) => mark.kind === kind);
      this.draw({
        families: answer.families, extent: answer.extent,
        points: of("point"), lines: of("line"), areas: of("area"), badges: of("badge"), ...more,
      });
    };
    const missing = answer.marks.filter((mark) => needsOutline(mark) && !outlinesSent.has(mark.key));
    const asking = this.askOutlines(missing.map((mark) => mark.key)).then(() => true);
    // Drawing twice takes twice as long: outlines that come soon are waited for.
    const isWhole = await Promise.race([asking, after(OUTLINES_SOON)]);
    if (!isLast()) return;
    drawMarks();
    if (isWhole) return;
    await asking;
    if (isLast()) drawMarks();
  }

  /** Ask for outlines, several at a time. */
  async askOutlines(keys) {
    const parts = [];
    for (let index = 0; index < keys.length; index += 20) parts.push(keys.slice(index, index + 20));
    await Promise.all(parts.map(async (part) => {
      const sent = await this.get("shapes", "keys=" + encodeURIComponent(part.join("|")));
      for (const key in sent) outlinesSent.set(key, sent[key]);
    }));
  }

  /** Draw the layers, each part that is not given empty. */
  draw(layers) {
    if (this.heat && !layers.heat) this.heat.remove();
    if (this.regions) this.regions.remove();
    this.regions = null;
    this.map.getContainer().classList.remove("dl-coloured");
    draw(this.map, {
      live: true, events: [], articles: [], families: [], extent: null,
      points: [], lines: [], areas: [], ...layers,
    }, this.options);
    this.tellAway();
  }

  moved() {
    const map = this.map;
    if (this.query === null || !this.seen) return;
    if (map.getZoom() === this.zoom && this.seen.contains(map.getBounds())) return;
    this.load();
  }

  /** The places of marks, in the words of a question. */
  placesOf(marks) {
    return marks.map((mark) => mark.region ? "&region=" + encodeURIComponent(mark.region)
      : mark.cell ? cellWords(mark) : "&key=" + encodeURIComponent(mark.key)).join("");
  }

  cardsAt(marks, page, first) {
    return this.get("events", this.parameters() + this.placesOf(marks) + "&page=" + page + (first ? "&first=" + first : ""));
  }

  /** Open an event's popup; one that is out of view is gone to, unless the view `stays`. */
  async select(eventId, stays) {
    const { mark, unplaced } = await this.get("event", "id=" + encodeURIComponent(eventId));
    this.tellUnplaced(mark ? null : "This event is not on the map. " + (unplaced || "No place is known of it."));
    if (!mark) {
      this.map.closePopup();
      markInReader(eventId);
    }
    if (!mark || (stays && !this.map.getBounds().contains([mark.lat, nearestCopy(mark.lon, this.map.getCenter().lng)]))) return;
    if (needsOutline(mark) && !outlinesSent.has(mark.key)) await this.askOutlines([mark.key]);
    showAt(this.map, { ...outlinesSent.get(mark.key), ...mark }, eventId);
  }

  /** A popup shows this event now; the reader keeps it marked when the popup is closed. */
  shown(eventId) {
    this.lastShown = eventId;
    markInReader(eventId);
  }

  act(action, eventId, more) {
    const { options } = states.get(this.map);
    if (options.onAction) options.onAction(action, eventId, more);
  }
}

/** Milliseconds that a drawing waits for its outlines. */
const OUTLINES_SOON = 120;

function after(milliseconds) {
  return new Promise((done) => { window.setTimeout(done, milliseconds); });
}

function cellWords(mark) {
  const cell = "&cell=" + mark.cell.join("/") + (mark.kind === "badge" ? "/badge" : "");
  return cell + (mark.apart || []).map((key) => "&apart=" + encodeURIComponent(key)).join("");
}

function wrapped(lon) {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

/** Add to the page's address what it lacks, as the same step of the browser's history. */
function completeAddress(query) {
  const address = pageAddress();
  if (!address) return;
  for (const key in query) if (!address.searchParams.has(key)) address.searchParams.set(key, query[key]);
  window.parent.history.replaceState(window.parent.history.state, "", address);
}

/** A line or an area whose outline neither a circle nor the basemap gives. */
function needsOutline(mark) {
  return (mark.kind === "line" || mark.kind === "area") && !mark.radius && !mark.country;
}
