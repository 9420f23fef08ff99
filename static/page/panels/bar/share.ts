/** Shares the present view: as a link, as a QR code, and as a map to embed. */
import { html, nothing } from "lit-html";
import { component } from "../../component.ts";
import { LONGEST_LINK } from "../../service/links.ts";
import { copyText } from "../shared/copying.ts";
import { drawnCode, LONGEST_CODE, MARGIN } from "./code.ts";

const OWN_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/** @returns whether a link names the computer that follows it, so that it cannot be followed from another one */
const isOwnName = (link: string): boolean => OWN_NAMES.includes(new URL(link).hostname);

/** @returns a link of this page with the server's address on the network, if it knows that, else unchanged */
function outward(link: string): string {
  const address = document.querySelector("meta[name=outward-address]")?.getAttribute("content");
  if (!address || !isOwnName(link)) return link;
  const url = new URL(link);
  url.host = address;
  return url.href;
}

function code(link: string) {
  const { viewBox, d } = drawnCode(link);
  return html`<svg class="code" viewBox=${viewBox} role="img" aria-label="QR code of this view">
    <rect x=${-MARGIN} y=${-MARGIN} width="100%" height="100%" fill="#fff"></rect><path
      d=${d} fill="#000"></path></svg>`;
}

const copyable = component<{ label: string; text: string }>((redraw) => {
  let message = "";

  return ({ label, text }) => {
    async function copy() {
      message = (await copyText(text)) ? "Copied." : "Press Ctrl+C to copy.";
      redraw();
    }

    return html`<div class="share-row"><input class="field" readonly value=${text} aria-label=${label}
      @focus=${({ target }: Event) => (target as HTMLInputElement).select()}><button type="button" class="button"
      @click=${copy}>Copy</button><span class="note" role="status">${message}</span></div>`;
  };
});

const picture = (link: string) =>
  html`<div>${
    link.length <= LONGEST_CODE
      ? code(link)
      : html`<p class="note">The link is too long for a code that phones can read.</p>`
  }</div>`;

const named = (link: string) =>
  html`<p class="note">Others on this network find the page at ${new URL(link).host}.</p>`;

const CLOSED = html`<p>It opens on this computer only, so there is no QR code for it. For others on the network to open
  it, start the page with <code>fallline --classroom</code> and share again.</p>`;

/** @param link  to what is shown */
export function share(link: string) {
  if (link.length > LONGEST_LINK) {
    return html`<p>This view makes a link of ${link.length} characters; past ${LONGEST_LINK} mail and chat break it.
      Fewer points or runs make it shorter.</p>`;
  }
  const shared = outward(link);
  const code = isOwnName(shared) ? CLOSED : picture(shared);
  return html`<div><p>Copy the address to open this view again as it is:</p>${copyable({
    label: "Link",
    text: shared,
  })}${code}${shared === link ? nothing : named(shared)}
    <p class="note">The map and its playback alone, for a page of your own:</p>${copyable({
      label: "HTML of a frame",
      text: embedHtml(shared),
    })}
    <p><a href=${pageAddress(link, "join", false)}
      target="_blank">For a whole room</a>: the address of this site and its QR code, large for the wall.</p>
    <p><a href=${pageAddress(link, "handout")}
      target="_blank">Hand-out to print</a>: the question on one side, the answer overleaf.</p></div>`;
}

/** @returns the address of another page, with the query of this view unless `keepsView` is false */
function pageAddress(link: string, name: string, keepsView = true): string {
  const url = new URL(link);
  url.pathname += name;
  url.hash = "";
  if (!keepsView) url.search = "";
  return url.href;
}

/** @returns HTML that shows the map of a view in a frame */
function embedHtml(link: string): string {
  const url = new URL(link);
  url.pathname += "embed";
  const address = url.href.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const look = 'title="Fall Line" width="640" height="480" style="border: 0" loading="lazy"';
  return `<iframe src="${address}" ${look}></iframe>`;
}
