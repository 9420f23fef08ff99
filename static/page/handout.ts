/** What scripts add to a hand-out: the QR code of its view, and a button that prints it. */
import { drawnCode, LONGEST_CODE } from "./panels/bar/code.ts";

const SVG = "http://www.w3.org/2000/svg";

function element(name: string, attributes: Record<string, string>) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const place = document.querySelector<HTMLElement>(".code");
const link = place?.dataset.link;
if (place && link && link.length <= LONGEST_CODE) {
  const { viewBox, d } = drawnCode(link);
  const picture = element("svg", { viewBox, role: "img", "aria-label": "QR code of this view" });
  picture.append(element("path", { d }));
  place.append(picture);
}

// A link may ask for only one of the sides.
for (const choice of document.querySelectorAll<HTMLInputElement>(".which input"))
  if (location.hash === `#${choice.value}`) choice.checked = true;

const button = document.querySelector<HTMLButtonElement>("#print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
