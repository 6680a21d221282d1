/** What one line says. What is not well comes with the one command, or one sentence, that repairs it. */
export type Diagnosis =
  | { readonly state: 'ok'; readonly says: string }
  | {
      /** A warning costs speed or comfort; what is broken stops the workshop. */
      readonly state: 'warning' | 'broken';
      readonly says: string;
      readonly remedy: string;
    };

/** The computer as an examination sees it; handed in, so that another one can be tried. */
export interface Surroundings {
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** `v20.20.2` */
  readonly nodeVersion: string;
  readonly ports: { readonly guide: number; readonly clinic: number };
}

/** One thing that is looked at. `signal` is aborted when its time is over; what it started is to end then. */
export interface Examination {
  readonly id: ExaminationId;
  /** The word at the beginning of the line. */
  readonly title: string;
  examine(surroundings: Surroundings, signal: AbortSignal): Promise<Diagnosis>;
}

export type ExaminationId =
  | 'node'
  | 'npm'
  | 'packages'
  | 'disk'
  | 'guide-port'
  | 'clinic-port'
  | 'database-server'
  | 'database-native'
  | 'database-embedded'
  | 'browser'
  | 'docker'
  | 'editor'
  | 'git'
  | 'line-endings'
  | 'place'
  | 'watching'
  | 'home'
  | 'workshop-folder'
  | 'clock';

export const ok = (says: string): Diagnosis => ({ state: 'ok', says });
export const warning = (says: string, remedy: string): Diagnosis => ({ state: 'warning', says, remedy });
export const broken = (says: string, remedy: string): Diagnosis => ({ state: 'broken', says, remedy });
