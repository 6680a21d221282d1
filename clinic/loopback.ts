import { Server } from 'node:net';

/**
 * Makes every server of this process listen on 127.0.0.1 whatever its code asks for, and says on which port.
 * The clinic is vulnerable on purpose; nobody else in the café may reach it.
 */
export function keepOnLoopback(onListening: (port: number) => void): void {
  const listen = Server.prototype.listen;
  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    this.once('listening', () => {
      const address = this.address();
      if (address !== null && typeof address === 'object') onListening(address.port);
    });
    return Reflect.apply(listen, this, onLoopback(args)) as Server;
  };
}

/** The arguments of `listen(port, host?, backlog?, callback?)` and `listen(options, callback?)` with the host replaced. */
function onLoopback(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  if (typeof first === 'object' && first !== null && 'port' in first)
    return [{ ...first, host: '127.0.0.1' }, ...rest];
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first))) {
    const others = rest.filter((value) => typeof value === 'number' || typeof value === 'function');
    return [Number(first), '127.0.0.1', ...others];
  }
  if (first === undefined || typeof first === 'function')
    return [0, '127.0.0.1', ...args.filter((a) => typeof a === 'function')];
  return [...args];
}
