import { homedir, userInfo } from 'node:os';

/** Makes a text fit to be pasted anywhere: no password, no name of a person, no path of a home folder. */
export function createRedactor(
  environment: NodeJS.ProcessEnv,
  person: { readonly home: string; readonly user: string } = whoever(),
): (text: string) => string {
  const replacements: [string | RegExp, string][] = [];
  for (const secret of secretsOf(environment['DATABASE_URL'] ?? '')) replacements.push([secret, HIDDEN]);
  for (const home of [environment['HOME'], environment['USERPROFILE'], person.home]) {
    if (home !== undefined && home.length > 3) replacements.push([home, '~']);
  }
  if (!PARTS.includes(person.user.toLowerCase()) && person.user.length > 1)
    replacements.push([new RegExp(`(?<![\\p{L}\\d])${escaped(person.user)}(?![\\p{L}\\d])`, 'gu'), '<you>']);
  return (text) =>
    replacements
      .reduce((rest, [what, by]) => rest.replaceAll(what, by), text)
      .replaceAll(/(\w+:\/\/)[^\s/@]+@/g, `$1${HIDDEN}@`);
}

/** Password and user, as they are written in the URL and as they are meant. */
function secretsOf(databaseUrl: string): string[] {
  const [, user = '', password = ''] = /^\w+:\/\/([^:/@]*)(?::([^@]*))?@/.exec(databaseUrl) ?? [];
  const passwords = [password, decoded(password)].filter((word) => word.length > 0);
  // In messages a user stands in quotation marks; bare, `postgres` is a word like any other.
  const users = [user, decoded(user)].filter((word) => word !== '').map((word) => `"${word}"`);
  return [...passwords, ...users];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function whoever(): { readonly home: string; readonly user: string } {
  try {
    return { home: homedir(), user: userInfo().username };
  } catch {
    // In a container with a number that no account has.
    return { home: '', user: '' };
  }
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const HIDDEN = '•••';
/** Accounts that name a part, and no person. */
const PARTS = ['root', 'node', 'postgres', 'runner', 'vscode', 'codespace', 'user', 'admin', 'ubuntu', 'app'];
