import type { ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import type { en } from '../../words/en/index.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { isRounded, isZero } from './amounts.ts';
import { isRunning, type RequestView } from './view.ts';

type ClassName = keyof typeof en.request.charge.classes;
type ChargeLine = NonNullable<RequestView['charge']['lines']>[number];

/** From the number of tokens to what is paid: every factor is there, and nothing is rounded away. */
export function ChargeCard({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.charge');
  const { money } = useFormats();
  const { charge } = view;
  const estimate = isZero(charge.estimate_usd) ? null : t('expected', { amount: money(charge.estimate_usd) });
  if (isRunning(view)) {
    return (
      <Card title={t('title')}>
        <p>{t('pending')}</p>
        {estimate && <p className="mt-1 text-soft">{estimate}</p>}
      </Card>
    );
  }
  const isFree = isZero(charge.actual_cost_usd);
  return (
    <Card title={t('title')}>
      {isFree && <p className="font-medium">{t('nothing')}</p>}
      {charge.rule_words && <p className="text-soft first-letter:uppercase">{charge.rule_words}</p>}
      {!isZero(charge.cost_usd) && <Sum view={view} />}
      <Notes view={view} estimate={estimate} />
    </Card>
  );
}

function Sum({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.charge');
  const { charge, group_name: group, isForeign } = view;
  const { multiplier, lines = [] } = charge;
  const amounts = lines.map(({ amount_usd: amount }) => amount);
  const rounded = lines.length > 0 && isRounded(charge.cost_usd, amounts);
  return (
    <dl className="mt-3">
      {lines.map((line) => (
        <Line key={line.class} line={line} />
      ))}
      <Row
        name={t('listPrice')}
        detail={rounded ? t('rounded') : null}
        value={<Money amount={charge.cost_usd} />}
        strong={lines.length > 0}
      />
      {multiplier !== null && (
        <Row
          name={group === null ? t('multiplierPlain') : t('multiplier', { group })}
          detail={null}
          value={<>× {multiplier}</>}
        />
      )}
      <Row
        name={isForeign ? t('customerPays') : t('paid')}
        detail={null}
        value={<Money amount={charge.actual_cost_usd} />}
        strong
      />
    </dl>
  );
}

function Line({ line }: { readonly line: ChargeLine }) {
  const t = useTranslations('request.charge');
  const { number, money } = useFormats();
  const name = (of: string) => (Object.hasOwn(classNames, of) ? t(`classes.${of as ClassName}`) : of);
  const per = line.class === 'images' ? t('perImage') : line.class === 'request' ? t('perRequest') : t('perMillion');
  const rated = line.rated_as === line.class ? '' : ` (${t('ratedAs', { class: name(line.rated_as) })})`;
  return (
    <Row
      name={name(line.class)}
      detail={`${number(line.quantity)} × ${money(line.rate_usd)} ${per}${rated}`}
      value={<Money amount={line.amount_usd} />}
    />
  );
}

const classNames: Readonly<Record<ClassName, true>> = {
  input: true,
  cache_read: true,
  cache_write_5m: true,
  cache_write_1h: true,
  audio_input: true,
  image_input: true,
  output: true,
  audio_output: true,
  image_output: true,
  images: true,
  request: true,
};

interface RowProps {
  readonly name: string;
  readonly detail: string | null;
  readonly value: ReactNode;
  readonly strong?: boolean;
}

function Row({ name, detail, value, strong = false }: RowProps) {
  return (
    <div
      className={cx(
        'flex items-baseline justify-between gap-x-4 border-b border-line py-1.5 last:border-b-0',
        strong && 'font-semibold',
      )}
    >
      <dt className="min-w-0">
        {name}
        {detail && <span className="block text-[0.8125rem] font-normal text-soft sm:ml-2 sm:inline">{detail}</span>}
      </dt>
      <dd className="shrink-0 text-right">{value}</dd>
    </div>
  );
}

/** Where the numbers come from. */
function Notes({ view, estimate }: { readonly view: RequestView; readonly estimate: string | null }) {
  const t = useTranslations('request.charge');
  const { charge, tokens, usage_source: source } = view;
  const tier = charge.tier_over_input_tokens ?? null;
  const isKnown = source === 'vendor' || source === 'estimated' || source === 'unknown';
  const notes: readonly ReactNode[] = [
    isKnown && (tokens !== null || source === 'unknown') ? t(`sources.${source}`) : null,
    tokens && tokens.reasoning > 0 ? t.rich('reasoning', { tokens: () => <Numbers value={tokens.reasoning} /> }) : null,
    charge.price_id === null ? null : t('price', { id: charge.price_id }),
    tier === null ? null : t.rich('tier', { tokens: () => <Numbers value={tier} /> }),
    charge.cost_units === null ? null : `${t('units')}: ${charge.cost_units}`,
    estimate,
  ];
  const told = notes.filter((note) => note !== null);
  if (told.length === 0) return null;
  return (
    <ul className="mt-3 grid gap-1 text-[0.8125rem] break-words text-soft">
      {told.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are never moved.
        <li key={index}>{note}</li>
      ))}
    </ul>
  );
}
