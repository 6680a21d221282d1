/** Whose turn it is at the one backend. A turn lasts as long as a transaction. */
export interface Turns<Who> {
  readonly holder: Who | null;
  /** `false` when the holder rests in its transaction for longer than anybody waits. */
  take(who: Who): Promise<boolean>;
  /** The holder works, or rests: a waiter's patience counts only while it rests. */
  works(isWorking: boolean): void;
  pass(who: Who): void;
  /** Ends the waiting of one who went away. */
  forget(who: Who): void;
}

/** `onIdle` hears of a holder that rests for twice as long as anybody waits, while somebody waits. */
export function createTurns<Who>(patience: number, onIdle: (holder: Who) => void): Turns<Who> {
  let holder: Who | null = null;
  let working = false;
  let since = performance.now();
  const waiting: { who: Who; end: (isMine: boolean) => void }[] = [];

  const give = (who: Who | null) => {
    holder = who;
    working = false;
    since = performance.now();
  };
  const next = () => {
    const first = waiting.shift();
    give(first?.who ?? null);
    first?.end(true);
  };
  const remove = (who: Who) => {
    const place = waiting.findIndex((waiter) => waiter.who === who);
    if (place >= 0) waiting.splice(place, 1)[0]?.end(false);
  };
  const check = (who: Who, begun: number) => {
    const now = performance.now();
    const rested = working ? 0 : now - since;
    if (holder !== null && rested >= 2 * patience) onIdle(holder);
    else if (rested >= patience && now - begun >= patience) remove(who);
  };

  return {
    get holder() {
      return holder;
    },
    take(who) {
      if (holder === who) return Promise.resolve(true);
      if (holder === null) {
        give(who);
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const begun = performance.now();
        const timer = setInterval(() => check(who, begun), CHECK);
        const end = (isMine: boolean) => {
          clearInterval(timer);
          resolve(isMine);
        };
        waiting.push({ who, end });
      });
    },
    works(isWorking) {
      working = isWorking;
      since = performance.now();
    },
    pass(who) {
      if (holder === who) next();
    },
    forget: remove,
  };
}

/** Milliseconds. */
const CHECK = 50;
