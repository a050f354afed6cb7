/* The two layouts of the map that Cytoscape.js does not bring along: the page loads them, in place of dash-cytoscape's
   bundle of nine, which is three times as large. And what Dash's components want to find when one of them, such as a
   chart, is loaded later: it is a fifteenth of the polyfill that would bring it. */
import "regenerator-runtime/runtime.js";
import dagre from "cytoscape-dagre";
import fcose from "cytoscape-fcose";

const root = (window.conceptmap = window.conceptmap || {});

/** Make them known to Cytoscape.js, whose one instance on the page is `cy`. */
root.extend = (cy) => [dagre, fcose].forEach((register) => register((...given) => cy.extension(...given)));
