/** Milliseconds for a page that was shown before, asked for `runs` times on one connection: the server's time and loopback's. */
export async function measureWarmPage(
  guideUrl: string,
  path: string,
  runs: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < runs + WARM_UP; i += 1) {
    const started = performance.now();
    const response = await fetch(`${guideUrl}${path}`);
    await response.text();
    if (i >= WARM_UP) times.push(performance.now() - started);
  }
  return times;
}

/** What the engine compiles and the page cache keeps is there after these. */
const WARM_UP = 5;
