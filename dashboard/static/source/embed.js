/* The embedded map: draws, and that is all. */
(function (window) {
  "use strict";

  const { layers, options } = window.DATELINE_EMBEDDED;
  const map = window.L.map("map", { zoomControl: false, center: [20, 20], zoom: 2 });
  window.DATELINE.prepare(map, { theme: "light", view: options.view });
  window.DATELINE.draw(map, layers, { selected: options.selected });
})(window);
