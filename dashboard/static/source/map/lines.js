const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
const GROUPS = {};
for (let index = 0; index < 64; index++) GROUPS[ALPHABET[index]] = index;

/** Decode what dashboard/polyline.py wrote: a flat list lat, lon, lat, lon ... in degrees. */
function decodeLine(text) {
  const steps = BASEMAP.steps;
  const numbers = [];
  const last = [0, 0];
  let value = 0;
  let shift = 0;
  for (let index = 0; index < text.length; index++) {
    const group = GROUPS[text[index]];
    value += (group & 31) * 2 ** shift;
    shift += 5;
    if (group & 32) continue;
    const axis = numbers.length % 2;
    last[axis] += value % 2 ? -(value + 1) / 2 : value / 2;
    numbers.push(last[axis] / steps);
    value = shift = 0;
  }
  return numbers;
}

function toPairs(flat) {
  const pairs = [];
  for (let index = 0; index < flat.length; index += 2) pairs.push([flat[index], flat[index + 1]]);
  return pairs;
}
