/** What is open, to be closed once, newest first. */
export interface Releasers {
  /** Remembers how to close what was just opened. What comes after the closing began is closed with the rest. */
  add(close: () => Promise<unknown> | unknown): void;
  /** The second call waits for the first. A close that fails hinders no other; the first failure is thrown at the end. */
  closeAll(): Promise<void>;
}

export function createReleasers(): Releasers {
  const closes: (() => Promise<unknown> | unknown)[] = [];
  let closing: Promise<void> | null = null;

  async function closeInTurn(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = closes.pop(); close !== undefined; close = closes.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  return {
    add(close) {
      closes.push(close);
      // It came while the others were closing, or after: nobody else would close it.
      if (closing !== null) closing = closing.then(closeInTurn);
    },
    closeAll: () => (closing ??= closeInTurn()),
  };
}
