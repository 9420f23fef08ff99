/** One strip above the map for what stands between the page and its picture. */
import { icon } from "../controls/icons.js";
import { isStale } from "../state/state.js";
import { setStart, setWindow } from "../state/actions.js";
import { startOffer } from "../words/startTrouble.js";
import { inPlainWords } from "../words/refusal.js";
import { h, setText } from "../dom.js";

/** @typedef {import("../state/types.js").State} State */
/** @typedef {import("../state/store.js").Store} Store */
/** @typedef {import("../words/startTrouble.js").Offer} Offer */

/** @param {State} state @param {number} now  milliseconds @returns {string} */
function words(state, now) {
  const { fault, world, entries } = state;
  if (fault?.kind === "gone") {
    const seconds = Math.max(0, Math.ceil((fault.retryAt - now) / 1000));
    const kept = world ? " What is drawn stays and plays." : "";
    return `The server does not answer.${kept} ${seconds ? `Trying again in ${seconds} s.` : "Trying again."}`;
  }
  if (fault?.kind !== "refused" || (fault.entry !== null && entries.some(({ id }) => id === fault.entry))) return "";
  const formula = state.problem.expression !== undefined && fault.errors.some(({ loc }) => loc.includes("expression"));
  if (formula) return isStale(state) && world ? "Still showing the last formula that could be read." : "";
  return fault.errors.map(inPlainWords).join(" ");
}

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {() => void} onRetry
 * @param {string[]} first  what the address said that could not be read
 */
export function createNotice(root, store, onRetry, first) {
  const text = h("span");
  const retry = h("button", { type: "button", class: "quiet strong", onclick: onRetry }, "Try now");
  const help = h("button", { type: "button", class: "quiet strong", onclick: accept });
  const strip = h("div", { class: "notice", role: "status", hidden: true }, icon("warn"), text, retry, help);
  /** @type {Offer | null} */
  let offer = null;
  let remarks = first;
  root.append(strip);

  function accept() {
    if (offer?.start) store.update(setStart, offer.start, false);
    if (offer?.window) store.update(setWindow, offer.window, false);
  }

  return {
    /** Something was done: remarks on the address are past. */
    forget() {
      remarks = [];
    },
    /** @param {State} state @param {number} now @returns {boolean} whether it counts down */
    render(state, now) {
      offer = state.fault?.kind === "gone" ? null : startOffer(state);
      const said = offer?.words || words(state, now) || remarks.join(" ");
      help.hidden = !offer?.label;
      setText(help, offer?.label ?? "");
      strip.hidden = !said;
      setText(text, said);
      const gone = state.fault?.kind === "gone";
      strip.classList.toggle("is-warning", state.fault !== null && !said.startsWith("Still"));
      retry.hidden = !gone;
      return gone;
    },
  };
}
