/** For a check that can't go on: what it met, as a finding. The checks after it are blocked. */
export { ClinicFailure } from '../clinic/failure.ts';
