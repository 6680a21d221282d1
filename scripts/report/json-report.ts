import { type ReportedXrays, xrayWords } from '../../docs/components/report/reported-xrays.ts';
import type { Report } from '../../model/report.ts';

/** The report for programs; what an X-ray shows is told in words, and is `null` where there is none. */
export function renderJsonReport(report: Report, xrays: ReportedXrays): string {
  const steps = report.steps.map((step) => {
    const xray = xrays.get(step.slug);
    return { ...step, xray: xray === undefined ? null : xrayWords(xray) };
  });
  return JSON.stringify({ ...report, steps }, null, 2);
}
