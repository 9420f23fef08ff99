// Lets Node.js find the page's libraries under the names of its import map, in the very bundles browsers get:
//     node --import ./tests/js/libraries.js --test
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";

registerHooks({
  resolve(name, context, next) {
    const bundle = new URL(`../../static/vendor/${name}.js`, import.meta.url);
    return !/^[./#]|:/.test(name) && existsSync(bundle) ? { url: bundle.href, format: "module", shortCircuit: true } : next(name, context);
  },
});
