/** Where all of a lesson stands is decided here: which figure is beside which piece, what it shows, what waits. */

import { sameValue } from "../math/values.ts";
import type { PageAddress } from "../state/types.ts";
import { type FigureMoment, type FigurePiece, isFigure, type Lesson, OWN_AT_END, type Piece } from "./elements.ts";
import { playsAtOnce, stopAt } from "./moments.ts";

/** How far a reader, or a class, has come. */
export interface LessonProgress {
  /** figures of which it was seen what is right */
  answered: Set<Piece>;
  /** the last answer to each check: one of its options */
  checked: Map<Piece, HTMLElement>;
  /** what to try whose outcome shows */
  revealed: Set<Piece>;
  /** where it is read, what waits until a figure's question is answered, and the lines in its place, by that figure */
  waiting: Map<Piece, FigurePiece>;
}

/** What is in sight: the piece that is read, or those of a screen. */
interface Sight {
  pieces: Piece[];
  /** a figure that was pressed, or its question, which shows what it is asked of */
  pressed?: { figure: FigurePiece; isQuestion: boolean } | null;
}

/** What a piece has a figure show; where the reader has set other runs, what to try is seen in these. */
interface ShownMoment {
  figure: FigurePiece;
  moment: FigureMoment;
  keepsOtherRuns: boolean;
}

/** @returns the piece before (-1) or after (1) another in its section */
function neighbour(lesson: Lesson, piece: Piece, by: 1 | -1): Piece | undefined {
  const other = lesson[lesson.indexOf(piece) + by];
  return other?.section === piece.section ? other : undefined;
}

const isBefore = (lesson: Lesson, piece: Piece, other: Piece) => lesson.indexOf(piece) < lesson.indexOf(other);

/**
 * @param waiting  what waits for an answer: in its place stands the figure that asks
 * @returns the figure that stands beside a piece: that which it names; itself; else the one right behind it, one before
 * it, or any of its section or before
 */
export function figureOf(
  lesson: Lesson,
  piece: Piece,
  waiting: LessonProgress["waiting"] = new Map(),
): FigurePiece | undefined {
  const asking = waiting.get(piece);
  if (asking) return asking;
  if (piece.named) return waiting.get(piece.named.figure) ?? piece.named.figure;
  if (isFigure(piece)) return piece;
  const next = piece.kind === "heading" || piece.kind === "text" ? neighbour(lesson, piece, 1) : undefined;
  if (next && (isFigure(next) || piece.kind === "heading")) return figureOf(lesson, next, waiting);
  const figures = lesson.filter(isFigure).filter((figure) => !waiting.has(figure));
  const before = figures.filter((figure) => isBefore(lesson, figure, piece));
  const isNear = ({ section }: Piece) => section === piece.section;
  return before.findLast(isNear) ?? figures.find(isNear) ?? before.at(-1);
}

/**
 * @returns the figure further down that asks of the same runs as one that asks nothing: until it is answered, that one
 * shows its start alone, to be dragged
 */
export const askingBelow = (lesson: Lesson, figure: FigurePiece): FigurePiece | undefined =>
  figure.data.question
    ? undefined
    : lesson
        .filter(isFigure)
        .find(({ data }, k, all) => data.question && data.spec === figure.data.spec && k > all.indexOf(figure));

/** @returns what a piece has the figure show that it names; null above a question, where that stands as it asks */
function momentOf(lesson: Lesson, { answered, revealed }: LessonProgress, piece: Piece): ShownMoment | null {
  if (!piece.named) return null;
  const { figure, moment } = piece.named;
  if (figure.data.question && !answered.has(figure) && isBefore(lesson, piece, figure)) return null;
  const isTry = piece.kind === "try";
  return { figure, moment: isTry && !revealed.has(piece) ? OWN_AT_END : moment, keepsOtherRuns: isTry };
}

/**
 * A text or what to try has its figure show what it speaks of, unless that figure is in sight itself; a check once it
 * is answered, unless it has a figure of its own for that; a heading is read with what is below it.
 * @returns the figure beside what is in sight, and what each piece in sight has a figure show
 */
export function arrange(
  lesson: Lesson,
  progress: LessonProgress,
  { pieces, pressed = null }: Sight,
): { beside: FigurePiece | undefined; moments: Map<Piece, ShownMoment> } {
  const spoken = pieces[0] && figureOf(lesson, pieces[0], progress.waiting);
  const isElsewhere = pressed !== null && (pressed.isQuestion || pressed.figure !== spoken);
  const read = pieces.flatMap((piece) => (piece.kind === "heading" ? (neighbour(lesson, piece, 1) ?? []) : piece));
  const hasCopy = (check: Piece) => lesson.some((piece) => isFigure(piece) && piece.copyFor === check);
  const speaks = (piece: Piece) =>
    piece.kind === "check"
      ? progress.checked.has(piece) && !hasCopy(piece)
      : !pieces.includes(figureOf(lesson, piece) as Piece);
  const moments = (isElsewhere ? [] : read.filter(speaks)).flatMap((piece) => {
    const moment = momentOf(lesson, progress, piece);
    return moment ? [[piece, moment] as const] : [];
  });
  return { beside: pressed?.figure ?? spoken, moments: new Map(moments) };
}

/**
 * Where a lesson is read, what speaks of a figure waits until what that asks is answered: it would give the answer
 * away, beside a figure that does not show it yet, or that shows its start alone until then. So does a figure that asks
 * nothing, right below a text that waits and speaks of it, and what speaks of that figure. A check of other runs asks
 * something of its own.
 * @param isKnown  whether a figure's question was answered before
 * @param isSought  whether the reader has come by a link to a piece
 * @returns what waits, the figure that it waits for, and whether it is the first that does, away from that figure
 */
export function waitingIn(
  lesson: Lesson,
  isKnown: (figure: FigurePiece) => boolean,
  isSought: (piece: Piece) => boolean,
): { piece: Piece; figure: FigurePiece; isFirst: boolean }[] {
  const waiting: Map<Piece, { figure: FigurePiece; isFirst: boolean }> = new Map();
  for (const piece of lesson) {
    if (isSought(piece)) continue;
    const before = neighbour(lesson, piece, -1);
    const wait = before && waiting.get(before);
    if (isFigure(piece) && !piece.data.question && wait && before.named?.figure === piece)
      waiting.set(piece, { figure: wait.figure, isFirst: false });
    if (!piece.named) continue;
    const { figure, moment, after } = piece.named;
    const isOther = piece.kind === "check" && moment.spec !== null;
    const asks = figure.data.question && !isOther && isBefore(lesson, figure, piece);
    const later = askingBelow(lesson, figure);
    const askedLater = later && isBefore(lesson, later, piece) ? later : undefined;
    const awaited = after ?? (asks ? figure : isOther ? null : (waiting.get(figure)?.figure ?? askedLater));
    if (!awaited || isKnown(awaited)) continue;
    waiting.set(piece, { figure: awaited, isFirst: before !== awaited && !wait });
  }
  return [...waiting].map(([piece, wait]) => ({ piece, ...wait }));
}

/**
 * @returns whether, where no figure has room beside the text, a text needs one below it: no figure of its section
 * stands as it speaks of it, and no earlier text there has it shown so
 */
export function needsFigure(lesson: Lesson, text: Piece): boolean {
  if (text.kind !== "text" || !text.named) return false;
  const { figure, moment } = text.named;
  if (figure.section !== text.section) return true;
  const isSame = ({ named }: Piece) => named?.figure === figure && sameValue(named.moment, moment);
  const earlier = lesson.slice(0, lesson.indexOf(text));
  if (earlier.some((other) => other.kind === "text" && other.section === text.section && isSame(other))) return false;
  const stop = stopAt(figure.data, isBefore(lesson, figure, text));
  const isAt = moment.substep === null ? stop.step === moment.step : stop.substep === moment.substep;
  return moment.spec !== null || moment.run !== null || moment.parameter !== null || !isAt;
}

/**
 * @param before  what stands before it
 * @returns whether a figure, which asks nothing, plays beside the text before it, as nothing else would be said there
 */
export function playsBeside(figure: Piece, before: Piece): boolean {
  if (before.kind !== "text" || !isFigure(figure) || !playsAtOnce(figure.data)) return false;
  if (!before.named) return true;
  const { step, spec, parameter } = before.named.moment;
  return before.named.figure === figure && !step && !spec && parameter === null;
}

/** @returns whether a figure has the width of a wall: a network, or lines that are worked out, with no map beside */
export function spansScreen(piece: Piece): boolean {
  if (!isFigure(piece)) return false;
  const shows = (view: string) => piece.data.show.includes(view);
  return shows("network") || (!shows("map") && (shows("average") || shows("working")));
}

/** What a piece has a figure show. */
interface LoanWish {
  figure: Piece;
  address: PageAddress;
  /** it stays as it is, after what it showed before */
  stays?: (before: PageAddress) => boolean;
}

/**
 * Figures that show meanwhile what a piece speaks of, and then again what they showed before.
 * @param ports.addressOf  what a figure shows, at rest
 * @param ports.open  has it show something else
 */
export function createLending(ports: {
  addressOf: (figure: Piece) => PageAddress;
  open: (figure: Piece, address: PageAddress) => void;
}) {
  /** By the piece that it is lent to; before: null once something was set in it, which it keeps. */
  const lent: Map<Piece, { figure: Piece; address: PageAddress; before: PageAddress | null }> = new Map();

  return {
    /** Its own question cannot be answered until it is given back. */
    isLent: (figure: Piece): boolean => [...lent.values()].some((loan) => loan.figure === figure),
    /** Something was set in a figure. */
    keep(figure: Piece) {
      for (const loan of lent.values()) if (loan.figure === figure) loan.before = null;
    },
    /** Lends to these, unless it has been lent to them, and to no others. */
    only(wishes: Map<Piece, LoanWish>) {
      /** What figures that go from one piece to another showed first. */
      const passed: Map<Piece, PageAddress> = new Map();
      const goOn = new Set([...wishes].flatMap(([piece, { figure }]) => (lent.has(piece) ? [] : figure)));
      for (const [piece, { figure, before }] of [...lent].reverse()) {
        if (wishes.has(piece)) continue;
        lent.delete(piece);
        if (before && goOn.has(figure)) passed.set(figure, before);
        else ports.open(figure, before ?? ports.addressOf(figure));
      }
      for (const [piece, { figure, address, stays }] of wishes) {
        const loan = lent.get(piece);
        const before = loan ? loan.before : (passed.get(figure) ?? ports.addressOf(figure));
        if (!before || sameValue(loan?.address, address)) continue;
        if (loan || !stays?.(before)) {
          lent.set(piece, { figure, address, before });
          ports.open(figure, address);
        } else if (passed.has(figure)) ports.open(figure, before);
      }
    },
  };
}
