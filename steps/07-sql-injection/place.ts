import type { Reported, Run } from '../../harness/run.ts';
import { builtAt } from '../../harness/sql/built-at.ts';
import { allStatements, placesOf } from '../../harness/sql/statement-evidence.ts';
import type { Exchange } from '../../harness/visit.ts';

/** Where the file builds the statement in whose text one of `texts` stands; the file alone when it stands in none. */
export function placeOf(run: Run, exchange: Exchange, texts: readonly string[]): Place {
  for (const { sql } of allStatements(exchange.statements)) {
    const [begin] = texts.flatMap((text) => placesOf(sql, { text, marker: text }));
    const place = begin === undefined ? null : builtAt(run.sources, sql, begin[0]);
    if (place !== null) return place;
  }
  return SEARCH;
}

type Place = NonNullable<Reported['location']>;

const SEARCH: Place = { file: 'app/src/views/search.ts' };
