/**
 * Group marks that would cover each other at this zoom. The mark with most events leads, and
 * the group stands at its place: a true place, not a mean in the open sea.
 */
function clusters(map, marks) {
  const cells = new Map();
  const spots = marks.map((mark) => {
    const at = map.project([mark.lat, mark.lon], map.getZoom());
    const spot = { mark, x: at.x, y: at.y, taken: false };
    const key = Math.floor(at.x / CLUSTER_PIXELS) + ":" + Math.floor(at.y / CLUSTER_PIXELS);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(spot);
    return spot;
  });
  spots.sort((a, b) => weightOf(b.mark) - weightOf(a.mark) || (keyOf(a.mark) < keyOf(b.mark) ? -1 : 1));
  const groups = [];
  for (const leader of spots) {
    if (leader.taken) continue;
    leader.taken = true;
    const group = { marks: [leader.mark], lat: leader.mark.lat, lon: leader.mark.lon };
    for (const spot of around(cells, leader)) {
      spot.taken = true;
      group.marks.push(spot.mark);
    }
    groups.push(group);
  }
  return groups;
}

function around(cells, leader) {
  const found = [];
  const column = Math.floor(leader.x / CLUSTER_PIXELS);
  const row = Math.floor(leader.y / CLUSTER_PIXELS);
  for (let x = column - 1; x <= column + 1; x++)
    for (let y = row - 1; y <= row + 1; y++)
      for (const spot of cells.get(x + ":" + y) || []) {
        const reach = weightOf(spot.mark) + weightOf(leader.mark) > 2 ? 0.8 : 0.55;
        if (!spot.taken && Math.hypot(spot.x - leader.x, spot.y - leader.y) < CLUSTER_PIXELS * reach) found.push(spot);
      }
  return found;
}

function eventsOf(marks) {
  const seen = new Set();
  for (const mark of marks) for (const number of mark.events) seen.add(number);
  return [...seen].sort((a, b) => a - b);
}
