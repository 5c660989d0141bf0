/*
 * What only the app's map does: it asks the server that the page came from, never another one,
 * unless the reader names tiles. The files of this folder are its parts.
 *
 *   DATELINE.show(map, query, options)   shows what a filter leaves in view, asked anew whenever
 *                                        the map is moved; options as those of DATELINE.draw
 */
"use strict";

const {
  L, states, THEMES, make, makeSvg, button, plural, number, dayWords, monthWords, webLink, decodeLine, toPairs,
  loadWorld, joinArcs, thinnedArcs, latitudeOf, nearestCopy, shifted, draw, fit, setTheme, showBasemap, showAt, openAt,
  pageAddress, VIEW_KEYS, viewInAddress, viewOf, showView,
} = window.DATELINE.parts;
const document = window.document;

/** Outlines that this page has been sent, by the mark's key. */
const outlinesSent = new Map();

/** How far beyond its edges a view is asked for, so that small moves need no new answer. */
const PADDING = 0.3;
