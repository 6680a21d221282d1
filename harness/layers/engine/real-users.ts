/** The numbers of the users in what `docker top … -eo pid,uid` prints: Docker wants the column PID to be there. */
export function listedUsers(output: string): readonly string[] {
  const [titles = '', ...lines] = output.trim().split('\n');
  const column = titles.trim().split(/\s+/).indexOf('UID');
  const found = lines.map((line) => line.trim().split(/\s+/)[column] ?? '');
  return [...new Set(found.filter((user) => user !== ''))];
}

/**
 * Who the processes of a container are. An engine without `ps` beside it can't list them: then it is whom the image
 * names, and an image that names nobody starts as root.
 */
export function usersOf(listed: readonly string[], named: string): readonly string[] {
  return listed.length > 0 ? listed : [named === '' ? '0' : named];
}

/** `0`, `root`, `0:1000`, `root:staff` */
export const isRoot = (user: string): boolean => /^(?:0+|root)(?::|$)/.test(user);
