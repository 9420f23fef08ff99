/** Content that opens beside its button. Escape, a click elsewhere or a choice in it closes it. */
import { html, noChange, nothing, render } from "lit-html";
import { Directive, directive, type ElementPart } from "lit-html/directive.js";
import { renderDetached } from "../component.ts";
import { retryWhileTransient } from "../service/retry.ts";

const GAP = 6;

/** Places it below its button, or above where there is more room; it scrolls where there is too little. */
function place(box: HTMLElement, button: HTMLElement) {
  const from = button.getBoundingClientRect();
  const [above, below] = [from.top - 2 * GAP, innerHeight - from.bottom - 2 * GAP];
  box.style.maxHeight = "none";
  const { offsetWidth: width, offsetHeight: height } = box;
  const under = height <= below || below >= above;
  box.style.maxHeight = `${Math.floor(under ? below : above)}px`;
  box.style.top = `${Math.round(under ? from.bottom + GAP : Math.max(GAP, from.top - GAP - height))}px`;
  box.style.left = `${Math.round(Math.max(GAP, Math.min(from.left, innerWidth - width - GAP)))}px`;
}

/** @returns the elements that Tab stops at */
const stopsIn = (box: HTMLElement): HTMLElement[] =>
  [...(box.querySelectorAll("button, input, select, textarea, summary, a[href]") as NodeListOf<HTMLElement>)].filter(
    (stop) => stop.tabIndex >= 0 && stop.checkVisibility(),
  );

interface Popover {
  label: string;
  className?: string;
  /** @returns the content, made anew each time it opens */
  fill: (close: () => void) => unknown;
}

export function createPopover({ button, label, className = "", fill }: Popover & { button: HTMLElement }) {
  const { root: box } = renderDetached<string, HTMLElement>(
    (name) => html`<div class="popover ${className}" popover="auto" role="dialog" aria-label=${name}></div>`,
    label,
  );
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  const close = () => box.hidePopover();
  // Not on "toggle", which may come after the button has been pressed again.
  box.addEventListener("beforetoggle", (event) => {
    const open = (event as ToggleEvent).newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (open) return;
    opening.abort();
    // From within a menu the browser does not give it back.
    if (box.contains(document.activeElement)) button.focus();
  });
  box.addEventListener("toggle", (event) => (event as ToggleEvent).newState === "open" || render(nothing, box));
  /** Aborted when it is closed before its content has come. */
  let opening = new AbortController();
  /**
   * Whether it was open at the start of the press: the browser closes it on a press outside, before the click comes.
   */
  let pressedOpen = false;
  button.addEventListener("pointerdown", () => (pressedOpen = box.matches(":popover-open")));

  function show(content: unknown) {
    render(content, box);
    // Within its figure, whose look it has and with which it is removed; or in its button's menu, which else closes.
    const around = button.closest(":popover-open, .figure") ?? document.body;
    if (box.parentElement !== around) around.append(box);
    const wasOpen = box.matches(":popover-open");
    if (!wasOpen) box.showPopover();
    place(box, button);
    // The focus stays where the reader has moved it meanwhile.
    if (wasOpen && ![button, document.body].includes(document.activeElement as HTMLElement)) return;
    const first = (box.querySelector("[autofocus]") ??
      box.querySelector("button, input, select, a[href]")) as HTMLElement | null;
    first?.focus();
  }

  function open() {
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    const onWait = (words: string) => show(html`<p class="note waits" role="status">${words}</p>`);
    retryWhileTransient(() => fill(close), { signal, onWait }).then(
      (content) => signal.aborted || show(content),
      (error) => {
        if (signal.aborted) return;
        console.warn("nothing could be opened:", error);
        show(html`<p class="note">This could not be opened.</p>`);
      },
    );
  }

  /** Tab moves between it and its button, though it stands at the end of the page. */
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = stopsIn(box);
    if (document.activeElement !== stops.at(event.shiftKey ? 0 : -1)) return;
    if (event.shiftKey) event.preventDefault();
    close();
    button.focus();
  });

  button.addEventListener("click", ({ detail }) => {
    if (detail === 0 || !pressedOpen) open();
  });
  return { open, close };
}

/** A directive for the button that opens it. */
export const popover = directive(
  class extends Directive {
    props!: Popover;
    made: ReturnType<typeof createPopover> | undefined;

    render(_: Popover) {
      return noChange;
    }

    update({ element }: ElementPart, [props]: [Popover]) {
      this.props = props;
      this.made ??= createPopover({
        ...props,
        button: element as HTMLElement,
        fill: (close) => this.props.fill(close),
      });
      return noChange;
    }
  },
);
