/** The contest that shows at a seat, in place of the page of the class. */
import type { createContestSeat } from "../panels/contest/contestSeat.ts";
import { retryWhileTransient } from "../service/retry.ts";
import { createService } from "../service/service.ts";
import type { Contest } from "../state/contest.ts";
import { theme } from "../theme.ts";

type ContestForm = Awaited<ReturnType<typeof createContestSeat>>;

/** @param send  hands in values for a contest, by the id of its question */
export function createContestAtSeat(place: HTMLElement, send: (question: string, values: object) => void) {
  /** form: null until it has come */
  let shown: { question: string; form: ContestForm | null } | null = null;

  async function open(contest: Contest, seat: number) {
    const opened: NonNullable<typeof shown> = { question: contest.question, form: null };
    shown = opened;
    const { createContestSeat: create } = await retryWhileTransient(() => import("../panels/contest/contestSeat.ts"));
    const hand = (values: object) => send(contest.question, values);
    const form = await create(place, contest, { service: createService(), seat, theme: theme(), hand });
    if (shown === opened) opened.form = form;
    else form.destroy();
  }

  return {
    /** @param current  that shows; null: none does @param seat  its number */
    show(current: Contest | null, seat: number) {
      if (shown && current?.question !== shown.question) {
        shown.form?.destroy();
        shown = null;
      }
      if (current && !shown) void open(current, seat);
      if (current) shown?.form?.show(current);
    },
  };
}
