import { readBody, readFields, readParameters } from './body.ts';
import type { Frame } from './frames.ts';
import { finish, type Ledger, type OpenStatement } from './ledger.ts';
import { nestedStatement } from './nested.ts';

/** What one connection says and is answered, followed message by message. */
export interface Conversation {
  /** Something was asked that is not answered yet. */
  readonly isBusy: boolean;
  /** Logged in, and nothing is owed in either direction. */
  readonly isResting: boolean;
  fromClient(frame: Frame): void;
  fromServer(frame: Frame): void;
  /** The connection ended: what is unanswered stays so. */
  end(): void;
}

/** What the server will answer, in this order, one answer each. */
type Expected =
  | { kind: 'simple'; statement: OpenStatement }
  | { kind: 'execute'; statement: OpenStatement; source: Source }
  | { kind: 'parse'; source: Source; name: string }
  | { kind: 'bind' | 'describe'; source: Source }
  | { kind: 'startup' | 'close' | 'function' | 'sync' };

/** A statement's text, and the parameters of the portal made from it. */
interface Source {
  readonly sql: string;
  readonly parameters: readonly (string | null)[];
  /** The statement that a portal was made from. */
  readonly parsed?: Source;
}

/**
 * A simple query is answered by any number of results and then ReadyForQuery. In the extended protocol each message has
 * an answer of its own, and a Sync ends the batch: after an error the server passes over all that comes before it. So
 * an error belongs to what was expected next; when that was a Parse or Bind, it is told of the Execute that follows
 * from it, or, where none does, of a statement written down for it alone.
 */
export function createConversation(connection: number, ledger: Ledger): Conversation {
  const statements = new Map<string, Source>();
  const portals = new Map<string, Source>();
  let expected: Expected[] = [{ kind: 'startup' }];
  /** The last one answered in this batch: what goes wrong at its end, such as a deferred constraint, is laid to it. */
  let latest: OpenStatement | null = null;
  /** An error came before the batch's Sync was sent: what is sent until then is not answered. */
  let isPassingOver = false;

  const begin = (source: Source, protocol: 'simple' | 'extended') => {
    const { sql, parameters } = source;
    return ledger.begin({ connection, sql, parameters, protocol });
  };
  const settle = (statement: OpenStatement) => {
    finish(statement);
    latest = statement;
    expected.shift();
  };
  const current = () => {
    const [head] = expected;
    return head?.kind === 'simple' || head?.kind === 'execute' ? head : null;
  };

  // Within a batch the Parse before it counts, because without its success nothing after it runs; beyond, what the
  // server has accepted.
  const prepared = (name: string): Source => {
    const batch = expected.slice(expected.findLastIndex(({ kind }) => kind === 'sync') + 1);
    return lastParsed(batch, name) ?? statements.get(name) ?? lastParsed(expected, name) ?? UNKNOWN;
  };

  const clientSays: Readonly<Record<string, (body: Buffer) => void>> = {
    Q: (body) => {
      const statement = begin({ sql: readBody(body).text(), parameters: [] }, 'simple');
      expected.push({ kind: 'simple', statement });
    },
    P: (body) => {
      const reader = readBody(body);
      const name = reader.text();
      const source = { sql: reader.text(), parameters: [] };
      expected.push({ kind: 'parse', source, name });
    },
    B: (body) => {
      const reader = readBody(body);
      const portal = reader.text();
      const parsed = prepared(reader.text());
      const source = { sql: parsed.sql, parameters: readParameters(reader), parsed };
      portals.set(portal, source);
      expected.push({ kind: 'bind', source });
    },
    D: (body) => {
      const reader = readBody(body);
      const isPortal = reader.bytes(1).toString() === 'P';
      const name = reader.text();
      expected.push({ kind: 'describe', source: isPortal ? (portals.get(name) ?? UNKNOWN) : prepared(name) });
    },
    E: (body) => {
      const source = portals.get(readBody(body).text()) ?? UNKNOWN;
      expected.push({ kind: 'execute', statement: begin(source, 'extended'), source });
    },
    C: (body) => {
      const reader = readBody(body);
      const isPortal = reader.bytes(1).toString() === 'P';
      (isPortal ? portals : statements).delete(reader.text());
      expected.push({ kind: 'close' });
    },
    F: () => expected.push({ kind: 'function' }),
    S: () => {
      isPassingOver = false;
      expected.push({ kind: 'sync' });
    },
  };

  const fail = (body: Buffer) => {
    const fields = readFields(body);
    const position = Number(fields.get('P') ?? 0);
    const error = {
      code: fields.get('C') ?? 'XX000',
      message: fields.get('M') ?? '',
      ...(position > 0 ? { position } : {}),
    };
    const [head] = expected;
    if (head === undefined || head.kind === 'startup' || head.kind === 'function') return;
    if (head.kind === 'simple') {
      head.statement.error = error;
      return;
    }
    const refused = expected.slice(0, expected.findIndex((item) => item.kind === 'sync') >>> 0);
    const victim =
      head.kind === 'sync' ? latest : victimOf(head, refused, (source) => begin(source, 'extended'));
    if (victim !== null) victim.error ??= error;
    for (const item of refused) {
      if (item.kind !== 'execute') continue;
      if (item.statement === victim) finish(victim);
      else item.statement.isSkipped = true;
    }
    expected = expected.slice(refused.length);
    isPassingOver = expected.length === 0;
  };

  const serverSays: Readonly<Record<string, (body: Buffer) => void>> = {
    D: () => {
      const item = current();
      if (item !== null) item.statement.rows += 1;
    },
    C: (body) => {
      const item = current();
      if (item === null) return;
      const tag = readBody(body).text();
      item.statement.tag = item.statement.tag === null ? tag : `${item.statement.tag}; ${tag}`;
      if (item.kind === 'execute') settle(item.statement);
    },
    I: () => {
      const item = current();
      if (item?.kind === 'execute') settle(item.statement);
    },
    s: () => {
      const item = current();
      if (item !== null) settle(item.statement);
    },
    1: () => {
      const [head] = expected;
      expect('parse');
      if (head?.kind === 'parse') statements.set(head.name, head.source);
    },
    2: () => expect('bind'),
    3: () => expect('close'),
    T: () => ifDescribing(),
    n: () => ifDescribing(),
    E: fail,
    N: (body) => {
      const nested = nestedStatement(readFields(body).get('M') ?? '');
      const statement = current()?.statement ?? latest;
      if (nested !== null && statement !== null) statement.nested = [...(statement.nested ?? []), nested];
    },
    Z: () => {
      const [head] = expected;
      if (head !== undefined && !ENDED_BY_READY.has(head.kind)) {
        throw new Error(`the server is ready, but owes the answer to "${head.kind}"`);
      }
      if (head?.kind === 'simple') settle(head.statement);
      else expected.shift();
      latest = null;
    },
  };
  const expect = (kind: Expected['kind']) => {
    const found = expected.shift();
    if (found?.kind !== kind)
      throw new Error(`the server answered "${kind}" where "${found?.kind}" was expected`);
  };
  const ifDescribing = () => {
    if (expected[0]?.kind === 'describe') expected.shift();
  };

  return {
    get isBusy() {
      return expected.some(({ kind }) => kind !== 'startup');
    },
    get isResting() {
      return expected.length === 0 && !isPassingOver;
    },
    fromClient: ({ type, body }) => {
      if (!isPassingOver || type === 'S') clientSays[type]?.(body);
    },
    fromServer: ({ type, body }) => serverSays[type]?.(body),
    end: () => {
      expected = [];
    },
  };
}

function victimOf(head: Expected, refused: readonly Expected[], begin: (source: Source) => OpenStatement) {
  if (head.kind === 'execute') return head.statement;
  if (!('source' in head)) return null;
  const { source } = head;
  const follows = refused.find((item) => item.kind === 'execute' && comesFrom(item.source, source));
  if (follows?.kind === 'execute') return follows.statement;
  const bound = refused.find((item) => item.kind === 'bind' && comesFrom(item.source, source));
  return begin(bound?.kind === 'bind' ? bound.source : source);
}

function lastParsed(items: readonly Expected[], name: string): Source | undefined {
  const found = items.findLast((item) => item.kind === 'parse' && item.name === name);
  return found?.kind === 'parse' ? found.source : undefined;
}

const comesFrom = (source: Source, origin: Source) => source === origin || source.parsed === origin;

const ENDED_BY_READY: ReadonlySet<string> = new Set(['startup', 'simple', 'function', 'sync']);
const UNKNOWN: Source = { sql: '', parameters: [] };
