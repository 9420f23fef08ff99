/** The page of a student in a class: a seat of its room, or what asks for its code. */
import { openSeat } from "./room/seat.ts";

const place = document.querySelector("main") as HTMLElement;
const { root = "", code = "", logo = "" } = place.dataset;

/** Rooms have codes of four letters. */
function askCode() {
  const form = place.querySelector("form") as HTMLFormElement;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = new FormData(form).get("code") as string;
    if (code.trim()) location.assign(`${root}/join/${encodeURIComponent(code.trim().toUpperCase())}`);
  });
}

if (code) openSeat(place, { code, root, logo });
else askCode();
