import { WorkshopError } from '../../../model/workshop-error.ts';
import type { EngineAddress } from '../../engine-address.ts';

/** `postgres://user:password@host:port/database?sslmode=require`, or `?host=/folder` for a unix socket. */
export function parseDatabaseUrl(text: string): EngineAddress {
  // PostgreSQL allows a user without a host, which is then the socket's folder or this machine; URLs in general do not.
  const complete = text.replace(/^(\w+:\/\/[^/?#]*@)(?=[/?#]|$)/, '$1localhost');
  const url = URL.canParse(complete) ? new URL(complete) : null;
  if (url === null || !PROTOCOLS.includes(url.protocol))
    throw invalid('it is not a URL that begins with postgres://');
  const parts = {
    host: url.searchParams.get('host') ?? decode(url.hostname),
    user: decode(url.username),
    password: url.password === '' ? null : decode(url.password),
    database: decode(url.pathname.slice(1)),
  };
  if (parts.user === '') throw invalid('it names no user');
  return {
    kind: 'server',
    ...parts,
    host: parts.host === '' ? 'localhost' : parts.host,
    port: Number(url.searchParams.get('port') ?? (url.port === '' ? 5432 : url.port)),
    database: parts.database === '' ? 'postgres' : parts.database,
    ssl: parseSslMode(url.searchParams.get('sslmode') ?? 'prefer'),
    version: '',
  };
}

// `prefer` would encrypt where the server can; on one's own machine, which it is for, it can't.
function parseSslMode(mode: string): boolean {
  if (['disable', 'allow', 'prefer'].includes(mode)) return false;
  if (mode === 'require') return true;
  throw invalid(`its sslmode is ${mode}, and the workshop knows disable, prefer and require`);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('it holds a % that is not followed by two hexadecimal digits');
  }
}

const PROTOCOLS = ['postgres:', 'postgresql:'];

/** The URL itself is not shown: it may hold a password. */
const invalid = (why: string) =>
  new WorkshopError('DATABASE_URL_INVALID', `DATABASE_URL can't be read: ${why}.`, {
    remedy:
      'Set it as postgres://user:password@host:5432/postgres, or unset it to use the PostgreSQL that comes with the workshop.',
  });
