import inspector from 'node:inspector';
import { type Signal, SIGNAL_FUNCTION } from './signals.ts';

/**
 * Calls the signals' handler in a thread, in the middle of the run of that number: the inspector is the one thing that
 * Node lets in there. It is connected for this moment only.
 */
export async function interrupt(thread: number, run: number, signal: Signal): Promise<void> {
  const session = new inspector.Session();
  session.connect();
  try {
    await new Promise<void>((resolve, reject) => {
      // The inspector numbers threads in its own way, so all are told, and the one that is meant answers `true`.
      session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
        if (params.message.includes('"value":true')) resolve();
      });
      session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
        const expression = `globalThis.${SIGNAL_FUNCTION}?.(${thread}, ${run}, '${signal}')`;
        const order = { id: 1, method: 'Runtime.evaluate', params: { expression } };
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
