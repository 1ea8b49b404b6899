import type pg from 'pg';

/** What one run looks for: another one each time. */
export interface Draw {
  readonly ticket: bigint;
  readonly requester: { readonly address: string; readonly accountId: string; readonly organizationId: string };
  readonly assigneeId: string;
  readonly requestId: string;
  readonly keyPrefix: string;
  readonly order: string;
  readonly words: Readonly<Record<Frequency, readonly [string, string]>>;
  /** Of two characters, by how many messages hold them; and four from the middle of a sentence. */
  readonly chinese: Readonly<Record<Frequency | 'phrase', string>>;
}

/** In more than a tenth of all messages; in one in fifty to five hundred; in one in ten thousand or fewer. */
export type Frequency = 'common' | 'middling' | 'rare';

export interface DrawnDesk {
  readonly pool: pg.Pool;
  readonly nowMs: number;
  readonly messages: number;
  readonly tickets: number;
  readonly lexicon: Lexicon;
}

interface Lexicon {
  readonly english: Readonly<Record<Frequency, readonly string[]>>;
  readonly chinese: Readonly<Record<Frequency, readonly string[]>>;
}

/** Messages in which words are counted beforehand. */
const sampled = 20_000;
const leastOf: readonly (readonly [Frequency, number, number])[] = [
  ['common', sampled / 10, sampled],
  ['middling', sampled / 500, sampled / 50],
  ['rare', 1, 2],
];

export async function lookAround(pool: pg.Pool): Promise<DrawnDesk> {
  const { rows } = await pool.query<{ now: Date; tickets: number; messages: number }>(
    `select now, (select count(*)::int from tickets) as tickets, (select count(*)::int from ticket_messages) as messages
     from bench_settings`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('There are no tickets here: run bench/desk-seed.ts first.');
  return {
    pool,
    nowMs: row.now.getTime(),
    messages: row.messages,
    tickets: row.tickets,
    lexicon: await readLexicon(pool),
  };
}

async function readLexicon(pool: pg.Pool): Promise<Lexicon> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    const { rows } = await client.query<{ word: string; ndoc: number }>(
      `select word, ndoc from ts_stat('select search from ticket_messages
         where hashtext(id) % 50 = 0 limit ${sampled}')
        where word ~ '^[a-z]{4,12}$' or word ~ '^[\\u3400-\\u9fff]{2}$' order by md5(word)`,
    );
    const of = (form: RegExp) =>
      Object.fromEntries(
        leastOf.map(([name, least, most]) => [
          name,
          rows.filter(({ word, ndoc }) => form.test(word) && ndoc >= least && ndoc <= most).map(({ word }) => word),
        ]),
      ) as Record<Frequency, string[]>;
    return { english: of(/^[a-z]/), chinese: of(/^[\u3400-\u9fff]/) };
  } finally {
    client.release(true);
  }
}

export async function draw({ pool, tickets, lexicon }: DrawnDesk, run: number): Promise<Draw> {
  const ticket = BigInt(1_001 + ((run * 104_729 + 17) % tickets));
  const fact = async (kind: string): Promise<string> => {
    const { rows } = await pool.query<{ value: string }>(
      'select value from ticket_facts where kind = $1 and ticket_number >= $2 order by ticket_number limit 1',
      [kind, ticket],
    );
    return rows[0]?.value ?? 'none';
  };
  const { rows } = await pool.query<Draw['requester']>(
    `select address, account_id as "accountId", organization_id as "organizationId" from bench_requesters
      where account_id is not null and number >= $1 order by number limit 1`,
    [1 + ((run * 379) % 15_000)],
  );
  const [requester] = rows;
  if (requester === undefined) throw new Error('The seed has left no people.');
  const pick = (list: readonly string[], at: number): string => list[at % Math.max(1, list.length)] ?? 'nothing';
  const { english, chinese } = lexicon;
  const pair = (frequency: Frequency): [string, string] => [
    pick(english[frequency], 2 * run),
    pick(english[frequency], 2 * run + 1),
  ];
  return {
    ticket,
    requester,
    assigneeId: `acc_staff_${1 + (run % 20)}`,
    requestId: await fact('request'),
    keyPrefix: await fact('key_prefix'),
    order: await fact('order'),
    words: { common: pair('common'), middling: pair('middling'), rare: pair('rare') },
    chinese: {
      common: pick(chinese.common, run),
      middling: pick(chinese.middling, run),
      rare: pick(chinese.rare, run),
      phrase: await phraseOf(pool, run),
    },
  };
}

async function phraseOf(pool: pg.Pool, run: number): Promise<string> {
  const { rows } = await pool.query<{ phrase: string }>(
    `select substring(text from '[\\u3400-\\u9fff]{2}([\\u3400-\\u9fff]{4})') as phrase from bench_sentences
      where chinese and number > $1 and text ~ '[\\u3400-\\u9fff]{6}' order by number limit 1`,
    [(run * 613) % 20_000],
  );
  return rows[0]?.phrase ?? '无法连接';
}
