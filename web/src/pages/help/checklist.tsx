import { LifeBuoy, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useChanged, useRead } from '../../api/queries.ts';
import type { Key } from '../../api/schema.ts';
import { Link, useFilters } from '../../navigation.tsx';
import { useCan, useOrganization, useSession } from '../../session.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { firstTool, isToolId } from '../connect/tools.ts';
import { useFamily } from '../connect/use-setting.ts';
import { listPath } from '../key-parts/use-key-moves.ts';
import { ErrorsLine, LimitsLine, ModelLine, NewsLine } from './call-lines.tsx';
import { Choices } from './choices.tsx';
import { KeyLine, ReachLine, UrlLine } from './setup-lines.tsx';
import { type CheckState, countOf } from './states.ts';
import {
  type Choice,
  limitsCheck,
  useErrorsCheck,
  useKeyCheck,
  useLastCall,
  useModelCheck,
  useNewsCheck,
  useUrlCheck,
} from './use-checks.ts';
import { useReach } from './use-reach.ts';

const mostKeys = 200;
const path = '/control/v1/organizations/{organization}/keys';

/** The list of the questions page, "calls fail, what should I check", which checks itself. */
export function Checklist() {
  const { id: organization } = useOrganization();
  const sees = useCan('keys.read');
  // Also those that work no more: that may be what is wrong.
  const query = { state: 'all', sort: '-last_used', limit: mostKeys } as const;
  const reading = useRead(listPath, { params: { organization }, query }, { enabled: sees });
  if (!sees) return <Checked keys={[]} />;
  return (
    <Loaded reading={reading} skeleton={<ChecklistSkeleton />}>
      {({ data }) => <Checked keys={data} />}
    </Loaded>
  );
}

/** The chosen one; one's own that was used last; any that works; any. */
function chosenKey(keys: readonly Key[], named: string | undefined, account: string): Key | null {
  const working = keys.filter(({ state, expired }) => state === 'enabled' && !expired);
  return (
    keys.find(({ id, prefix }) => id === named || prefix === named) ??
    working.find(({ owner }) => owner.id === account) ??
    working[0] ??
    keys[0] ??
    null
  );
}

function Checked({ keys }: { readonly keys: readonly Key[] }) {
  const t = useTranslations('help.checks');
  const filters = useFilters(['key', 'tool', 'model']);
  const { values } = filters;
  const { account } = useSession();
  const key = chosenKey(keys, values.key, account.id);
  const family = useFamily(key);
  const last = useLastCall(key);
  const [url, setUrl] = useState('');
  const [secret, setSecret] = useState('');
  // Null: nobody has said, and the last call tells. It is typed letter by letter, and so not kept in the address.
  const [model, setModel] = useState(values.model ?? null);
  const [lookedMs, setLookedMs] = useState(() => Date.now());
  const changed = useChanged();
  const guessed = last?.tool ?? undefined;
  const tool = isToolId(values.tool) ? values.tool : isToolId(guessed) ? guessed : firstTool(family ?? 'openai');
  const choice: Choice = { key, tool, url, secret, model: model ?? last?.model ?? '' };
  const { reach, again } = useReach();
  const checks = {
    url: useUrlCheck(choice),
    key: useKeyCheck(choice),
    model: useModelCheck(choice),
    limits: limitsCheck(key),
    errors: useErrorsCheck(choice, lookedMs),
    news: useNewsCheck(),
  };
  const checkAgain = () => {
    again();
    setLookedMs(Date.now());
    void changed(path, '/control/v1/organizations/{organization}/groups', '/control/v1/announcements');
  };
  const reachState = { reached: 'ok', failed: 'attention', running: 'running', elsewhere: 'unchecked' } as const;
  const states = [reachState[reach.is], ...Object.values(checks).map(({ state }) => state)];
  const failed = checks.errors.codes?.[0]?.last_request_id;
  const facts = { key: key?.prefix, tool, model: choice.model || undefined, request: failed };
  return (
    <Card
      flush
      title={t('title')}
      description={t('text')}
      actions={
        <Button small icon={RotateCw} busy={reach.is === 'running'} onClick={checkAgain}>
          {t('again')}
        </Button>
      }
    >
      <Choices
        keys={keys}
        choice={choice}
        onKey={(id) => {
          setSecret('');
          setModel(null);
          filters.set({ key: id, model: undefined, tool: undefined });
        }}
        onTool={(id) => filters.set({ tool: id })}
        onUrl={setUrl}
        onModel={setModel}
      />
      <ol>
        <ReachLine reach={reach} />
        <UrlLine check={checks.url} choice={choice} />
        <KeyLine check={checks.key} choice={choice} onSecret={setSecret} />
        <ModelLine {...checks.model} choice={choice} onModel={setModel} />
        <LimitsLine {...checks.limits} choice={choice} />
        <ErrorsLine check={checks.errors} choice={choice} />
        <NewsLine {...checks.news} />
      </ol>
      <Summary states={states} facts={facts} />
    </Card>
  );
}

interface SummaryProps {
  readonly states: readonly CheckState[];
  readonly facts: Readonly<Record<string, string | undefined>>;
}

function Summary({ states, facts }: SummaryProps) {
  const t = useTranslations('help.checks');
  const wrong = countOf(states, 'attention');
  const runs = countOf(states, 'running') > 0;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t border-line px-5 py-4">
      <div className="min-w-0 grow basis-64">
        <p role="status" className="font-medium">
          {runs ? t('running') : wrong === 0 ? t('allWell') : t('found', { count: wrong })}
        </p>
        <p className="text-soft">{t('stuck')}</p>
      </div>
      <Link to="/help/tickets/new" search={facts} className={buttonLook()}>
        <LifeBuoy aria-hidden="true" className="size-4" />
        {t('ask')}
      </Link>
    </div>
  );
}

function ChecklistSkeleton() {
  return (
    <Card>
      <Skeleton className="h-[44rem] w-full" />
    </Card>
  );
}
