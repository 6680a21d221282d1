import inspector from 'node:inspector';
import { type Signal, SIGNAL_FUNCTION } from './signals.ts';

/**
 * Calls the signals' handler in a thread, in the middle of whatever it computes: the inspector is the one thing that
 * Node lets in there. It is connected for this moment only.
 */
export async function interrupt(thread: number, signal: Signal): Promise<void> {
  const session = new inspector.Session();
  session.connect();
  try {
    await new Promise<void>((resolve, reject) => {
      session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }) => {
        if (workerInfo.workerId !== String(thread)) return;
        session.on('NodeWorker.receivedMessageFromWorker', (message) => {
          if (message.params.sessionId === sessionId) resolve();
        });
        const order = {
          id: 1,
          method: 'Runtime.evaluate',
          params: { expression: `${SIGNAL_FUNCTION}('${signal}')` },
        };
        session.post('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify(order) });
      });
      session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, (error) => {
        if (error !== null) reject(error);
      });
      setTimeout(resolve, PATIENCE).unref();
    });
    await new Promise((resolve) => session.post('NodeWorker.disable', resolve));
  } finally {
    session.disconnect();
  }
}

/** Milliseconds. It takes one; a thread that is gone never answers. */
const PATIENCE = 1_000;
