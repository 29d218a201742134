// Changes of other people, asked for while the page is looked at.

import { ApiError } from "./api";
import type { App } from "./app";
import type { Segment } from "./types";

const pause = 5000;
const longestPause = 60_000;

export function poll(app: App, seq: number, merge: (segments: Segment[]) => void): void {
  let failures = 0;

  const ask = async () => {
    if (document.visibilityState === "visible" && !app.saver.loggedOut) await once();
    setTimeout(() => void ask(), Math.min(longestPause, pause * 2 ** failures));
  };

  const once = async () => {
    try {
      const answer = await app.api.segments(seq);
      seq = answer.seq;
      failures = 0;
      merge(answer.segments);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) app.sessionOver();
      else if (error instanceof ApiError) failures = Math.min(failures + 1, 4);
      else throw error;
    }
  };

  setTimeout(() => void ask(), pause);
}
