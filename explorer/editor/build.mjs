// Builds what of the page comes from npm, into ../lazy: `npm ci && npm run build`. The console loads its part when it is
// first opened; the layouts of the map come with the page.
// With another folder as its argument it builds there, for the test that compares.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] || join(here, "..", "lazy"));

// The analysis of meaning is Neo4j's compiler as 5.6 MB of JavaScript; the server tells the same when a query is run.
// Where it is within, it tells what is no Cypher too, and the parser keeps its own finding to itself: here it must tell.
const LEFT_TO_IT = "[CypherParser.RULE_statement]: 'a statement',";
const withoutMeaning = {
  name: "without-meaning",
  setup(build) {
    build.onResolve({ filter: /\/semanticAnalysis\.js$/ }, () => ({ path: join(here, "src", "meaning.js") }));
    build.onLoad({ filter: /completionCoreErrors\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes(LEFT_TO_IT)) throw new Error(`${path} no longer holds ${LEFT_TO_IT}`);
      return { contents: text.replace(LEFT_TO_IT, ""), loader: "js" };
    });
  },
};

const built = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { editor: "src/editor.js", cypher: "src/cypher.worker.js", grid: "src/grid.js", layouts: "src/layouts.js" },
  outdir: target,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome111", "firefox113", "safari16.4"],
  legalComments: "none",
  charset: "utf8",
  metafile: true,
  plugins: [withoutMeaning],
});

/** The packages that are within, each with its licence, for whoever hands the built files on. */
function notices() {
  const names = new Set();
  for (const path of Object.keys(built.metafile.inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) names.add(found[1]);
  }
  return [...names].sort().map(notice).join("\n" + "=".repeat(80) + "\n\n");
}

function notice(name) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file ? readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim() : "";
  return `${name} ${version} (${license})\n\n${text}\n`;
}

writeFileSync(join(target, "LICENSES.txt"), notices());
for (const [path, { bytes }] of Object.entries(built.metafile.outputs)) console.log(relative(target, resolve(here, path)), bytes);
