// Builds the explorer's scripts and styles into ../static: classic scripts that work from a server and from a file alike.
import { build } from "esbuild";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../static/", import.meta.url));
const entries = ["link_map", "overview", "timeline", "transfers", "workbench"];

await rm(out, { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: [...entries.map((name) => `src/${name}.ts`), "src/standalone.css"],
  outdir: out,
  bundle: true,
  format: "iife",
  target: ["chrome111", "firefox115", "safari16.4"],
  minify: true,
  charset: "utf8",
  legalComments: "linked",
  loader: { ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "dataurl", ".svg": "dataurl", ".png": "dataurl", ".gif": "dataurl" },
  logLevel: "warning",
});
