/** What scripts add to a hand-out: the QR code of its view, and a button that prints it. */
import { s } from "./dom.ts";
import { drawnCode, LONGEST_CODE } from "./panels/bar/code.ts";

const place = document.querySelector<HTMLElement>(".code");
const link = place?.dataset.link;
if (place && link && link.length <= LONGEST_CODE) {
  const { viewBox, d } = drawnCode(link);
  place.append(s("svg", { viewBox, role: "img", "aria-label": "QR code of this view" }, s("path", { d })));
}

// A link may ask for only one of the sides.
for (const choice of document.querySelectorAll<HTMLInputElement>(".which input"))
  if (location.hash === `#${choice.value}`) choice.checked = true;

const button = document.querySelector<HTMLButtonElement>("#print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
