/** What a dialog has under way for its reader, and what it says of that. */
import { retryWhileTransient } from "../../service/retry.ts";
import { errorReason } from "./saving.ts";

export function createWork(say: (words: string, fault?: boolean) => void) {
  const underWay: Map<string, AbortController> = new Map();
  return {
    /** Does something and says how it went; an earlier one of the same name is given up, and nothing said of it. */
    run(name: string, act: () => Promise<string>) {
      underWay.get(name)?.abort();
      underWay.delete(name);
      const doing = new AbortController();
      underWay.set(name, doing);
      const { signal } = doing;
      const report = (words: string, fault = false) => void (signal.aborted || say(words, fault));
      // What waits says so until something else has been asked for: it would hide what has come of that.
      const onWait = (words: string) => void (doing === [...underWay.values()].at(-1) && say(words));
      say("One moment.");
      retryWhileTransient(act, { signal, onWait }).then(report, (error) => report(errorReason(error), true));
    },
    end() {
      for (const doing of underWay.values()) doing.abort();
    },
  };
}
