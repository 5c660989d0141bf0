/** The sign of one family: shape as well as colour, so that colour alone never tells. */
function sign(style, size) {
  const svg = makeSvg("svg", { viewBox: "-12 -12 24 24", width: size, height: size, "aria-hidden": "true" });
  svg.append(shape(style.shape, style.colour));
  return svg;
}

const CORNERS = {
  triangle: "0,-9.5 9,7 -9,7",
  "triangle-down": "0,9.5 9,-7 -9,-7",
  diamond: "0,-10 10,0 0,10 -10,0",
  square: "-7.5,-7.5 7.5,-7.5 7.5,7.5 -7.5,7.5",
  pentagon: "0,-9.5 9.2,-2.6 5.8,8.2 -5.8,8.2 -9.2,-2.6",
  hexagon: "-5,-8.7 5,-8.7 10,0 5,8.7 -5,8.7 -10,0",
  cross: "-3.5,-9 3.5,-9 3.5,-3.5 9,-3.5 9,3.5 3.5,3.5 3.5,9 -3.5,9 -3.5,3.5 -9,3.5 -9,-3.5 -3.5,-3.5",
  star: "0,-10.5 2.9,-4 10,-3.2 4.8,1.6 6.2,8.5 0,5 -6.2,8.5 -4.8,1.6 -10,-3.2 -2.9,-4",
};

function shape(name, colour) {
  const paint = { fill: colour, class: "dl-shape" };
  if (CORNERS[name]) return makeSvg("polygon", { points: CORNERS[name], ...paint });
  return makeSvg("circle", { r: 8.5, ...paint });
}

/** How wide the mark of so many events is, in pixels. */
function sizeFor(count) {
  return count >= 1000 ? 48 : count >= 100 ? 42 : count >= 10 ? 36 : count > 1 ? 30 : 22;
}

/** A ring whose parts show the mix of families, the count in its middle. */
function donut(mix, count) {
  const size = sizeFor(count);
  const svg = makeSvg("svg", { viewBox: "-20 -20 40 40", width: size, height: size, "aria-hidden": "true" });
  svg.append(makeSvg("circle", { r: 19, class: "dl-donut-ground" }));
  const length = 2 * Math.PI * 14;
  let done = 0;
  for (const { style, share } of mix) {
    svg.append(makeSvg("circle", {
      r: 14, fill: "none", stroke: style.colour, "stroke-width": 6.5,
      "stroke-dasharray": share * length + " " + length, "stroke-dashoffset": -done * length,
      transform: "rotate(-90)",
    }));
    done += share;
  }
  const text = makeSvg("text", { "text-anchor": "middle", dy: "0.35em", class: "dl-count" });
  text.textContent = brief(count);
  text.style.fontSize = [13, 13, 13, 11.5, 9.5][text.textContent.length] + "px";
  svg.append(text);
  return svg;
}

/** A badge for a line or an area: a tag with name and count, never a dot. */
function badge(name, mix, count, kind) {
  const tag = make("span", "dl-badge dl-badge-" + kind);
  tag.append(make("span", "dl-badge-" + kind + "-sign"));
  if (name) tag.append(make("bdi", "dl-badge-name", name));
  tag.append(make("span", "dl-badge-count", brief(count)));
  const bar = make("span", "dl-badge-mix");
  for (const { style, share } of mix) {
    const part = make("span");
    part.style.flexGrow = share;
    part.style.background = style.colour;
    bar.append(part);
  }
  tag.append(bar);
  return tag;
}

let ruler = null;

/** How wide a badge with these words is, in pixels: its words, and what the style sheet adds. */
function badgeWidth(map, name, count) {
  ruler ??= { context: make("canvas").getContext("2d"), font: window.getComputedStyle(map.getContainer()).fontFamily };
  const wide = (text, weight) => {
    ruler.context.font = weight + " 12px " + ruler.font;
    return ruler.context.measureText(text).width;
  };
  return 40 + (name ? 5 + Math.min(180, wide(name, 400)) : 0) + wide(count, 700);
}

/** The families of the marks' events, the most frequent first, with their shares. */
function mixOf(layers, marks) {
  const counts = layers.families.map(() => 0);
  if (marks[0].counts) {
    for (const mark of marks) mark.counts.forEach((count, family) => { counts[family] += count; });
  } else {
    for (const number of eventsOf(marks))
      counts[layers.families.findIndex((style) => style.name === layers.events[number].family)] += 1;
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  return layers.families
    .map((style, family) => ({ style, count: counts[family], share: counts[family] / total }))
    .filter((part) => part.count)
    .sort((a, b) => b.count - a.count);
}

function totalOf(mix) {
  return mix.reduce((sum, part) => sum + part.count, 0);
}

/** How many events a mark stands for. */
function weightOf(mark) {
  return mark.counts ? mark.counts.reduce((sum, count) => sum + count, 0) : mark.events.length;
}

/** How many places marks stand for: one that is known now to its town, now to nearby, is one. */
function placesOf(marks) {
  const single = new Set(marks.filter((mark) => !mark.places).map((mark) => mark.lat + " " + mark.lon));
  return single.size + marks.reduce((sum, mark) => sum + (mark.places || 0), 0);
}

/** A count that fits into a mark: "950", "1.2k", "35k". */
function brief(count) {
  if (count < 1000) return String(count);
  const thousands = count / 1000;
  if (thousands >= 999.5) return (count / 1e6).toFixed(1).replace(".0", "") + "M";
  return (thousands < 9.95 ? thousands.toFixed(1).replace(".0", "") : Math.round(thousands)) + "k";
}

function mixWords(mix) {
  return mix.map(({ style, count }) => number(count) + " " + style.label.toLowerCase()).join(", ");
}
