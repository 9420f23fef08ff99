/** Share this very view with others: its link, the link as a QR code, and its map for a page of one's own. */
import { h, s, setText } from "../../dom.ts";
import { copyText } from "../shared/copying.ts";

const OWN_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/** @returns whether it leads to whoever follows it, not here */
const isOwnName = (link: string): boolean => OWN_NAMES.includes(new URL(link).hostname);

/** @param link  of this page @returns the same for others, where the server knows its address on the network */
function outward(link: string): string {
  const address = document.querySelector("meta[name=outward-address]")?.getAttribute("content");
  if (!address || !isOwnName(link)) return link;
  const url = new URL(link);
  url.hostname = address;
  return url.href;
}

/** Longer links break in mail and chat. */
const LONGEST_LINK = 2000;
/** Of a QR code that a phone still reads from a projector. */
const LONGEST_CODE = 1200;

async function code(link: string): Promise<SVGElement> {
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

function copyable(label: string, text: string) {
  const field = h("input", { class: "share-field", readonly: true, value: text, "aria-label": label, onfocus: () => field.select() });
  const said = h("span", { class: "note", role: "status" });
  const copy = async () => setText(said, (await copyText(text)) ? "Copied." : "Press Ctrl+C to copy.");
  return h("div", { class: "share-row" }, field, h("button", { type: "button", class: "button", onclick: copy }, "Copy"), said);
}

/** @param link  to what is shown */
export function createShare(link: string): HTMLElement {
  if (link.length > LONGEST_LINK) {
    return h("p", {}, `This view makes a link of ${link.length} characters; past ${LONGEST_LINK} mail and chat break it. Fewer points or runs make it shorter.`);
  }
  const shared = outward(link);
  const note = isOwnName(shared) ? closed() : shared !== link && named(shared);
  return h("div", {}, picture(shared), note, copyable("Link", shared),
    h("p", { class: "note" }, "The map and its playback alone, for a page of your own:"), copyable("HTML of a frame", embedHtml(shared)));
}

/** @returns HTML that shows the map of a view in a frame */
export function embedHtml(link: string): string {
  const url = new URL(link);
  url.pathname += "embed";
  const address = url.href.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${address}" title="Fall Line" width="640" height="480" style="border: 0" loading="lazy"></iframe>`;
}

function picture(link: string) {
  const place = h("div", { class: "code-place" });
  if (link.length <= LONGEST_CODE) void code(link).then((made) => place.append(made));
  else place.append(h("p", { class: "note" }, "Too long a link for a code that a phone can read."));
  return place;
}

const named = (link: string) => h("p", { class: "note" }, `Others on this network find the page at ${new URL(link).host}.`);

const closed = () => h("p", {}, "Only this computer can open this page. For others on the network to open it, start it with ", h("code", {}, "fallline --host 0.0.0.0"), " and share again.");
