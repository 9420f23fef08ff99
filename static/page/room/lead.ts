/** What the wall tells the server: what it shows, which question is open, and, once that has run, what was right. */
import { sameValue } from "../math/values.ts";
import type { OnWall } from "../playlist/channel.ts";
import { isLesson, type LedPage, pageOf } from "../playlist/iframe.ts";
import { itemInfo, type PlaylistItem, type PlaylistOffer } from "../playlist/items.ts";
import { writeSpec } from "../state/address.ts";
import type { Connection } from "./connection.ts";
import { idOfRound, ROOM_KINDS, type RoomQuestion, type RoomShown } from "./events.ts";
import { withClock } from "./mirroredPicture.ts";
import { type QuestionInSight, questionsIn } from "./questionsInSight.ts";

/** @returns what the class is at, in words */
function classTitle(ledPage: LedPage, item: PlaylistItem, offered: PlaylistOffer, place: number[] | null): string {
  const { title } = itemInfo(item, offered);
  if (!isLesson(ledPage)) return ledPage.store.get().exercise.preset?.title ?? title;
  const section = offered.lessons[item.number - 1].sections[item.sections[place?.[0] ?? 0] - 1]?.title;
  return section && section !== title ? `${title}: ${section}` : title;
}

/** Its times, all 0. */
const withoutTimes = (shown: RoomShown): RoomShown => ({
  ...shown,
  since: 0,
  picture: shown.picture && { ...shown.picture, ...withClock(shown.picture, () => 0) },
});

interface LeadPorts {
  connection: Pick<Connection, "send" | "serverTime">;
  offered: PlaylistOffer;
  /** a name that no other window has */
  name: string;
  /** each seat is to run a seed of its own */
  seeds: () => boolean;
  /** another window has taken the lead, or the key is no longer one */
  refused: (error: Error) => void;
}

export function createLead({ connection, offered, name: window, seeds, refused }: LeadPorts) {
  let lastSent: RoomShown | null = null;
  let open: { id: string; name: string } | null = null;
  /** The next post takes the lead; false once one has arrived. */
  let takes = true;
  let inSight: QuestionInSight[] = [];
  /** The ids of the questions that have run here, whether the server knows of it or not. */
  const passed: Set<string> = new Set();

  /** @param past  of the room */
  const questionOf = ({ name, kind, choices }: QuestionInSight, past: string[]): RoomQuestion => ({
    id: idOfRound(name, [...past, ...passed]),
    kind: ROOM_KINDS[kind],
    of: choices,
  });

  function shownOf(
    { shown }: OnWall,
    item: PlaylistItem,
    ledPage: LedPage,
    question: RoomQuestion | null,
  ): RoomShown | null {
    const first = shown && Object.values(shown.figures)[0];
    if (!shown) return null;
    const { step, playing, speed, at } = first?.playhead ?? { step: 0, playing: false, speed: 1, at: 0 };
    const address = isLesson(ledPage) ? pageOf(item, offered, "") : `/?${writeSpec(ledPage.address())}`;
    return {
      ...{
        address,
        step: Math.floor(step),
        playing,
        pace: speed,
        since: connection.serverTime(at),
        question,
        seeds: seeds(),
      },
      picture: {
        ...withClock(shown, connection.serverTime),
        title: classTitle(ledPage, item, offered, shown.place),
        asks: isLesson(ledPage) ? null : (inSight[0]?.name ?? null),
      },
    };
  }

  /** Tells what is right of the open question, which runs or has been told. */
  function pass(truth: QuestionInSight["truth"]) {
    if (!open) return;
    passed.add(open.id);
    connection.send(`ran ${open.id}`, "/ran", { question: open.id, truth }, refused);
    open = null;
  }

  return {
    /** The questions in sight. */
    inSight: () => inSight,
    take() {
      [takes, lastSent] = [true, null];
    },
    /** Tells all again. */
    resend() {
      lastSent = null;
    },
    /** @param past  the ids of the questions that have run in the room, on whichever wall: asked again it is another */
    report(onWall: OnWall, item: PlaylistItem, page: Window | null, ledPage: LedPage | null, past: string[]) {
      if (!page || !ledPage || !onWall.shown) return;
      inSight = questionsIn(page, ledPage);
      const was = inSight.find(({ name }) => name === open?.name);
      if (was && !was.open) pass(was.truth);
      const openQuestion = inSight.find((candidate) => candidate.open) ?? null;
      const question = openQuestion && questionOf(openQuestion, past);
      open = question && openQuestion && { id: question.id, name: openQuestion.name };
      const body = shownOf(onWall, item, ledPage, question);
      // Times are compared only of what moves: at rest they change whenever the server's clock is known better.
      const moves = Object.values(onWall.shown.figures).some(({ playhead }) => playhead.playing);
      const compared = body && (moves ? body : withoutTimes(body));
      if (!body || sameValue(compared, lastSent)) return;
      lastSent = compared;
      const take = takes;
      const sent = () => {
        if (take) takes = false;
      };
      connection.send("shown", "/shown", { ...body, window, ...(take ? { take } : {}) }, refused, sent);
    },
  };
}
