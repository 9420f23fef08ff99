/** Share this very view: its link, the link as a QR code, and the call that gets the same runs from the API. */
import { address } from "../net/http.js";
import { createPopover } from "../controls/popover.js";
import { h, s, setText } from "../dom.js";

/** Longer links break in mail and chat. */
const LONGEST_LINK = 2000;
/** Of a QR code that a phone still reads from a projector. */
const LONGEST_CODE = 1200;

/** @param {string} link @returns {Promise<SVGElement>} */
async function code(link) {
  const { default: qrcode } = await import("qrcode-generator");
  const made = qrcode(0, "L");
  made.addData(link);
  made.make();
  const count = made.getModuleCount();
  const cells = [];
  for (let row = 0; row < count; row++) for (let column = 0; column < count; column++) if (made.isDark(row, column)) cells.push(`M${column} ${row}h1v1h-1z`);
  return s("svg", { class: "code", viewBox: `-3 -3 ${count + 6} ${count + 6}`, role: "img", "aria-label": "QR code of this view" },
    s("rect", { x: -3, y: -3, width: count + 6, height: count + 6, fill: "#fff" }), s("path", { d: cells.join(""), fill: "#000" }));
}

/** Where the page came over plain http there is no clipboard to write to; then the text is there to be copied by hand. @param {HTMLInputElement | HTMLTextAreaElement} field @param {Element} said */
async function copy(field, said) {
  field.select();
  const done = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
  setText(said, done || document.execCommand("copy") ? "Copied." : "Press Ctrl+C to copy.");
}

/** @param {string} label @param {string} value */
function copyable(label, value) {
  const field = h("input", { class: "share-field", readonly: true, value, "aria-label": label, onfocus: () => field.select() });
  const said = h("span", { class: "note", role: "status" });
  return h("div", { class: "share-row" }, h("span", { class: "share-label" }, label), field, h("button", { type: "button", class: "button", onclick: () => void copy(field, said) }, "Copy"), said);
}

/**
 * @param {HTMLButtonElement} button
 * @param {() => {link: string, specQuery: string}} view
 */
export function createShare(button, view) {
  createPopover({ button, label: "Share this view", className: "share", fill: () => content(view()) });
}

/** @param {{link: string, specQuery: string}} view */
function content({ link, specQuery }) {
  if (link.length > LONGEST_LINK) {
    return h("p", {}, `This view makes a link of ${link.length} characters; past ${LONGEST_LINK} mail and chat break it. Fewer points or runs make it shorter.`);
  }
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  const reach = local && h("p", { class: "note" }, "This address is this computer’s own name for itself. For a phone, open the page here by the address that other devices use, then share.");
  const place = h("div", { class: "code-place" });
  if (link.length <= LONGEST_CODE) void code(link).then((picture) => place.append(picture));
  else place.append(h("p", { class: "note" }, "Too long a link for a code that a phone can read."));
  const call = `curl '${new URL(address("/trajectories", specQuery), location.href)}'`;
  return h("div", {}, place, reach, copyable("Link", link), copyable("The same from the API", call));
}
