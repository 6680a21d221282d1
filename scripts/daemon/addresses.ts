import { freePort } from '../../clinic/free-port.ts';
import { forwardedAddress } from '../container/forwarded.ts';
import { openFrontDoor } from '../container/front-door.ts';
import type { Releasers } from '../releasers.ts';

/** Where guide and clinic listen, and where a browser finds them. */
export interface Addresses {
  readonly guidePort: number;
  readonly clinicPort: number;
  readonly clinicUrl: string;
  /** To be called with the address at which the guide answers; gives the one for the browser. */
  readonly guideUrl: (answersAt: string) => string;
}

/** On this computer as wished. Behind forwarded ports both listen elsewhere, and a door stands at the wished port. */
export async function chooseAddresses(
  wished: {
    readonly environment: NodeJS.ProcessEnv;
    /** 0 takes a free one. */
    readonly port: number;
    readonly appPort: number;
  },
  releasers: Releasers,
): Promise<Addresses> {
  const outside = await orFree(wished.appPort);
  const forwarded = forwardedAddress(wished.environment);
  if (forwarded === null) {
    const clinicUrl = `http://localhost:${outside}`;
    return { guidePort: wished.port, clinicPort: outside, clinicUrl, guideUrl: (answersAt) => answersAt };
  }

  let guidePort = 0;
  const clinicPort = await freePort();
  const guideDoor = await orFree(wished.port);
  for (const plan of [
    { port: guideDoor, to: () => guidePort, publicUrl: forwarded(guideDoor) },
    { port: outside, to: () => clinicPort, publicUrl: forwarded(outside) },
  ]) {
    const door = await openFrontDoor(plan);
    releasers.add(() => door.close());
  }
  return {
    guidePort: 0,
    clinicPort,
    clinicUrl: forwarded(outside),
    guideUrl(answersAt) {
      guidePort = Number(new URL(answersAt).port);
      return forwarded(guideDoor);
    },
  };
}

const orFree = async (port: number) => (port === 0 ? freePort() : port);
