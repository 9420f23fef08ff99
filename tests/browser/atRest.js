// Runs before a page's own scripts and keeps account of what is under way on it, for window.atRest().
(() => {
  const LONGEST = 1000; // milliseconds: what waits so long, such as words that go in a while, holds nothing up
  const timers = new Set();
  const frames = new Set();
  let awaited = 0; // answers, their bodies, paintings

  const { setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame, fetch } = window;

  window.setTimeout = (act, milliseconds, ...given) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act(...given);
    }, milliseconds);
    if (!(milliseconds >= LONGEST)) timers.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    timers.delete(timer);
    clearTimeout(timer);
  };
  window.requestAnimationFrame = (act) => {
    const frame = requestAnimationFrame((time) => {
      frames.delete(frame);
      act(time);
    });
    frames.add(frame);
    return frame;
  };
  window.cancelAnimationFrame = (frame) => {
    frames.delete(frame);
    cancelAnimationFrame(frame);
  };

  function counted(promise) {
    awaited += 1;
    const done = () =>
      setTimeout(() => {
        awaited -= 1;
      });
    promise.then(done, done);
    return promise;
  }
  window.fetch = (...asked) => counted(fetch(...asked));
  for (const [{ prototype }, names] of [
    [Response, ["json", "text", "blob", "arrayBuffer"]],
    [ReadableStreamDefaultReader, ["read"]],
  ]) {
    for (const name of names) {
      const known = prototype[name];
      prototype[name] = function () {
        return counted(known.call(this));
      };
    }
  }

  const Known = window.Worker;
  window.Worker = class extends Known {
    ordered = 0;
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => setTimeout(() => this.came(1)));
      this.addEventListener("error", () => this.came(this.ordered));
    }
    came(number) {
      this.ordered -= number;
      awaited -= number;
    }
    postMessage(...given) {
      super.postMessage(...given);
      this.came(-1);
    }
    terminate() {
      super.terminate();
      this.came(this.ordered);
    }
  };

  const moving = ({ playState, effect }) => playState === "running" && effect.getComputedTiming().endTime < Infinity;

  function underWay() {
    const fonts = document.fonts.status === "loading";
    const moves = document.getAnimations().filter(moving).length;
    return { timers: timers.size, frames: frames.size, awaited, fonts, moves };
  }

  /** Waits until nothing is under way; what has come is worked on a little after. @returns what never ends, or null */
  window.atRest = async (patience) => {
    const end = performance.now() + patience;
    for (let calm = 0; calm < 3; ) {
      await new Promise((done) => setTimeout(done, 20));
      const now = underWay();
      calm = Object.values(now).some(Boolean) ? 0 : calm + 1;
      if (performance.now() > end) return now;
    }
    return null;
  };
  /** For what a test itself draws: not counted. */
  window.atRest.frame = requestAnimationFrame.bind(window);
})();
