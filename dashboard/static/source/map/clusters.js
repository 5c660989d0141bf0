/**
 * Group marks that would cover each other at this zoom. The mark with most events leads, and
 * the group stands at its place: a true place, not a mean in the open sea.
 */
function clusters(map, marks) {
  const single = marks.map((mark) => {
    const at = map.project([mark.lat, mark.lon], map.getZoom());
    return { marks: [mark], lat: mark.lat, lon: mark.lon, x: at.x, y: at.y, weight: weightOf(mark) };
  });
  let groups = gathered(single, reachOfMarks);
  // What was put together is larger, and may cover what stood beside it.
  for (let before = Infinity; groups.length < before;) {
    before = groups.length;
    groups = gathered(groups, reachOfGroups);
  }
  return groups;
}

function reachOfMarks(a, b) {
  return CLUSTER_PIXELS * (a.weight + b.weight > 2 ? 0.8 : 0.55);
}

function reachOfGroups(a, b) {
  return (0.95 * (sizeFor(a.weight) + sizeFor(b.weight))) / 2;
}

/** The groups, each with those that lie within `reach` of it; the heavier one leads. */
function gathered(groups, reach) {
  const cells = new Map();
  for (const group of groups) {
    const key = Math.floor(group.x / CLUSTER_PIXELS) + ":" + Math.floor(group.y / CLUSTER_PIXELS);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(group);
  }
  const ordered = [...groups].sort((a, b) => b.weight - a.weight || (keyOf(a.marks[0]) < keyOf(b.marks[0]) ? -1 : 1));
  const taken = new Set();
  return ordered.filter((leader) => {
    if (taken.has(leader)) return false;
    taken.add(leader);
    const { weight } = leader;
    for (const other of around(cells, leader)) {
      if (taken.has(other) || Math.hypot(other.x - leader.x, other.y - leader.y) >= reach({ weight }, other)) continue;
      taken.add(other);
      leader.marks.push(...other.marks);
      leader.weight += other.weight;
    }
    return true;
  });
}

function around(cells, { x, y }) {
  const [column, row] = [Math.floor(x / CLUSTER_PIXELS), Math.floor(y / CLUSTER_PIXELS)];
  const steps = [-1, 0, 1];
  return steps.flatMap((right) => steps.flatMap((down) => cells.get((column + right) + ":" + (row + down)) || []));
}

function eventsOf(marks) {
  const seen = new Set();
  for (const mark of marks) for (const number of mark.events) seen.add(number);
  return [...seen].sort((a, b) => a - b);
}
