/** How many milliseconds a step of time stands on the map when it is played. */
const BEAT = 450;

/** Of a thousand that the bars have together: one day alone is no wall. */
const WIDEST_BAR = 84;

const UNITS = { day: "by day", week: "by week", month: "by month" };
const WINDOWS = { moving: "moving window", growing: "growing window" };

function addTimeBar(live) {
  live.addButton("M12 3A9 9 0 1 0 12 21 9 9 0 1 0 12 3ZM12 7V12L15.5 14", "Play through time", (node) => {
    if (live.time) live.time.close();
    else live.time = new TimeBar(live, node);
  });
}

/** The bar that plays events through time: the map changes, the page does not. */
class TimeBar {
  constructor(live, node) {
    this.live = live;
    this.opener = node;
    this.position = 0;
    this.count = 0;
    this.play = button("dl-time-play", "▶", () => (this.timer ? this.pause() : this.start()));
    this.unit = choice("Step of time", UNITS, () => this.restep());
    this.window = choice("Kind of window", WINDOWS, () => this.showNow());
    this.bars = makeSvg("svg", { class: "dl-time-bars", preserveAspectRatio: "none", "aria-hidden": "true" });
    this.slider = make("input", "dl-time-slider");
    this.slider.type = "range";
    this.slider.min = 0;
    this.slider.setAttribute("aria-label", "Time");
    this.slider.addEventListener("input", () => { this.pause(); this.go(Number(this.slider.value)); });
    this.words = make("output", "dl-time-words");
    const track = make("div", "dl-time-track");
    track.append(this.bars, this.slider);
    this.keep = button("", "Use as filter", () => live.act("dates", null, this.span()));
    const close = button("", "✕", () => this.close());
    close.setAttribute("aria-label", "Stop playing and show all");
    this.box = make("div", "dl-time");
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", "Play through time");
    this.box.append(this.play, this.unit, this.window, track, this.words, this.keep, close);
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
    live.map.getContainer().append(this.box);
    live.map.getContainer().classList.add("dl-timed");
    node.setAttribute("aria-pressed", "true");
    this.label();
    this.refresh(true);
    this.play.focus();
  }

  /** Ask when the events of the filter happened; the first time also which step fits. */
  async refresh(isFirst) {
    const timeline = await this.live.get("timeline", this.live.query);
    if (this.live.time !== this) return;
    this.timeline = timeline;
    this.drawBars();
    for (const node of [this.play, this.slider, this.keep]) node.disabled = !timeline.first;
    if (!timeline.first) {
      this.pause();
      this.starts = null;
      this.words.textContent = "No event shown has a date";
      return;
    }
    if (isFirst) this.unit.value = UNITS[timeline.step] ? timeline.step : "month";
    this.restep(isFirst);
  }

  /** Lay the steps of the chosen unit over the days of the events. */
  restep(isFirst) {
    if (!this.timeline || !this.timeline.first) return;
    const [first, last] = [dayOf(this.timeline.first), dayOf(this.timeline.last)];
    const at = isFirst || !this.starts ? null : this.starts[this.position];
    this.starts = [];
    for (let start = startOf(first, this.unit.value); start <= last; start = following(start, this.unit.value)) this.starts.push(start);
    this.slider.max = this.starts.length - 1;
    this.busy = this.live.get("busy", this.live.query + "&step=" + this.unit.value).catch(() => this.starts.map((_, index) => index));
    const later = at === null ? -1 : this.starts.findIndex((start) => start > at);
    this.go(at === null ? 0 : Math.max(0, (later < 0 ? this.starts.length : later) - 1));
  }

  /** The days that the map shows. */
  span() {
    const start = this.starts[this.position];
    const since = this.window.value === "growing" ? this.starts[0] : start;
    return { since: iso(since), until: iso(following(start, this.unit.value) - DAY) };
  }

  go(position) {
    this.position = position;
    this.slider.value = position;
    return this.showNow();
  }

  async showNow() {
    if (!this.starts) return;
    const span = this.span();
    this.count = await this.live.showSpan(span);
    if (this.live.time !== this) return;
    const days = spanWords(span);
    this.words.textContent = days + (this.count === undefined ? "" : " · " + plural(this.count, this.live.layer.kind === "mentions" ? "mention" : "event"));
    this.slider.setAttribute("aria-valuetext", days);
    this.markBars(span);
  }

  start() {
    if (!this.starts) return;
    this.timer = -1;
    this.label();
    this.tick();
  }

  /** Show the next step in which something begins: those between hold nothing new. */
  async tick() {
    const began = Date.now();
    const busy = await this.busy;
    const after = (position) => busy.find((step) => step > position);
    const next = after(this.position);
    await this.go(next === undefined ? busy[0] : next);
    if (!this.timer || this.live.time !== this) return;
    if (after(this.position) === undefined) this.pause();
    else this.timer = window.setTimeout(() => this.tick(), Math.max(60, BEAT - (Date.now() - began)));
  }

  pause() {
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.label();
  }

  label() {
    this.play.textContent = this.timer ? "❚❚" : "▶";
    this.play.setAttribute("aria-label", this.timer ? "Pause" : "Play");
  }

  close() {
    this.pause();
    this.box.remove();
    this.live.map.getContainer().classList.remove("dl-timed");
    this.opener.setAttribute("aria-pressed", "false");
    this.opener.focus();
    this.live.time = null;
    this.live.showSpan(null);
  }

  /** The events by time, those of a family in its colour. */
  drawBars() {
    const { bars, families, step, first, last } = this.timeline;
    this.bars.replaceChildren();
    if (!first) return;
    const from = dayOf(bars[0][0]);
    this.extent = [from, Math.max(dayOf(last), following(dayOf(bars[bars.length - 1][0]), step))];
    const most = Math.max(...bars.map(([, counts]) => counts.reduce((sum, count) => sum + count, 0)));
    this.bars.setAttribute("viewBox", "0 0 1000 100");
    this.marked = makeSvg("rect", { y: 0, height: 100, class: "dl-time-window" });
    this.bars.append(this.marked);
    for (const [day, counts] of bars) {
      const x = this.x(dayOf(day));
      const width = Math.min(WIDEST_BAR, Math.max(1.5, this.x(following(dayOf(day), step)) - x - 1));
      let y = 100;
      counts.forEach((count, family) => {
        if (!count) return;
        const height = (96 * count) / most;
        y -= height;
        this.bars.append(makeSvg("rect", { x, y, width, height, fill: families[family].colour }));
      });
    }
  }

  x(day) {
    return (1000 * (day - this.extent[0])) / (this.extent[1] - this.extent[0]);
  }

  markBars(span) {
    const x = this.x(dayOf(span.since));
    this.marked.setAttribute("x", x);
    this.marked.setAttribute("width", Math.min(this.starts.length > 1 ? 1000 : WIDEST_BAR, Math.max(4, this.x(dayOf(span.until) + DAY) - x)));
  }
}

/** Days in words: "4 Mar 2019", "March 2019", else the first and the last. */
function spanWords({ since, until }) {
  if (since === until) return dayWords(since);
  if (since.endsWith("-01") && following(dayOf(since), "month") - DAY === dayOf(until)) return monthWords(since);
  return dayWords(since) + " – " + dayWords(until);
}

/** A list to choose from, its values with their words. */
function choice(label, words, action) {
  const node = make("select");
  node.setAttribute("aria-label", label);
  for (const value in words) {
    const option = make("option", "", words[value]);
    option.value = value;
    node.append(option);
  }
  node.addEventListener("change", () => action(node.value));
  return node;
}

const DAY = 86400000;

function dayOf(text) {
  return Date.parse(text + "T00:00:00Z");
}

function iso(day) {
  return new Date(day).toISOString().slice(0, 10);
}

/** The first day of the week (a Monday) or the month that a day lies in. */
function startOf(day, unit) {
  const date = new Date(day);
  if (unit === "week") return day - ((date.getUTCDay() + 6) % 7) * DAY;
  return unit === "month" ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) : day;
}

function following(day, unit) {
  const date = new Date(day);
  if (unit === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  if (unit === "quarter") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 3, 1);
  if (unit === "year") return Date.UTC(date.getUTCFullYear() + 1, 0, 1);
  return day + (unit === "week" ? 7 : 1) * DAY;
}
