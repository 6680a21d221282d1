import type { Finding } from '../model/finding.ts';

/** The learner's clinic failed: it did not start, it ended, or it did not answer. Carries the finding that says so. */
export class ClinicFailure extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.message);
    this.name = 'ClinicFailure';
    this.finding = finding;
  }
}
