/** Make an HTML element; `text` goes in as text. */
function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = text;
  return element;
}

function makeSvg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
}

function button(className, text, action) {
  const element = make("button", className, text);
  element.type = "button";
  if (action) element.addEventListener("click", action);
  return element;
}

function plural(count, one, many) {
  return count === 1 ? "1 " + one : number(count) + " " + (many || one + "s");
}

/** The digits that the page's own numbers have in every language. */
const DIGITS = { numberingSystem: "latn" };

/** A number as the reader's language writes it. */
function number(value) {
  return value.toLocaleString(undefined, DIGITS);
}

const IN_ENGLISH = /^en\b/.test(window.navigator.language || "en");

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A day as the reader's language writes it; in English always day, month, year, as all else of the page. */
function dayWords(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  if (IN_ENGLISH) return day + " " + MONTHS[month - 1] + " " + year;
  return new Date(iso + "T00:00:00Z").toLocaleDateString(undefined, { ...DIGITS, day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** The month of a day as the reader's language writes it. */
function monthWords(iso) {
  return new Date(iso + "T00:00:00Z").toLocaleDateString(IN_ENGLISH ? "en-GB" : undefined, { ...DIGITS, month: "long", year: "numeric", timeZone: "UTC" });
}

/** When an event happened: in English as it was coded, else the days that this means. */
function whenWords(event) {
  if (!event.when) return "no date";
  if (IN_ENGLISH || !event.since || !event.until) return event.when;
  return event.since === event.until ? dayWords(event.since) : dayWords(event.since) + " – " + dayWords(event.until);
}

function webLink(url) {
  try {
    const protocol = new URL(url).protocol;
    return protocol === "http:" || protocol === "https:" ? url : null;
  } catch (error) {
    return null;
  }
}
