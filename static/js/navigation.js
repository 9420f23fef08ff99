/** The address bar and the state, kept the same: back, forward, a reload and a shared link show the same thing. */
import { openView } from "./state/actions.js";
import { readAddress, writeAddress } from "./state/address.js";
import { OPENING } from "./state/opening.js";
import { viewOf } from "./state/state.js";

/** @typedef {import("./state/types.js").View} View */
/** @typedef {import("./state/address.js").AddressFault} AddressFault */

/** Milliseconds: browsers take offence at more than a few changes of the address a second. */
const REST = 250;

/** @returns {{view: View, faults: AddressFault[]}} of the address bar */
export function viewInAddress() {
  const { search, hash } = location;
  const opening = search.length > 1 ? search : OPENING;
  return readAddress(opening, hash);
}

/** @param {View} view */
const addressOf = (view) => {
  const { query, fragment } = writeAddress(view);
  const said = query === writeAddress(readAddress(OPENING).view).query ? "" : `?${query}`;
  return `${location.pathname}${said}${fragment && "#"}${fragment}`;
};

/**
 * @param {object} ports
 * @param {import("./state/store.js").Store} ports.store
 * @param {() => number | null} ports.step  to be kept in the address
 * @param {(view: View) => void} ports.onOpen  another address was gone to
 */
export function createNavigation({ store, step, onOpen }) {
  let timer = 0;
  let written = "";
  let lastEdit = "open";

  function write() {
    const state = store.get();
    const address = addressOf(viewOf(state, step()));
    if (address === written) return;
    const isNew = state.edit !== lastEdit && state.edit !== "window";
    lastEdit = state.edit;
    written = address;
    if (isNew && new URL(address, location.href).search !== location.search) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  /** The state has changed; the address follows once nothing moves. */
  function note() {
    clearTimeout(timer);
    if (!store.get().moving) timer = window.setTimeout(write, REST);
  }

  window.addEventListener("popstate", () => {
    clearTimeout(timer);
    const { view } = viewInAddress();
    store.update(openView, view);
    written = addressOf(view);
    lastEdit = "open";
    onOpen(view);
  });

  return {
    note,
    /** @returns {string} the full link to what is shown now */
    link: () => new URL(addressOf(viewOf(store.get(), step())), location.href).href,
  };
}
