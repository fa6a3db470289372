// Builds the explorer's scripts and styles into ../static: classic scripts that work from a server and from a file alike.
import { build } from "esbuild";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { land } from "./land.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../static/", import.meta.url));
const entries = (await readdir(new URL("src/", import.meta.url))).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));

// What of Yasgui is left out: a list of three thousand prefixes from all over the web, and a style element that the content
// security policy of the pages forbids (its rules are in src/workbench.css).
const YASGUI = [
  [/ = "https?:\/\/[^"]*"(?=[,;])/g, ' = ""', (line) => line.includes('madsrdf = "http')],
  [/var o = document\.createElement\("style"\);/, "return;", (line) => line.includes('document.createElement("style")')],
];

async function withoutExtras(path) {
  const lines = (await readFile(path, "utf8")).split("\n");
  for (const [pattern, replacement, isMeant] of YASGUI) {
    const at = lines.findIndex(isMeant);
    if (at < 0 || !lines[at].match(pattern)) throw new Error(`${path} has changed: look again at what build.mjs leaves out (${pattern})`);
    lines[at] = lines[at].replace(pattern, replacement);
  }
  return lines.join("\n");
}

await rm(out, { recursive: true, force: true });
const { metafile } = await build({
  metafile: true,
  absWorkingDir: here,
  entryPoints: [...entries.map((name) => `src/${name}`), "src/standalone.css", "src/suggest.css"],
  outdir: out,
  bundle: true,
  format: "iife",
  target: ["chrome111", "firefox115", "safari16.4"],
  minify: true,
  charset: "utf8",
  legalComments: "linked",
  loader: { ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "dataurl", ".svg": "dataurl", ".png": "dataurl", ".gif": "dataurl" },
  logLevel: "warning",
  plugins: [{
    name: "sources",
    setup(plugin) {
      plugin.onResolve({ filter: /^virtual:land$/ }, () => ({ path: "land", namespace: "land" }));
      plugin.onLoad({ filter: /yasgui\.esm\.js$/ }, async ({ path }) => ({ contents: await withoutExtras(path), loader: "js" }));
      plugin.onLoad({ filter: /.*/, namespace: "land" }, async () => ({ contents: JSON.stringify(await land()), loader: "json" }));
    },
  }],
});

// Whose work the bundles carry: the licence of every package in them, as its licence asks.
const inside = Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean);
const carried = [...new Set([...inside, "world-atlas"])].sort();
const notices = await Promise.all(carried.map(async (name) => {
  const folder = `${here}node_modules/${name}/`;
  const { version, license } = JSON.parse(await readFile(`${folder}package.json`, "utf8"));
  const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(folder + file, "utf8")));
  return [`== ${name} ${version} (${license})`, ...texts].join("\n\n");
}));
await writeFile(`${out}LICENSES.txt`, `${notices.join("\n\n")}\n`);
