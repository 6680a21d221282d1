import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';

/** Who may not see a report is still refused. */
export async function checkAccess(run: Run): Promise<void> {
  const clinic = await run.clinic();
  const doctor = await clinic.login('amara.okafor@clinic.example');
  const missing = run.random.integer(100_000, 900_000);
  refused(run, 'without a login', await clinic.visitor.get('/facilities/1/report'), 401);
  refused(
    run,
    "of somebody else's facility",
    await doctor.get(`/facilities/${run.random.pick([2, 3])}/report`),
    403,
  );
  refused(run, 'of a facility that is not there', await doctor.get(`/facilities/${missing}/report`), 404);
}

function refused(run: Run, what: string, exchange: Exchange, status: number): void {
  if (exchange.status === status && exchange.page().error() !== null) return;
  run.report({
    ruleId: 'report/not-refused',
    message: `A report ${what} is not refused as before.`,
    tried: `GET ${exchange.path}`,
    expected: `${status} and a page that says why.`,
    observed: `${exchange.status}: ${exchange.body
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .slice(0, 160)}`,
    location: { file: 'app/src/views/reports.ts' },
    evidence: [exchange.evidence()],
  });
}
