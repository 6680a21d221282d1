/**
 * Calls back after so many milliseconds in which this process was awake, and hands back how to call it off. A laptop that
 * slept and a process that was stopped have waited for nobody: what came meanwhile is heard before time is up. It keeps no
 * process alive.
 */
export function afterWaking(milliseconds: number, call: () => void): () => void {
  let left = milliseconds;
  let timer: NodeJS.Timeout;
  const wait = () => {
    const slice = Math.min(left, SLICE_MS);
    timer = setTimeout(() => {
      left -= slice;
      if (left > 0) wait();
      else call();
    }, slice).unref();
  };
  wait();
  return () => clearTimeout(timer);
}

/** However long one sleep is, it counts as one of these. */
const SLICE_MS = 100;
