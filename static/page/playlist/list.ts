/** The page on which a playlist is made: what there is to choose from on the left, the chosen parts on the right. */
import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../controls/icons.ts";
import { copyText } from "../panels/shared/copying.ts";
import { pictureOf } from "../service/api.ts";
import type { Guess } from "../state/types.ts";
import { theme } from "../theme.ts";
import {
  allSections,
  LONGEST_NAME,
  MOST_PARTS,
  minutesOf,
  type Offered,
  PART_WORDS,
  type Playlist,
  type PlayPart,
  partInfo,
  writePlaylist,
} from "./parts.ts";
import { ladder } from "./times.ts";

const HOW: Record<Guess["kind"], string> = {
  place: "point at the map",
  run: "choose a run",
  step: "give a number",
  choice: "choose",
};
const PICTURE = { width: 110, height: 74 };

interface ListPorts {
  offered: Offered;
  root: string;
  /** what is wrong with its address */
  faults: string[];
  /** goes on the wall */
  start: (parts: PlayPart[]) => void;
}

/** @param first  as its address has it */
export function openList(place: HTMLElement, first: Playlist, { offered, root, faults, start }: ListPorts) {
  let parts = first.parts.map((part) => ({ ...part }));
  let { name } = first;
  /** what is looked for in what there is to choose from */
  let sought = "";
  let open: PlayPart | null = null;
  let shows: PlayPart["kind"] = "preset";
  let said = "";
  let wrong = faults;

  const shown = () => parts.filter(({ skipped }) => !skipped);
  const address = () =>
    `${location.pathname}${parts.length || name ? "?" : ""}${writePlaylist({ name, parts }, offered)}`;
  const titleOf = (part: PlayPart) => partInfo(part, offered).title;

  function draw() {
    render(page(), place);
  }

  /** Sets the list, and says what was done. */
  function set(next: PlayPart[], words: string) {
    [parts, said, wrong] = [next, words, []];
    history.replaceState(null, "", address());
    draw();
  }

  function call(event: Event) {
    name = (event.currentTarget as HTMLInputElement).value.trim();
    set(parts, "");
  }

  function add(part: PlayPart) {
    if (parts.length >= MOST_PARTS) [said, wrong] = ["", [`A playlist has at most ${MOST_PARTS} parts.`]];
    else return set([...parts, part], `${titleOf(part)} is part ${shown().length + 1}.`);
    draw();
  }

  const rows = () => [...place.querySelectorAll<HTMLElement>(".play-row")];
  const focusOn = (k: number) => rows()[k]?.querySelector<HTMLElement>(".play-name")?.focus();

  function moveTo(part: PlayPart, to: number) {
    const at = parts.indexOf(part);
    if (to === at || !parts[to]) return;
    set(parts.toSpliced(at, 1).toSpliced(to, 0, part), `${titleOf(part)} is in place ${to + 1} of ${parts.length}.`);
  }

  function skip(part: PlayPart) {
    part.skipped = !part.skipped;
    set(parts, `${titleOf(part)} is ${part.skipped ? "skipped; it keeps its place" : "shown again"}.`);
  }

  function remove(part: PlayPart) {
    const at = parts.indexOf(part);
    set(parts.toSpliced(at, 1), `${titleOf(part)} is taken out.`);
    focusOn(Math.min(at, parts.length - 1));
  }

  function press(event: KeyboardEvent, part: PlayPart) {
    const { key, altKey, ctrlKey, metaKey } = event;
    const by = altKey ? ({ ArrowUp: -1, ArrowDown: 1 } as Record<string, number>)[key] : undefined;
    if (by) {
      const to = parts.indexOf(part) + by;
      moveTo(part, to);
      focusOn(parts.indexOf(part));
    } else if (altKey || ctrlKey || metaKey) return;
    else if (key === "s") skip(part);
    else if (key === "Delete") remove(part);
    else return;
    event.preventDefault();
  }

  /** Moves a row with the pointer that holds it. */
  function grab(event: PointerEvent, part: PlayPart) {
    const handle = event.currentTarget as HTMLElement;
    if (event.button !== 0) return;
    event.preventDefault();
    const moving = new AbortController();
    const { signal } = moving;
    place.classList.add("is-moving");
    const end = () => {
      moving.abort();
      place.classList.remove("is-moving");
    };
    const move = ({ clientY }: PointerEvent) => {
      const at = parts.indexOf(part);
      const above = rows().filter((row, k) => {
        const { top, height } = row.getBoundingClientRect();
        return k !== at && top + height / 2 < clientY;
      });
      moveTo(part, above.length);
    };
    // On the window, as a row loses its captured pointer when it is moved in the document.
    addEventListener("pointermove", move, { signal });
    for (const over of ["pointerup", "pointercancel"]) addEventListener(over, end, { signal });
    handle.focus();
  }

  function toggleSection(part: PlayPart, section: number) {
    const { sections } = part;
    part.sections = sections.includes(section)
      ? sections.filter((one) => one !== section)
      : [...sections, section].sort((a, b) => a - b);
    // A lesson without a section would show nothing, and is removed.
    if (part.sections.length) return set(parts, "");
    part.sections = sections;
    draw();
  }

  /** What there is of one kind, by chapters; of that what has all the words that are looked for. */
  function choice(kind: PlayPart["kind"]) {
    const all: { title: string; group: string; minutes: number }[] =
      kind === "preset" ? offered.scenes : offered.lessons;
    const words = sought.toLowerCase().split(/\s+/);
    const found = all
      .map((one, k) => ({ ...one, number: k + 1, text: `${k + 1} ${one.title} ${one.group}`.toLowerCase() }))
      .filter(({ text }) => words.every((word) => text.includes(word)));
    if (!found.length)
      return html`<p class="play-empty" role="status">No ${PART_WORDS[kind]} has “${sought}” in its name.</p>`;
    return html`<ol class="play-choice">${found.map(({ title, group, minutes, number }, k) => {
      const own = parts.filter((part) => part.kind === kind && part.number === number);
      const places = own.filter(({ skipped }) => !skipped).map((part) => shown().indexOf(part) + 1);
      const sections = kind === "lesson" ? allSections(offered.lessons[number - 1]) : [];
      const pick = () => add({ kind, number, sections, skipped: false });
      const begins = group !== found[k - 1]?.group;
      const head = begins ? html`<li class="play-group remark">${group}</li>` : nothing;
      return html`${head}<li><button type="button" class="play-pick" aria-label="Add ${title}"
        ?data-picked=${own.length > 0}
        @click=${pick}><span class="play-number remark">${number}</span><span class="play-title">${title}</span>${
          kind === "lesson" ? html`<span class="play-minutes">${minutes} min</span>` : nothing
        }${own.length ? html`<span class="play-place">${places.join()}</span>` : icon("plus")}</button></li>`;
    })}</ol>`;
  }

  function about({ kind, number, sections, skipped }: PlayPart) {
    const today = skipped ? ", not today" : "";
    if (kind === "preset") return `Scene ${number}, ${HOW[offered.scenes[number - 1].guess]}${today}`;
    const all = offered.lessons[number - 1].sections.length;
    const shows = sections.length === all ? `all ${all}` : `${sections.length} of ${all}`;
    return `Lesson ${number}, ${shows} sections${today}`;
  }

  const button = (label: string, name: "left" | "right" | "close", act: () => void, able = true) =>
    html`<button type="button" class="icon-button play-${name}" aria-label=${label} title=${label} ?disabled=${!able}
      @click=${act}>${icon(name)}</button>`;

  const ticks = (part: PlayPart) =>
    html`<fieldset class="play-sections tiles"><legend class="reader-only">Sections</legend>${offered.lessons[
      part.number - 1
    ].sections.map(
      ({ title }, k) => html`<label class="row"><input type="checkbox" class="tick"
        .checked=${part.sections.includes(k + 1)}
        ?disabled=${`${part.sections}` === `${k + 1}`} @change=${() => toggleSection(part, k + 1)}> ${title}</label>`,
    )}</fieldset>`;

  function row(part: PlayPart) {
    const { kind, number, skipped } = part;
    const at = parts.indexOf(part);
    const { title, minutes, query } = partInfo(part, offered);
    const isOpen = open === part;
    const toggle = () => {
      open = isOpen ? null : part;
      draw();
    };
    const picture = () => pictureOf(`${query}&paths=false`, { ...PICTURE, theme: theme() });
    return html`<li class="play-row" ?data-skipped=${skipped} ?data-open=${isOpen}>
      <span class="play-handle" aria-hidden="true" title="Drag to another place"
        @pointerdown=${(event: PointerEvent) => grab(event, part)}>⠿</span>
      <span class="play-at">${skipped ? "–" : shown().indexOf(part) + 1}</span>
      ${
        kind === "preset"
          ? html`<img class="play-picture" src=${picture()} width="56" height="38" alt="" loading="lazy">`
          : html`<span class="play-picture">${number}</span>`
      }
      <button type="button" class="play-name" aria-expanded=${isOpen} @click=${toggle}
        @keydown=${(event: KeyboardEvent) => press(event, part)}><strong>${title}</strong><span>${about(
          part,
        )}</span></button>
      <span class="play-acts row">${
        isOpen
          ? html`${button(`Move ${title} up`, "left", () => moveTo(part, at - 1), at > 0)}
        ${button(`Move ${title} down`, "right", () => moveTo(part, at + 1), at < parts.length - 1)}`
          : nothing
      }${
        isOpen || skipped
          ? html`<button type="button" class="quiet" @click=${() => skip(part)}>${
              skipped ? "Show again" : "Skip"
            }</button>`
          : nothing
      }${isOpen ? button(`Take ${title} out`, "close", () => remove(part)) : nothing}</span>
      <span class="play-minutes">${minutes && !skipped ? `${minutes} min` : ""}</span>
      ${isOpen && kind === "lesson" ? ticks(part) : nothing}</li>`;
  }

  /** Links to the hand-outs of the parts. */
  function handouts() {
    const links = shown().flatMap((part) => {
      const { kind, number } = part;
      if (kind === "preset") return [{ part, href: `${root}/handout?${offered.scenes[number - 1].query}` }];
      const { name, handout } = offered.lessons[number - 1];
      return handout ? [{ part, href: `${root}/lessons/${name}/handout` }] : [];
    });
    return html`<details class="play-handouts"><summary>Hand-outs</summary><ul>${links.map(
      ({
        part,
        href,
      }) => html`<li class="wraps">${titleOf(part)} <span class="row"><a href="${href}#questions" target="_blank"
        aria-label="Questions of ${titleOf(part)}">Questions</a> <a href="${href}#answers" target="_blank"
        aria-label="Answers of ${titleOf(part)}">Answers</a></span></li>`,
    )}</ul></details>`;
  }

  /** @returns how much it is */
  function amount() {
    const count = shown().length;
    const minutes = shown().flatMap((part) => partInfo(part, offered).minutes ?? []);
    const sum = minutes.reduce((all, one) => all + one, 0);
    return html`<strong>${count}</strong> part${count === 1 ? "" : "s"}${
      sum ? html`, about <strong>${sum}</strong> minute${sum === 1 ? "" : "s"}` : nothing
    }`;
  }

  const toList = () => place.querySelector(".play-list")?.scrollIntoView();

  async function copy() {
    said = (await copyText(new URL(address(), location.href).href)) ? "Copied." : "The address bar has it.";
    draw();
  }

  function present(event: Event) {
    const { href, target } = event.currentTarget as HTMLAnchorElement;
    if (window.open(href, target, "popup,width=1366,height=768")) event.preventDefault();
  }

  /** The address in pieces, so that lines break between parts. */
  const pieces = () => (address().match(/[^,&+]*[,&+]|[^,&+]+/g) ?? []).map((piece) => html`<span>${piece}</span>`);

  const ways = () => html`<p class="play-address row wraps"><code>${pieces()}</code> <button type="button"
      class="quiet underlined" @click=${copy}>Copy</button></p>
    <p class="remark">All of the list is in this address: keep it as a bookmark, or give it to a colleague.</p>
    <p class="play-ways row wraps"><button type="button" class="button strong"
      @click=${() => start(shown())}>Start with the class</button> <a href="#presenter"
      target="fallline-presenter" @click=${present}>Presenter’s view in a second window</a></p>
    <p class="remark">On the wall Page Down and Page Up, the keys of a clicker, go through it; <kbd>b</kbd>
      turns it black, <kbd>Esc</kbd> comes back here.</p>
    ${handouts()}`;

  function page() {
    const minutes = minutesOf(shown(), offered);
    const tab = (kind: PlayPart["kind"], word: string) => html`<button type="button" class="word"
      aria-pressed=${shows === kind} @click=${() => {
        shows = kind;
        draw();
      }}>${word}</button>`;
    return html`<section class="play-offer" aria-labelledby="play-offer"><h1 id="play-offer">Pick for the hour</h1>
      <div class="words">${tab("lesson", "Lessons")}${tab("preset", "Scenes")}<button type="button"
        class="quiet underlined play-to-list" @click=${toList}>To the list: ${shown().length}</button><input
        type="search" class="play-search" placeholder="Find a ${PART_WORDS[shows]}"
        aria-label="Find a ${PART_WORDS[shows]}" @input=${(event: Event) => {
          sought = (event.currentTarget as HTMLInputElement).value.trim();
          draw();
        }}></div>
      ${choice(shows)}</section>
    <section class="play-list" aria-labelledby="play-list"><header
      class="wraps"><h2
      id="play-list"><label><span class="reader-only">Playlist</span><input class="play-called" maxlength=${
        LONGEST_NAME
      } placeholder="Playlist" title="Its name" .value=${name} @change=${call}></label></h2>
      <p>${amount()}</p></header>${
        wrong.length
          ? html`<ul class="play-faults" role="alert">${wrong.map((one) => html`<li>${one}</li>`)}</ul>`
          : nothing
      }
      ${minutes ? ladder(minutes) : nothing}
      <p class="reader-only" role="status">${said}</p>
      ${
        parts.length
          ? html`<ol>${repeat(parts, (part) => part, row)}</ol>
      <p class="remark">On a row <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> moves it, <kbd>s</kbd>
        skips it, <kbd>Delete</kbd> takes it out.</p>`
          : html`<p class="play-empty">Nothing is chosen yet. Press a scene or a lesson to add it; what is added here
        is shown in this order, by a clicker alone.</p>`
      }${shown().length ? ways() : nothing}</section>`;
  }

  draw();
}
