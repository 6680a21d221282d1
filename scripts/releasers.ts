type Close = () => Promise<unknown> | unknown;

/** What is open, to be closed once, newest first. */
export interface Releasers {
  /** Remembers how to close what was just opened. What comes after the closing began is closed with the rest. */
  add(close: Close): void;
  /** The second call waits for the first. A close that fails hinders no other; the first failure is thrown at the end. */
  closeAll(): Promise<void>;
}

export function createReleasers(): Releasers {
  const closes: Close[] = [];
  let closing: Promise<void> | null = null;
  let closed = false;

  async function closeInTurn(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = closes.pop(); close !== undefined; close = closes.pop()) {
      await attempt(close).catch((error: unknown) => failures.push(error));
    }
    closed = true;
    if (failures.length > 0) throw failures[0];
  }

  return {
    add(close) {
      // Everybody has gone who could be told of a failure.
      if (closed) attempt(close).catch(() => undefined);
      else closes.push(close);
    },
    closeAll: () => (closing ??= closeInTurn()),
  };
}

async function attempt(close: Close): Promise<void> {
  await close();
}
