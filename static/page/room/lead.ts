/** What the wall tells the server: what it shows, which question is open, and, once that has run, what was right. */
import type { OnWall } from "../playlist/channel.ts";
import { isLesson, type Led, pageOf } from "../playlist/frame.ts";
import { type Offered, type PlayPart, partInfo } from "../playlist/parts.ts";
import { writeSpec } from "../state/address.ts";
import type { RoomQuestion, RoomShown } from "./events.ts";
import type { QuestionTimes } from "./kept.ts";
import type { Link } from "./link.ts";
import { shifted } from "./picture.ts";
import { type QuestionInSight, questionsIn } from "./questions.ts";

/** @param known  as this tab had it before @param keep  for when it is opened again */
export function createCount(known: QuestionTimes, keep: (times: QuestionTimes) => void) {
  const times = { ...known };
  return {
    /** @returns its id: asked again once it has run, it is another one */
    idOf(name: string): string {
      const own = times[name] ?? { times: 1, past: false };
      if (!times[name] || own.past) {
        times[name] = { times: own.times + (own.past ? 1 : 0), past: false };
        keep(times);
      }
      return `${name}/${times[name].times}`;
    },
    pass(name: string) {
      times[name] = { times: times[name]?.times ?? 1, past: true };
      keep(times);
    },
  };
}

/** @returns what the class is at, in words */
function classTitle(led: Led, part: PlayPart, offered: Offered, place: number[] | null): string {
  const { title } = partInfo(part, offered);
  if (!isLesson(led)) return led.store.get().preset?.title ?? title;
  const section = offered.lessons[part.number - 1].sections[part.sections[place?.[0] ?? 0] - 1]?.title;
  return section && section !== title ? `${title}: ${section}` : title;
}

/** Milliseconds after which a question that has arrived would be open. */
const UNOPENED = 8000;

/** Fields that are times. */
const TIMES = ["at", "since"];

interface LeadPorts {
  link: Pick<Link, "send" | "there">;
  count: ReturnType<typeof createCount>;
  offered: Offered;
  /** a name that no other window has */
  name: string;
  /** each seat is to run a seed of its own */
  seeds: () => boolean;
  /** another window has taken the lead, or the key is no longer one */
  refused: (error: Error) => void;
}

export function createLead({ link, count, offered, name: window, seeds, refused }: LeadPorts) {
  let lastSent = "";
  let open: { id: string; name: string } | null = null;
  /** The next post takes the lead; false once one has arrived. */
  let takes = true;
  let seen: QuestionInSight[] = [];
  /** When the last post arrived; Infinity: it has not. */
  let arrived = Infinity;

  const questionOf = ({ name, kind, choices }: QuestionInSight): RoomQuestion => ({
    id: count.idOf(name),
    kind,
    of: choices,
  });

  function shownOf({ shown }: OnWall, part: PlayPart, led: Led, question: RoomQuestion | null): RoomShown | null {
    const first = shown && Object.values(shown.figures)[0];
    if (!shown) return null;
    const { step, playing, speed, at } = first?.playhead ?? { step: 0, playing: false, speed: 1, at: 0 };
    const address = isLesson(led) ? pageOf(part, offered, "") : `/?${writeSpec(led.address())}`;
    return {
      ...{ address, step: Math.floor(step), playing, pace: speed, since: link.there(at), question, seeds: seeds() },
      picture: {
        ...shifted(shown, link.there),
        title: classTitle(led, part, offered, shown.place),
        asks: isLesson(led) ? null : (seen[0]?.name ?? null),
      },
    };
  }

  /** Tells what is right of the open question, which runs or has been told. */
  function pass(truth: QuestionInSight["truth"]) {
    if (!open) return;
    count.pass(open.name);
    link.send(`ran ${open.id}`, "/ran", { question: open.id, truth }, refused);
    open = null;
  }

  return {
    /** The questions in sight. */
    seen: () => seen,
    take() {
      [takes, lastSent] = [true, ""];
    },
    /** Tells all again. */
    again() {
      lastSent = "";
    },
    /** @param known  the id of the question that is open by the server, as far as it is known; null: none */
    tell(now: OnWall, part: PlayPart, page: Window | null, led: Led | null, known: string | null) {
      if (!page || !led || !now.shown) return;
      // The server has not opened the question: it has run on another wall. It is asked as a new one.
      if (open && known !== open.id && performance.now() - arrived > UNOPENED) count.pass(open.name);
      seen = questionsIn(page, led);
      const was = seen.find(({ name }) => name === open?.name);
      if (was && !was.open) pass(was.truth);
      const asked = seen.find((one) => one.open) ?? null;
      const question = asked && questionOf(asked);
      open = question && asked && { id: question.id, name: asked.name };
      const body = shownOf(now, part, led, question);
      // Times are compared only of what moves: at rest they change whenever the server's clock is known better.
      const moves = Object.values(now.shown.figures).some(({ playhead }) => playhead.playing);
      const text = JSON.stringify(body, (key, value) => (!moves && TIMES.includes(key) ? 0 : value));
      if (!body || text === lastSent) return;
      lastSent = text;
      const take = takes;
      const sent = () => {
        if (take) takes = false;
        arrived = performance.now();
      };
      arrived = Infinity;
      link.send("shown", "/shown", { ...body, window, ...(take ? { take } : {}) }, refused, sent);
    },
  };
}
