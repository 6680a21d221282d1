import { randomInt } from 'node:crypto';
import { asAdministrator, SettingsRefused } from './as-administrator.ts';
import { ask, quoteName } from './ask.ts';
import { marksOf } from './marks.ts';
import { CANCELLED, EVICTED, WAITED } from './refusals.ts';
import { readSettings, type SessionSettings, settingsAtLogin, settingScript } from './session-settings.ts';
import { createStatementNames } from './statement-names.ts';
import { asTimeLimit, runWithin } from './time-limit.ts';
import type { SharedBackend, Tenant, TenantLogin } from './tenancy.ts';
import { packMessage, packReady, readMessages, type TransactionStatus, type WireMessage } from './wire.ts';

export async function createTenant(shared: SharedBackend, login: TenantLogin): Promise<Tenant> {
  const { instance, turns, tenants, told } = shared;
  const { user } = login;
  const key = { number: randomInt(100_000, 2 ** 31 - 1), secret: randomInt(1, 2 ** 31 - 1) };
  const names = createStatementNames(key.number);
  const channels = new Set<string>();
  const custom = new Set<string>();
  const left = { temporary: false, locks: false };
  let status: TransactionStatus = 'I';
  let isChanged = false;
  let isRunning = false;
  // Messages were handed over that the backend will not be ready after.
  let isHalfway = false;
  let isCancelled = false;
  let isGone = false;

  const force = async (settings: SessionSettings) => {
    const script = settingScript(settings);
    if (shared.inForce === script) return;
    shared.inForce = '';
    for (const { type, body, bytes } of readMessages(await instance.run(packMessage('Q', `${script}\0`)))) {
      if (type === 'S') told.set(body.toString('utf8', 0, body.indexOf(0)), bytes);
      if (type === 'E') throw new SettingsRefused(bytes);
    }
    shared.inForce = script;
  };
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result | null> => {
    if (!(await turns.take(tenant))) return null;
    turns.works(true);
    isRunning = true;
    try {
      return await work();
    } finally {
      isRunning = false;
      turns.works(false);
      if (status === 'I' && !isHalfway) turns.pass(tenant);
    }
  };

  const settle = async () => {
    if (!isChanged || status !== 'I' || isHalfway) return;
    isChanged = false;
    const found = await readSettings(instance, user, custom);
    // What RESET takes away on a server is only what the session itself has set.
    settings = { ...found, values: new Map([...beginning.values, ...found.values]) };
    shared.inForce = settingScript(found);
  };
  const listenOn = async (names: readonly string[]) => {
    for (const name of names) await ask(instance, `LISTEN ${quoteName(name)}`);
  };
  const isListenedTo = (channel: string) =>
    [...tenants].some((other) => other !== tenant && other.listensTo(channel));

  const note = async (messages: readonly WireMessage[], sql: string) => {
    const marks = marksOf(sql);
    const tags = new Set<string>();
    isHalfway = !messages.some(({ type }) => type === 'Z');
    for (const { type, body, bytes } of messages) {
      if (type === 'C') tags.add(body.toString('utf8', 0, body.length - 1).replace(/[ \d]+$/, ''));
      if (type === 'Z') status = body.toString('latin1') as TransactionStatus;
      if (type === 'S') told.set(body.toString('utf8', 0, body.indexOf(0)), bytes);
    }
    if (marks.setsInFunction || [...tags].some((tag) => CHANGING.test(tag))) isChanged = true;
    marks.custom.forEach((name) => custom.add(name));
    left.temporary ||= marks.makesTemporary;
    left.locks ||= marks.locks;
    if (tags.has('LISTEN')) marks.listens.forEach((channel) => channels.add(channel));
    if (tags.has('UNLISTEN')) {
      const quiet = marks.unlistens === 'all' ? [...channels] : marks.unlistens;
      quiet.forEach((channel) => channels.delete(channel));
      if (status === 'I') await listenOn(quiet.filter(isListenedTo));
    }
  };
  /** Everything but notifications, which go to whoever listens; the one that sent it hears of its own here. */
  const sort = (messages: readonly WireMessage[]): Buffer => {
    const mine: Buffer[] = [];
    for (const message of messages) {
      if (message.type !== 'A') {
        mine.push(names.outward(message));
        continue;
      }
      const number = Buffer.alloc(4);
      number.writeInt32BE(key.number);
      const notification = packMessage('A', number, message.body.subarray(4));
      const channel = message.body.toString('utf8', 4, message.body.indexOf(0, 4));
      if (channels.has(channel)) mine.push(notification);
      for (const other of tenants) if (other !== tenant) other.hear(channel, notification);
    }
    return Buffer.concat(mine);
  };

  const beginning = await asAdministrator(shared, () => settingsAtLogin(instance, user, login.parameters));
  let settings: SessionSettings = beginning;

  const tenant: Tenant = {
    user,
    names,
    get welcome() {
      const number = Buffer.alloc(8);
      number.writeInt32BE(key.number);
      number.writeInt32BE(key.secret, 4);
      return Buffer.concat([...told.values(), packMessage('K', number), packReady('I')]);
    },
    key,
    left,
    async exchange(bytes, sql) {
      isCancelled = false;
      const answer = await inTurn(async () => {
        if (isCancelled || isGone) return Buffer.concat([CANCELLED, packReady(status)]);
        if (status === 'I' && !isHalfway) await force(settings);
        // A limit that is set on the way is left to the backend: it is not known here before the transaction is over.
        const isKnown = !isChanged && !SETS_LIMIT.test(sql);
        const limit = isKnown ? settings.values.get('statement_timeout') : undefined;
        const { answer, isOver } = await runWithin(instance, bytes, limit);
        const messages = isOver ? readMessages(answer).map(asTimeLimit) : readMessages(answer);
        await note(messages, sql);
        await settle();
        return sort(messages);
      });
      return answer ?? Buffer.concat([isCancelled ? CANCELLED : WAITED, packReady(status)]);
    },
    async discard() {
      const answer = await inTurn(async () => {
        await force(beginning);
        await clear();
        custom.clear();
        settings = beginning;
        return Buffer.concat([packMessage('C', 'DISCARD ALL\0'), packReady('I')]);
      });
      return answer ?? Buffer.concat([WAITED, packReady(status)]);
    },
    cancel() {
      isCancelled = true;
      if (isRunning) instance.cancel();
      else turns.forget(tenant);
    },
    hear: (channel, notification) => {
      if (channels.has(channel)) login.onWord(notification);
    },
    listensTo: (channel) => channels.has(channel),
    evict() {
      isGone = true;
      login.onWord(EVICTED);
      login.onEvict();
    },
    async leave() {
      isGone = true;
      if (!tenants.has(tenant)) return;
      const hasLeft = names.isUsed || channels.size > 0 || left.temporary || left.locks;
      if (status !== 'I' || isHalfway || hasLeft) await inTurn(clear).catch(() => undefined);
      tenants.delete(tenant);
    },
  };

  async function clear(): Promise<void> {
    if (isHalfway) await instance.run(packMessage('S'));
    isHalfway = false;
    if (status !== 'I') {
      await ask(instance, 'ROLLBACK').catch(() => undefined);
      shared.inForce = '';
      status = 'I';
    }
    if (names.isUsed) await instance.run(names.closing());
    for (const channel of [...channels].filter((name) => !isListenedTo(name))) {
      await ask(instance, `UNLISTEN ${quoteName(channel)}`);
    }
    channels.clear();
    const others = [...tenants].filter((other) => other !== tenant);
    if (left.temporary && !others.some((other) => other.left.temporary)) await ask(instance, 'DISCARD TEMP');
    if (left.locks && !others.some((other) => other.left.locks)) await ask(instance, UNLOCK);
    left.temporary = left.locks = false;
  }

  tenants.add(tenant);
  try {
    for (const library of beginning.libraries) {
      await asAdministrator(shared, () => ask(instance, `LOAD '${library.replaceAll("'", '')}'`)).catch(
        () => undefined,
      );
    }
    await inTurn(() => force(beginning));
    return tenant;
  } catch (error) {
    tenants.delete(tenant);
    throw error;
  }
}

const SETS_LIMIT = /\bstatement_timeout\b/i;
const CHANGING = /^(SET|RESET|DISCARD|DO|CALL)/;
const UNLOCK = 'SELECT pg_catalog.pg_advisory_unlock_all()';
