/** The wall of a room: that of a playlist, which tells the server what stands there, and a strip under it. */
import { h } from "../dom.ts";
import type { createContestWall } from "../panels/contest/wall.ts";
import { isLesson, type LedPage } from "../playlist/iframe.ts";
import type { Offered, PlayPart } from "../playlist/parts.ts";
import { openWall } from "../playlist/wall.ts";
import { Refused } from "../service/http.ts";
import { persist } from "../service/persist.ts";
import { createService } from "../service/service.ts";
import { addStyle } from "../service/style.ts";
import { theme } from "../theme.ts";
import { openConnection } from "./connection.ts";
import type { Room } from "./events.ts";
import { keepTimes, keptTimes, type RoomKey, randomName } from "./kept.ts";
import { createCount, createLead } from "./lead.ts";
import { offersOf, waysOnWall } from "./offers.ts";
import { drawStrip } from "./strip.ts";
import { fetchJoining } from "./teach.ts";
import { showThought } from "./thought.ts";

interface RoomWallPorts {
  offered: Offered;
  root: string;
  roomKey: RoomKey;
  /** back to where it is taught from */
  leave: () => void;
  /** there is no such room, or not with this key */
  refused: () => void;
}

/** Disables on the wall what answers a question: the seats do. */
function leaveToSeats({ document }: Window) {
  document.documentElement.classList.add("asked-of-class");
  void persist(() => addStyle("led", document)).catch(() => {});
}

export function openRoomWall(
  place: HTMLElement,
  parts: PlayPart[],
  { offered, root, roomKey, leave, refused }: RoomWallPorts,
) {
  const [box, foot] = [h("div", { class: "room-wall" }), h("div", { class: "room-strip row" })];
  const stage = h("div", { class: "room-contest", hidden: true });
  const name = randomName();
  const { signal } = new AbortController();
  let room: Room | null = null;
  let [waits, typed] = ["", ""];
  let [isLed, seeds] = [false, false];
  let offers = offersOf(null);
  let ledPage: LedPage | null = null;
  let contest: Awaited<ReturnType<typeof createContestWall>> | null = null;
  /** What the strip was last drawn for, as text. */
  let drawn = "";
  /** The contest that has been left. */
  let past = "";
  place.replaceChildren(box, stage, foot);

  const connection = openConnection(roomKey, {
    signal,
    onRoom(latest, events) {
      room = latest;
      for (const event of events) {
        if (event.type === "lead") isLed = event.window !== name;
        // After a new connection the wall tells all again, unless a contest is shown.
        if (event.type === "state" && stage.hidden) lead.resend();
      }
      if (room.closed) leave();
      void showContest();
      draw();
    },
    onWait(words) {
      waits = words;
      draw();
    },
    onRefused: refused,
  });

  const lead = createLead({
    connection,
    count: createCount(keptTimes(roomKey.code), (times) => keepTimes(roomKey.code, times)),
    offered,
    name,
    seeds: () => seeds,
    refused(error) {
      if (!(error instanceof Refused)) return;
      const { status, errors } = error;
      if (status === 409) isLed ||= errors.some(({ type }) => type === "not_leading");
      else if (status === 401 || status === 404) refused();
      draw();
    },
  });

  function draw() {
    const inContest = !stage.hidden;
    const ways = waysOnWall(offers, { inContest, seeds, asks: Boolean(room?.question) }).map(
      ({ name: way, ...rest }) => ({
        ...rest,
        act: () => void acts[way](),
      }),
    );
    const openQuestion = inContest ? undefined : lead.inSight().find(({ open }) => open);
    const run = openQuestion && {
      word: openQuestion.figure ? "Let them run" : "Show what is right",
      act: () => wall.press("PageDown"),
    };
    drawStrip(foot, { room, typed, waits, take: isLed ? take : null, counts: !inContest, run, ways });
  }

  const acts = { close, seeds: seed, contest: open, notes };

  function take() {
    isLed = false;
    lead.take();
    draw();
  }

  /** Draws the runs of all seats as a bundle on the wall. */
  function seed() {
    seeds = !seeds;
    const [figure, count] = [ledPage && !isLesson(ledPage) ? ledPage : null, seeds ? (room?.seats ?? 0) : 0];
    if (figure) void import("../panels/bundle.ts").then(({ drawBundle }) => drawBundle(figure, count)).catch(() => {});
    draw();
  }

  const post = (body: object) => connection.send("contest", "/contest", body, (error) => console.warn(error.message));

  /** Opens the presenter's view in a second window. */
  function notes() {
    const address = `${location.pathname}${location.search}#presenter`;
    window.open(address, "fallline-presenter", "popup,width=1366,height=768");
  }

  /** Opens a contest of the runs that are shown. */
  async function open() {
    const state = ledPage && !isLesson(ledPage) ? ledPage.store.get() : null;
    const { openContestOffer } = await persist(() => import("../panels/contest/offer.ts"));
    if (state) await openContestOffer(state, post);
  }

  /** Shows the contest in place of its scene, until the teacher goes back to that. */
  async function showContest() {
    const current = room?.contest;
    if (!current || current.question === past || (!current.open && stage.hidden)) return;
    if (stage.hidden) {
      stage.hidden = false;
      const { createContestWall: create } = await persist(() => import("../panels/contest/wall.ts"));
      contest = await create(stage, { service: createService(), theme, onEnd: () => post({ open: false }) });
    }
    const last = room?.contest;
    if (last) contest?.show(last, room?.seats ?? 0);
    draw();
  }

  function close() {
    if (room?.contest?.open) post({ open: false });
    past = room?.contest?.question ?? "";
    contest?.destroy();
    [contest, stage.hidden] = [null, true];
    lead.resend();
    draw();
  }

  void persist(() => fetchJoining(root, roomKey.code)).then((joining) => {
    typed = joining.typed.join("");
    draw();
  });
  draw();
  const wall = openWall(box, parts, offered, root, leave, (onWall, part, page, shown) => {
    if (page && shown && shown !== ledPage) leaveToSeats(page);
    ledPage = shown;
    if (!isLed) lead.tell(onWall, part, page, ledPage, room?.question?.id ?? null);
    if (room && ledPage) showThought(room, ledPage, lead.inSight());
    const able = offersOf(ledPage);
    const text = JSON.stringify([able, lead.inSight().find(({ open }) => open)?.name]);
    if (text === drawn) return;
    [offers, drawn] = [able, text];
    draw();
  });
}
