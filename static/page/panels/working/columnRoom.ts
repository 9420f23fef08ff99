/**
 * What stands in the right column with the working: as much as there is room for, the loss chart first. Decided once
 * for the lines of a rule and the size of the column, never by the numbers of a step, so that nothing comes and goes
 * while it plays.
 */
import { watchSize } from "../../figure/ending.ts";
import type { Figure } from "../../figure/figure.ts";

/** Of the loss chart with its heading, in pixels; both larger where type is. */
const LOSS = { least: 148, most: 300 };
/** Kept free: a line that breaks in two with longer numbers, a reason in the standings. */
const SPARE = 26;

/**
 * @param panel  of the working, in its section of the column
 * @param height  of what the working has to show, in full
 */
export function createColumn({ found, ended, invalidate }: Figure, panel: HTMLElement, height: () => number) {
  const section = found("working") as HTMLElement;
  const [words, data, standings] = ["words", "data", "standings"].map(found);
  const heightOf = (part: HTMLElement | null) => part?.offsetHeight ?? 0;
  const column = section.parentElement as HTMLElement;
  let [size, decided] = ["", ""];
  watchSize(
    column,
    () => {
      const now = `${column.clientWidth} ${column.clientHeight}`;
      if (now !== size) invalidate();
      size = now;
    },
    ended,
  );

  /** Pixels that the working and its guests may share. */
  const room = () => column.clientHeight - heightOf(words) - heightOf(data);

  const invite = (guests: string[]) => {
    column.dataset.beside = guests.join(" ");
  };

  /** @returns how many pixels are left */
  function left(): number {
    invite([]);
    return room() - height() - (section.offsetHeight - panel.offsetHeight) - SPARE;
  }

  /** Give the rest away. @param scale  of type */
  function share(scale: number) {
    let rest = left();
    invite(["standings"]);
    const wanted: [string, number][] = [
      ["loss", LOSS.least * scale],
      ["standings", heightOf(standings)],
    ];
    const guests = wanted.filter(([, needs]) => {
      const fits = needs <= rest;
      if (fits) rest -= needs;
      return fits;
    });
    invite(guests.map(([name]) => name));
    column.style.setProperty("--loss-height", `${Math.min(LOSS.most * scale, LOSS.least * scale + rest)}px`);
  }

  return {
    /** The letters have come, or anything else that changes how high things are. */
    forget() {
      decided = "";
    },
    /**
     * @param key  of what is shown
     * @param scale  of type
     * @param choose  shows the numbers of several parameters or of one; null: there is no choice
     */
    settle(key: string, scale: number, choose: ((several: boolean) => void) | null) {
      const now = `${key} ${size}`;
      if (now === decided) return;
      decided = now;
      choose?.(true);
      if (choose && left() < LOSS.least * scale) choose(false);
      share(scale);
    },
  };
}
