/* The snapshot's page: draws the map and makes its filters work. */
(function (window) {
  "use strict";

  const document = window.document;
  const DATELINE = window.DATELINE;
  const all = { ...window.DATELINE_LAYERS };
  for (const name of ["events", "articles", "points"]) all[name] = rows(all[name]);
  const items = [...document.querySelectorAll(".events tbody tr")];
  const form = document.getElementById("filters");
  const field = (id) => document.getElementById(id);
  for (const event of all.events) event.until = event.until || event.since;
  for (const item of items) all.events[numberOf(item)].quote = segments(item.querySelector("blockquote"));
  const texts = new Map(items.map((item) => [numberOf(item), item.textContent.toLowerCase()]));

  document.documentElement.classList.add("live");
  const map = window.L.map("map", { zoomControl: false, center: [20, 20], zoom: 2 });
  DATELINE.prepare(map, { theme: "light", onSelect: highlight });
  DATELINE.draw(map, all);
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => window.setTimeout(filter, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const list of document.querySelectorAll(".events tbody")) list.role = "list";
  for (const item of items) addButton(item);

  /** The objects of a table that names its columns, and the few values of some, once. */
  function rows({ columns, values, rows }) {
    const value = (name, told) => (values[name] && told !== null ? values[name][told] : told);
    return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, value(name, row[at])])));
  }

  /** Which event an item tells. */
  function numberOf(item) {
    return Number(item.id.slice(1));
  }

  /** The quote's text and marks, which the list holds. */
  function segments(quote) {
    return [...quote.childNodes].map((node) => [node.textContent, node.className || ""]);
  }

  /** An actor stands for all its members: "IRN" for "IRN.MIL" too. */
  function isMember(id, group) {
    return id === group || id.startsWith(group + ".");
  }

  function filter() {
    const actor = field("actor").value;
    const type = field("type").value;
    const since = field("since").value;
    const until = field("until").value;
    const words = field("words").value.trim().toLowerCase();
    const passes = (event, number) =>
      (!since || (event.until && event.until >= since)) && (!until || (event.since && event.since <= until)) &&
      (!actor || event.actors.some((id) => isMember(id, actor))) &&
      (!type || event.type === type) && (!words || texts.get(number).includes(words));
    let shown = 0;
    for (const item of items) {
      const number = numberOf(item);
      item.hidden = !passes(all.events[number], number);
      if (!item.hidden) shown += 1;
    }
    for (const list of document.querySelectorAll(".events table"))
      list.previousElementSibling.querySelector(".count").textContent =
        list.querySelectorAll("tbody tr:not([hidden])").length;
    const filtered = Boolean(actor || type || since || until || words);
    document.documentElement.classList.toggle("filtered", filtered); // on paper, the still map would not be true
    field("shown").textContent = filtered ? shown + " of " + items.length + " shown" : "";
    DATELINE.draw(map, DATELINE.keep(all, passes));
  }

  function addButton(item) {
    item.role = "listitem"; // a row of the table becomes an item of a list beside the map
    const event = all.events[numberOf(item)];
    item.querySelector("th").prepend(DATELINE.sign(styleOf(event), 16));
    if (!event.places.length) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Show on the map";
    button.addEventListener("click", () => {
      field("map").scrollIntoView({ block: window.innerWidth < 900 ? "start" : "nearest" });
      DATELINE.select(map, event.id);
    });
    item.querySelector(".where").append(" ", button);
  }

  function styleOf(event) {
    return all.families.find((style) => style.name === event.family);
  }

  function highlight(eventId) {
    for (const item of items) {
      const chosen = all.events[numberOf(item)].id === eventId;
      item.classList.toggle("chosen", chosen);
      const list = item.closest(".events");
      if (chosen && list.scrollHeight > list.clientHeight + 4)
        list.scrollBy({ top: item.getBoundingClientRect().top - list.getBoundingClientRect().top - 60 });
    }
  }
})(window);
