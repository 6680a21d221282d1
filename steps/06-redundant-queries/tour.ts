import type { Run } from '../../harness/run.ts';
import { fillLarge, openMany, openNine, setStage } from './stage.ts';
import { visitControl, visitFacility, visitList } from './visits.ts';

/*
 * The records grow in four stages, and each is looked at before the next begins. A stage is visited by the first check
 * that needs it, with `run.once`, and brings the one before it.
 */

/** The clinic's own three facilities, unless the learner's migrations made more of its records. */
export async function three(run: Run) {
  const stage = await run.once(setStage);
  // The first request opens connections and fills what a driver keeps.
  await stage.doctor.get('/healthz');
  const control = await visitControl(stage);
  const list = await visitList(stage, control);
  return { stage, control, list, north: await visitFacility(stage, control, stage.north) };
}

/** Nine more. */
export async function twelve(run: Run) {
  const { stage } = await run.once(three);
  const opened = await openNine(run, stage);
  const control = await visitControl(stage);
  return {
    opened,
    control,
    list: await visitList(stage, control),
    empty: await visitFacility(stage, control, opened.empty),
    small: await visitFacility(stage, control, opened.small),
  };
}

/** One of them has eight patients more, and nothing else has changed. */
export async function filled(run: Run) {
  const { stage } = await run.once(three);
  const { opened, control } = await run.once(twelve);
  const { refused } = opened.refused === null ? await fillLarge(run, stage, opened) : opened;
  return {
    refused,
    list: await visitList(stage, control),
    small: await visitFacility(stage, control, opened.small),
    large: await visitFacility(stage, control, opened.large),
  };
}

/** Somebody else has changed facilities, as an import or a second clinic would. */
export async function changed(run: Run) {
  const { stage } = await run.once(three);
  const { opened, control } = await run.once(twelve);
  await run.once(filled);
  await stage.clinic.database.database.query(
    `WITH moved AS (UPDATE facilities SET phone = $2, address = $3 WHERE id::text = ANY ($1) RETURNING id)
     INSERT INTO facility_doctors (facility_id, doctor_id)
     SELECT moved.id, doctors.id FROM moved CROSS JOIN doctors ON CONFLICT DO NOTHING`,
    [
      [stage.north, opened.empty],
      `555-${run.random.integer(100_000, 999_999)}`,
      `${run.random.integer(100, 999)} New Road`,
    ],
  );
  return {
    list: await visitList(stage, control),
    north: await visitFacility(stage, control, stage.north),
    empty: await visitFacility(stage, control, opened.empty),
  };
}

/** A hundred and more facilities, without patients. */
export async function crowded(run: Run) {
  const { stage } = await run.once(three);
  const { control } = await run.once(twelve);
  await run.once(changed);
  const count = await openMany(run, stage);
  return { count, list: await visitList(stage, control) };
}
