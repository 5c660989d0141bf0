/*
 * Dateline's map: one script for the app and for the snapshot. The files of this folder are its
 * parts, in the order that dashboard/static_build.py names; the app adds those of `live/`.
 *
 *   DATELINE.prepare(map, options)       basemap, controls, legend, once for each Leaflet map
 *   DATELINE.draw(map, layers, options)  draws layers (dashboard/layers.py); again and again
 *   DATELINE.select(map, eventId)        shows an event's popup, wherever it is
 *   DATELINE.fit(map)                    shows all that is drawn
 *   DATELINE.keep(layers, test)          the layers with only the events that pass `test`
 *
 * Options of prepare: theme ("light", "dark"); view ([lat, lon, zoom]); addressView (the page's
 * address keeps the view as lat, lon and zoom); fillFrame (the map takes the whole frame);
 * onSelect(eventId). Options of draw: theme; selected (an event id);
 * fit (a text: when it changes, everything drawn is brought into view).
 *
 * Text from outside reaches the page through textContent alone.
 */
"use strict";

const L = window.L;
const document = window.document;
const BASEMAP = window.DATELINE_BASEMAP;
const SVG = "http://www.w3.org/2000/svg";

const TILE = 512;
const MAX_ZOOM = 11;
const CLUSTER_PIXELS = 44;

const THEMES = {
  light: {
    ocean: "#cfe0ea", land: "#f6f3ec", coast: "#9fb4c0", border: "#b3ab9c",
    disputed: "#b3ab9c", neutral: "#4a5560",
  },
  dark: {
    ocean: "#16212b", land: "#26323d", coast: "#4a6070", border: "#566472",
    disputed: "#566472", neutral: "#b4c0c9",
  },
};

/** What is known of each prepared map. */
const states = new WeakMap();
