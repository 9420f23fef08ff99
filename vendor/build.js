// Bundle the third-party libraries, and nothing else, into one folder:
//     node vendor/build.js OUT
// Each file of vendor/bundles becomes OUT/<name>, so a module's name in the import map is its file name.
// Licence texts of everything that went in are collected in OUT/LICENSES.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGES = resolve(HERE, "..", "node_modules");

// Taken as it is: a classic script of over a megabyte that its makers have bundled already, with the licences of its parts.
const COPIED = {
  "swagger-ui/bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
  "LICENSES/swagger-ui-dist.parts": "swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt",
};

/** Keep what every browser in use reads: WOFF2, and of the text font Latin and Greek. */
const trimFonts = {
  name: "trim-fonts",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, ({ path }) => {
      const css = readFileSync(path, "utf8")
        .replace(/,\s*url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)/g, "")
        .replace(/@font-face\s*{[^}]*}/g, (face) => (/-(cyrillic|vietnamese|greek-ext|latin-ext)/.test(face) ? "" : face));
      return { contents: css, loader: "css" };
    });
  },
};

/** Bundle every entry. Returns the paths of all files that went in. */
async function bundle(out) {
  const folder = join(HERE, "bundles");
  const result = await build({
    entryPoints: readdirSync(folder).map((name) => join(folder, name)),
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    loader: { ".woff2": "copy" },
    assetNames: "fonts/[name]",
    plugins: [trimFonts],
    metafile: true,
    logLevel: "warning",
  });
  return Object.keys(result.metafile.inputs);
}

/** The package folder of a bundled file: node_modules/d3-array, node_modules/@scope/name. */
function packageOf(path) {
  return path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
}

/** The licence files of a package; one without any states its terms at the head of its code. */
function licenceTexts(name, inputs) {
  const folder = join(PACKAGES, name);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  if (files.length > 0) return files.map((file) => readFileSync(join(folder, file), "utf8"));
  return inputs.filter((path) => packageOf(path) === name).map((path) => readFileSync(path, "utf8").match(/^(\/\/.*\n|\s+)*/)[0]);
}

function collectLicences(inputs, out) {
  for (const name of new Set(inputs.map(packageOf).filter(Boolean))) {
    const texts = licenceTexts(name, inputs).join("\n");
    if (!/copyright/i.test(texts)) throw new Error(`no licence text found for ${name}`);
    writeFileSync(join(out, "LICENSES", name.replace("/", "+")), texts);
  }
}

const out = resolve(process.argv[2]);
rmSync(out, { recursive: true, force: true });
for (const folder of ["LICENSES", "swagger-ui"]) mkdirSync(join(out, folder), { recursive: true });
const copied = Object.entries(COPIED).map(([name, path]) => [join(PACKAGES, path), join(out, name)]);
for (const [from, to] of copied) copyFileSync(from, to);
collectLicences([...(await bundle(out)), ...copied.map(([from]) => from)], out);
