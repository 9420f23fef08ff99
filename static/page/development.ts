/** In development: reloads the page once the server has built it anew. */
const EVERY = 700;

const read = async () => (await fetch(new URL("../development/version", import.meta.url))).text();
let opened: string | null = null;

/** A server that restarts does not answer. */
async function look() {
  const version = await read().catch(() => null);
  if (opened !== null && version !== null && version !== opened) location.reload();
  opened ??= version;
  setTimeout(look, EVERY);
}

void look();
