/** The presenter's view in a window of its own: what the class sees, what comes next, notes and the time. */
import { html, nothing, render } from "lit-html";
import { setProseFormulas } from "../panels/lesson/proseFormulas.ts";
import { pictureOf } from "../service/api.ts";
import { send } from "../service/http.ts";
import { persist } from "../service/persist.ts";
import { theme } from "../theme.ts";
import { type OnWall, openChannel } from "./channel.ts";
import { createFrame, type Led, openPart, pageOf } from "./frame.ts";
import { show } from "./mirror.ts";
import { minutesOf, type Offered, type PlayPart, toldOf } from "./parts.ts";
import { delayOf, ladder } from "./times.ts";

const KEYS = ["PageDown", "PageUp", "b", "."];
const PICTURE = { width: 404, height: 260 };
const list = `${location.pathname}${location.search}`;
const two = (number: number) => String(Math.floor(number)).padStart(2, "0");

/**
 * @param parts  without those that are skipped
 * @param ports.back  the list that they are from @param ports.how  how they are put on the wall
 * @param ports.shown  told, again and again, what shows here of the wall
 * @returns it is shown again
 */
export function openPresenter(
  place: HTMLElement,
  parts: PlayPart[],
  offered: Offered,
  root: string,
  {
    back = { word: "Playlist", address: list },
    how = "Start with the class",
    shown = () => {},
  }: { back?: { word: string; address: string }; how?: string; shown?: (page: Window, led: Led) => void } = {},
) {
  let now: OnWall | null = null;
  let mirrored = "";
  let large = false;
  const minutes = minutesOf(parts, offered);
  const notes: Map<number, Element[] | string> = new Map();
  const box = document.createElement("div");
  box.className = "presenter-wall";
  const frame = createFrame(box, { inert: true, onPage: follow });

  /** The frame is as large as the window on the wall, and drawn smaller. */
  function fit() {
    const [width, height] = now?.size ?? [16, 9];
    box.style.setProperty("--wall-ratio", String(width / height));
    box.style.setProperty("--wall-width", `${width}px`);
    box.style.setProperty("--wall-height", `${height}px`);
    box.style.setProperty("--small", String(box.clientWidth / width));
  }

  function follow() {
    const [page, led] = [frame.page(), frame.led()];
    if (!now?.shown || !page || !led || (now.shown.place === null) === "figures" in led) return;
    show(page, led, now.shown);
    shown(page, led);
  }

  /** A lesson has a page of its own, all scenes have one. */
  function mirror() {
    const part = now && parts[now.part];
    if (!part) return;
    const page = part.kind === "scene" ? "scene" : pageOf(part, offered, root);
    if (page !== mirrored) openPart(frame, part, offered, root);
    else follow();
    mirrored = page;
  }

  const post = openChannel((message) => {
    if (message.to !== "presenter") return;
    now = message.now;
    draw();
    fit();
    mirror();
  });

  const press = (key: string) => post({ to: "wall", press: key });
  const goTo = (part: number) => post({ to: "wall", part });

  /** @returns the notes on the lesson, with what is to be done in the section that is shown */
  function ofLesson(number: number, section: string) {
    const { name, notes: any } = offered.lessons[number - 1];
    if (!any) return nothing;
    if (!notes.has(number)) {
      notes.set(number, "On their way.");
      const fetched = async () => (await send(`${root}/lessons/${name}/notes`)).text();
      const say = (words: string) => void notes.set(number, words);
      persist(fetched, { onWait: say }).then(
        (text) => {
          const page = new DOMParser().parseFromString(text, "text/html");
          const own = [...page.querySelectorAll("main > h2, main > .prose")].map((one) =>
            document.importNode(one, true),
          );
          notes.set(number, own);
          draw();
          void setProseFormulas();
        },
        () => say("The notes did not come."),
      );
    }
    const own = notes.get(number) ?? [];
    if (typeof own !== "string")
      for (const row of own.flatMap((one) => [...one.querySelectorAll("tr, li")]))
        row.classList.toggle("is-now", row.querySelector("td, strong")?.textContent === section);
    return own;
  }

  /** The sections of a lesson that are shown, and the one on the wall, from 0. */
  function sectionOf({ number, sections }: PlayPart) {
    const all = offered.lessons[number - 1].sections;
    const at = now?.shown?.place?.[0] ?? 0;
    return { at, count: sections.length, now: all[sections[at] - 1], next: all[sections[at + 1] - 1] };
  }

  /** What comes after what is on the wall: of a lesson its next section, else the next part. */
  function next(part: PlayPart) {
    const after = parts[(now?.part ?? 0) + 1];
    const section = part.kind === "lesson" ? sectionOf(part).next : undefined;
    if (section) return { title: section.title, query: section.query, of: "the next section" };
    return after && { ...toldOf(after, offered), of: after.kind === "scene" ? "the next scene" : "the next lesson" };
  }

  /** @returns what a press goes to; empty where only the page knows */
  const nextBeat = ({ beats, beat }: OnWall) => (beat < 0 ? "" : (beats[beat + 1] ?? ""));

  const elapsed = (ms: number) => `${Math.floor(ms / 60_000)}:${two((ms / 1000) % 60)}`;

  function clock() {
    const time = new Date();
    const passed = now && Math.max(0, time.getTime() - now.began);
    const late = now && passed !== null && minutes ? delayOf(minutes, now.part, passed / 60_000) : "";
    const all = minutes?.reduce((sum, one) => sum + one, 0);
    return html`<p class="presenter-clock"><strong>${two(time.getHours())}:${two(time.getMinutes())}</strong>${
      passed === null ? nothing : html` <span>${elapsed(passed)}${all ? ` of ${all} min` : ""}</span>`
    }${late ? html` <span class="presenter-late">now, ${late}</span>` : nothing}</p>
    ${minutes ? ladder(minutes, passed && passed / 60_000) : nothing}`;
  }

  const strip = ({ beats, beat }: OnWall) =>
    beats.length
      ? html`<ol class="presenter-beats" aria-label="Beats of this scene">${beats.map(
          (word, k) => html`<li aria-current=${k === beat ? "step" : nothing}>${word}</li>`,
        )}</ol>`
      : nothing;

  function notesOf(part: PlayPart) {
    if (part.kind === "lesson") return ofLesson(part.number, sectionOf(part).now.title);
    const [sentence, more, change] = offered.scenes[part.number - 1].notes;
    return html`<p><strong>${sentence}</strong></p><p>${more}</p><p>${change}</p>`;
  }

  function showing(wall: OnWall, part: PlayPart) {
    const coming = next(part);
    const beat = nextBeat(wall);
    const { title } = toldOf(part, offered);
    const section = part.kind === "lesson" ? sectionOf(part) : null;
    const size = () => {
      large = !large;
      draw();
    };
    return html`<section class="presenter-now" aria-labelledby="presenter-now"><header><h2
      id="presenter-now">The class sees</h2>${
        section ? html`<p>section ${section.at + 1} of ${section.count}: ${section.now.title}</p>` : strip(wall)
      }</header>${box}${wall.black ? html`<p class="presenter-black" role="status">The wall is black.</p>` : nothing}
      <p class="presenter-ways row wraps"><button type="button" class="button"
        @click=${() => press("PageUp")}>Back</button>
        <button type="button" class="play-start" @click=${() => press("PageDown")}>Next${
          beat ? `: ${beat.toLowerCase()}` : ""
        } <kbd>Page Down</kbd></button>
        <button type="button" class="quiet" aria-pressed=${wall.black}
          @click=${() => press("b")}>Black <kbd>b</kbd></button>
        ${
          parts[wall.part + 1]
            ? html`<button type="button" class="quiet" @click=${() => goTo(wall.part + 1)}>Skip this part</button>`
            : nothing
        }</p>
      <ol class="presenter-parts wraps" aria-label="Parts">${parts.map(
        (one, k) => html`<li><button type="button" class="quiet" aria-current=${k === wall.part ? "step" : nothing}
          @click=${() => goTo(k)}>${k + 1} ${toldOf(one, offered).title}</button></li>`,
      )}</ol></section>
    <section class="presenter-next" aria-labelledby="presenter-next"><header><h2 id="presenter-next">Next</h2><p>${
      coming ? coming.of : "nothing: this part is the last"
    }</p></header>${
      coming
        ? html`${
            coming.query
              ? html`<img alt="" width=${PICTURE.width} height=${PICTURE.height}
                src=${pictureOf(`${coming.query}&paths=false`, { ...PICTURE, theme: theme() })}>`
              : nothing
          }<p><strong>${coming.title}</strong></p>`
        : nothing
    }</section>
    <section class="presenter-notes" aria-labelledby="presenter-notes" ?data-large=${large}><header><h2
      id="presenter-notes">Notes</h2><p>${title}</p><button type="button" class="quiet" aria-pressed=${large}
      @click=${size}>Larger</button></header>${notesOf(part)}</section>`;
  }

  const waiting = () => html`<p class="presenter-waits">The wall is not open.
    <a href=${`${list}#1`} target="_blank">Open it in a window</a>, put that on the wall, and it is shown here;
    or press <em>${how}</em> in the list.</p>`;

  function draw() {
    const part = now && parts[now.part];
    const at =
      now && part
        ? html`<p>part <strong>${now.part + 1}</strong> of ${parts.length}: ${toldOf(part, offered).title}</p>`
        : nothing;
    render(
      html`<header class="presenter-head wraps"><h1><a
        href=${back.address}>${back.word}</a></h1>${at}${clock()}</header>
      <div class="presenter-sheet">${now && part ? showing(now, part) : waiting()}</div>`,
      place,
    );
  }

  addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey || !KEYS.includes(key)) return;
    event.preventDefault();
    press(key);
  });
  new ResizeObserver(fit).observe(box);
  setInterval(draw, 1000);
  draw();
  post({ to: "wall" });
  return { again: follow };
}
